extension ServiceTable {
    /// Services of these kinds: money, travel and transport.
    ///
    /// Columns: slug, sms-activate code, name, other names separated by `;`. A code is here only
    /// where at least two independent lists of that API agree on it, and empty elsewhere.
    static let money = """
        paypal|ts|PayPal|Pay Pal
        cashapp|it|Cash App|
        venmo|yy|Venmo|
        wise|bo|Wise|TransferWise
        revolut|ij|Revolut|
        payoneer|nc|Payoneer|
        stripe|nu|Stripe|
        klarna|afz|Klarna|
        skrill|aqt|Skrill|
        neteller|aok|NETELLER|
        paysafecard|jq|paysafecard|
        paysera|aol|Paysera|
        astropay|gr|AstroPay|
        paysend|tr|Paysend|
        profee|alo|Profee|
        worldremit|qx|WorldRemit|
        transfergo|mw|TransferGo|
        taptap-send|abc|Taptap Send|
        lemfi|brr|LemFi|
        monese|py|Monese|
        monzo|aom|Monzo|
        bunq|ahe|bunq|
        neon|aex|Neon|
        zilch|zd|Zilch|
        vimpay|agc|VIMpay|
        pockit|aag|Pockit|
        sumup|avj|SumUp|
        chime|bbq|Chime|
        santander|lj|Santander|
        caixa|my|CAIXA|Caixa Bank
        nubank|aaa|Nubank|
        pagbank|abg|PagBank|PagSeguro
        picpay|ev|PicPay|
        mercado-pago|abf|Mercado Pago|
        meliuz|uy|Méliuz|
        bitso|ht|Bitso|
        monobank|ji|monobank|
        papara|zr|Papara|
        ininal|hy|ininal|
        paycell|xz|Paycell|
        paytm|ge|Paytm|
        mobikwik|fo|MobiKwik|
        freecharge|kg|FreeCharge|FreeChargeApp
        bharatpe|aab|BharatPe|
        gcash|bc|GCash|
        maybank|afb|Maybank|
        dana|fr|DANA|
        ovo|xh|OVO|
        linkaja|aka|LinkAja|
        doku|akl|DOKU|
        akulaku|tm|Akulaku|
        momo|hc|MoMo|
        qiwi|qw|QIWI|Kiwi
        mts-cashback|da|MTS Cashback|
        binance|aon|Binance|
        coinbase|re|Coinbase|
        okx|aor|OKX|OKEx
        bybit||Bybit|
        kucoin|sq|KuCoin|KuCoinPlay
        cryptocom|ti|Crypto.com|
        bitrue|ahx|Bitrue|
        robinhood|zj|Robinhood|Robinhood Crypto
        tradingview|gc|TradingView|
        paxful|dn|Paxful|
        yoomoney||YooMoney|
        phonepe||PhonePe|
        affirm||Affirm|
        etoro||eToro|
        uber|ub|Uber|Uber Eats
        lyft|tu|Lyft|
        bolt|tx|Bolt|Taxify
        grab|jg|Grab|
        gojek|ni|Gojek|GoPay;Go-Jek
        careem|ls|Careem|
        didi|xk|DiDi|DiDi taxi
        ola|ly|Ola|Olacabs;Ola Cabs
        indrive|rl|inDrive|inDriver
        blablacar|ua|BlaBlaCar|
        gett|gt|Gett|GetTaxi;Gett Taxi
        uklon|cp|Uklon|
        freenow|zb|FREENOW|Free Now
        cabify|adp|Cabify|
        maxim|ahl|Maxim|Taxi Maxim
        yandex-go|wf|Yandex Go|
        citymobil|yf|Citymobil|
        voi|akr|Voi|
        whoosh|qj|Whoosh|
        swvl|tq|Swvl|
        bykea|iu|Bykea|
        binbin|uv|BinBin|
        airbnb|uk|Airbnb|Air BnB
        tripcom|nq|Trip.com|Trip
        redbus|ci|redBus|
        irctc|us|IRCTC|
        cathay|ho|Cathay|Cathay Pacific
        nova-poshta|ms|Nova Poshta|
        lalamove|fh|Lalamove|
        nobroker|dv|NoBroker|
        99acres|fw|99acres|
        airtel|zl|Airtel|
        irancell|cf|Irancell|
        pharmeasy|fc|PharmEasy|
        """
}
