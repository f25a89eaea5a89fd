extension ServiceTable {
    /// Services of these kinds: shops, markets, classifieds, food and household.
    ///
    /// Columns: slug, sms-activate code, name, other names separated by `;`. A code is here only
    /// where at least two independent lists of that API agree on it, and empty elsewhere.
    static let shops = """
        amazon|am|Amazon|
        ebay|dh|eBay|
        aliexpress|hx|AliExpress|Ali Express
        alibaba|ab|Alibaba|
        alipay|hw|Alipay|Alipay/Alibaba;Alipay/Alibaba/1688;Alipay/Alibaba Group
        1688|hn|1688|1688.com
        taobao|qd|Taobao|
        jd|za|JD.com|JD;Jingdong
        pinduoduo|zp|Pinduoduo|
        temu|ep|Temu|
        shein|aez|SHEIN|
        shopee|ka|Shopee|
        lazada|dl|Lazada|
        tokopedia|xd|Tokopedia|
        bukalapak|kh|Bukalapak|
        blibli|fk|Blibli|
        flipkart|xt|Flipkart|
        meesho|hp|Meesho|
        myntra|nl|Myntra|
        jiomart|aay|JioMart|
        bigbasket|aqj|BigBasket|
        mercado-libre|cq|Mercado Libre|Mercado;MercadoLibre;Mercado Livre
        olx|sn|OLX|
        vinted|kc|Vinted|
        depop|xy|Depop|
        poshmark|oz|Poshmark|
        mercari|dg|Mercari|
        offerup|zm|OfferUp|
        craigslist|wc|Craigslist|
        wish|xv|Wish|
        etsy||Etsy|
        whatnot|bex|Whatnot|
        walmart|wr|Walmart|
        spark-driver|acb|Spark Driver|
        wallapop|awv|Wallapop|
        leboncoin|do|Leboncoin|Le Bon Coin
        subito|lc|Subito|subito.it
        marktplaats|agj|Marktplaats|
        willhaben|adt|Willhaben|
        kleinanzeigen||Kleinanzeigen|eBay Kleinanzeigen
        shpock|ze|Shpock|
        immowelt|ib|Immowelt|
        immoscout24|amz|ImmoScout24|ImmobilienScout24
        idealista|kk|Idealista|idealista.com
        fotocasa|kq|Fotocasa|
        njuskalo|agi|Njuškalo|
        bazos|cb|Bazos|
        publi24|aga|Publi24|
        donedeal|agv|DoneDeal|
        allegro|yn|Allegro|
        skroutz|sk|Skroutz|
        rozetka|km|Rozetka|
        prom|cm|Prom|prom.ua
        carousell|gj|Carousell|
        qoo10|eq|Qoo10|
        noon|tf|Noon|
        digikala|zv|Digikala|
        divar|dw|Divar|
        trendyol|pr|Trendyol|
        hepsiburada|gx|Hepsiburada|Hepsiburadacom
        sahibinden|bkd|Sahibinden|
        letgo|brg|letgo|
        ozon|sg|Ozon|
        wildberries|uu|Wildberries|WB Wildberries
        avito|av|Avito|
        youla|ym|Youla|Youla.ru
        lamoda|sb|Lamoda|
        sportmaster|yk|Sportmaster|
        eldorado|ke|Eldorado|
        magnit|mg|Magnit|
        lenta|rd|Lenta|
        vkusvill|sh|VkusVill|
        samokat|jr|Samokat|
        delivery-club|dt|Delivery Club|
        metro|bv|METRO|
        auchan|st|Auchan|
        lidl|pz|Lidl|
        asda|hs|Asda|
        biedronka|zn|Biedronka|
        indomaret|ju|Indomaret|
        nike|ew|Nike|
        adidas|an|adidas|
        hermes|en|Hermès|
        avon|ff|AVON|
        oriflame|qh|Oriflame|
        amway|aee|Amway|
        iqos|il|IQOS|
        grailed|agd|Grailed|
        dewu|lx|Dewu|Poizon;DewuPoison
        foodpanda|nz|foodpanda|
        foodora|abe|foodora|
        deliveroo|zk|Deliveroo|
        doordash|ac|DoorDash|
        gopuff|ajn|Gopuff|
        wolt|rr|Wolt|
        glovo|aq|Glovo|
        getir|ul|Getir|
        yemeksepeti|yi|Yemeksepeti|
        flink|tv|Flink|
        efood|te|efood|
        ifood|pd|iFood|
        rappi|aba|Rappi|
        swiggy|jx|Swiggy|
        zomato|dy|Zomato|
        zepto|adi|Zepto|
        talabat|ani|Talabat|
        hungerstation|ayc|HungerStation|
        meituan|acj|Meituan|
        keeta|auh|Keeta|KeeTa 美团
        snappfood|ph|SnappFood|
        thefork|aeu|TheFork|
        mcdonalds|ry|McDonald's|
        burger-king|ip|Burger King|
        kfc|fz|KFC|
        starbucks|sr|Starbucks|
        dominos|dz|Domino's|Dominos Pizza
        pizza-hut|ahp|Pizza Hut|
        dodo-pizza|sd|Dodo Pizza|
        ticketmaster|gp|Ticketmaster|
        gofundme|bp|GoFundMe|
        classpass|app|ClassPass|
        """
}
