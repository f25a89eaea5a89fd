extension CodeVocabulary {
    /// The words that say what else a number is.
    static let decoyWords: [(CodeMarkKind, String)] = [
        (.reference, reference), (.reference, referenceEast), (.referenceAfter, referenceAfter),
        (.card, card), (.phone, phone), (.reply, reply), (.amount, amount),
        (.currency, currency), (.unit, unit), (.suffix, suffix), (.year, year), (.place, place),
    ]

    private static let reference = """
        order, orders, order no, order no., order number, order id, order #, ref, ref., ref no
        ref no., reference, reference number, transaction, transactions, transaction id, txn, trx
        invoice, inv, bill, booking, booking no., reservation, parcel, package, tracking
        tracking number, shipment, awb, ticket, ticket no., case, case no., account, acct, acct.
        a/c, a/c no., id, user id, customer, member, membership, policy, flight, train, pnr, room
        gate, suite, apt, apt., serial, imei, iban, bus, bus stop, roll no, roll no., roll number
        card, visa, mastercard, amex, contract, contract no., application no., item no., pedido*
        factura*, referencia*, reserva*, envio, paquete, guia, cuenta, tarjeta, cliente, contrato
        expediente, encomenda, conta, cartão, fatura*, protocolo, nota fiscal, nf, commande
        facture, colis, dossier, compte, carte, client, contrat, vol, billet, bestellung*
        bestellnummer, bestell-nr, bestell-nr., auftrag*, rechnung*, sendung*, paket*
        kundennummer, kunden-nr., konto, kontonummer, karte, buchung*, vorgang*, referenz*
        vertrag*, ordine, spedizione, pacco, fattura, conto, carta, prenotazione, pratica
        bestelling*, pakket, factuur*, rekening*, klantnummer, zamowieni*, przesylk*, paczk*
        faktur*, karty, konta, umow*, rezerwacj*, objednavk*, objednavc*, zasilk*, zasielk*, ucet
        rezervac*, comand*, comenzi*, colet*, rezervar*, narudzb*, posiljk*, racun*, narocil*
        siparis*, kargo*, hesap*, musteri*, rezervasyon*, pesanan, resi, tagihan, transaksi, nomor
        nomor pesanan, no. pesanan, invois, tempahan, akaun, don hang, giao dich, tai khoan
        tilaus*, lahetys*, lasku*, paketti*, bestallning*, ordre*, kundenr, rendeles*, csomag*
        szamla*, foglalas*, tellimus*, saadetis*, pasutijum*, uzsakym*, siuntin*, porosi*, заказ*
        заявк*, посылк*, отправлени*, отделени*, счет*, договор*, карт*, брон*, билет*, рейс*
        трек*, чек, чека, замовленн*, посилк*, рахун*, картк*, квит*, поръчк*, пратк*, поруџб*
        пошиљк*, нарачк*, тапсырыс*, захиалга*, παραγγελι*, δεμα*, λογαριασμ*, αριθμος παραγγελιας
        """

    private static let referenceEast = """
        *طلب*, *فاتوره*, *شحنه*, *شحنتك*, *حساب*, *بطاقه*, *البطاقه*, سفارش*, مرسوله*, فاکتور*
        کارت*, حساب*, آرڈر*, הזמנ*, ההזמנה, להזמנה, חשבון*, כרטיס*, בכרטיס*, משלוח*, ऑर्डर*, खाता
        खाते, कार्ड*, बुकिंग*, পার্সেল*, অর্ডার*, কার্ড*, অ্যাকাউন্ট*, *คำสั่งซื้อ*, *พัสดุ*
        *อ้างอิง*, *บัตร*, *บัญชี*, *เลขที่*, *订单*, *订单号*, *訂單*, *訂單編號*, *单号*, *單號*, *运单*, *运单号*
        *流水号*, *编号*, *編號*, *账号*, *帳號*, *账户*, *帳戶*, *工单*, *包裹*, *航班*, *车次*, *房间*, *注文*, *注文番号*
        *荷物番号*, *予約番号*, *会員番号*, *お客様番号*, *伝票番号*, *受付番号*, *口座*, *便名*, *주문*, *주문번호*, *운송장*, *운송장번호*
        *예약번호*, *고객번호*, *송장*, *계좌*
        """

    private static let referenceAfter = """
        numarali, nolu, no'lu, sayili, *号订单*, *號訂單*, *번 주문*, számú, *号包裹*
        """

    private static let card = """
        ending, ending in, ending with, ends in, ends with, ended, last digits, last 4, x, xx, xxx
        xxxx, xxxxx, xxxxxx, xxxxxxxx, xxxxxxxxxxxx, terminada en, terminado en, final, termina en
        terminada em, se terminant par, finissant par, finit par, endet auf, endend auf
        endziffern, che termina con, terminante con, eindigend op, konczac*, koncic*, koncici na
        sonu, оканчив*, заканчив*, закінч*, *尾号*, *尾號*, *末尾*, *下4桁*, *下四桁*, *끝자리*, *뒷자리*, *ลงท้าย*
        dengan akhiran, berakhiran, so duoi, المنتهيه ب, تنتهي ب
        """

    private static let phone = """
        call, call us, call us at, call us on, dial, tel, tel., telp, telp., telf, telf.
        telephone, helpline, hotline, helpdesk, support, customer care, toll free, toll-free, ph
        ph., llame, llame al, llama, llama al, llamanos, ligue, ligue para, appelez, appelez le
        anrufen, chiama, chiama il, numero verde, zadzwon*, infolini*, volejte, sunati, cagri
        arayin*, hubungi*, cs, lien he, goi, puhelin*, ring, ring oss, bel, hivja, тел, тел.
        звоните, позвоните, телефон поддержки, телефон, горяч*, дзвоніть, телефонуйте, τηλ*
        *اتصل*, *هاتف*, *تماس*, *تلفن*, התקשר*, טלפון*, בטלפון, कॉल*, কল*, *โทร*, *ติดต่อ*, *客服*
        *客服电话*, *客服電話*, *致电*, *致電*, *热线*, *熱線*, *拨打*, *撥打*, *咨询*, *洽詢*, *お問い合わせ*, *問合せ*, *電話番号*
        *お電話*, *문의*, *고객센터*, *전화*
        """

    private static let reply = """
        stop, stop to, unsubscribe, opt out, opt-out, help to, reply, reply to, text help, baja al
        envia baja, responde, envie sair, responda, ответьте, отправьте, отписк*, отписаться
        ketik, odpowiedz, antworte*, stopp, відповідь, *回复*, *回覆*, *退订*, *退訂*
        """

    private static let amount = """
        amount, amount of, total, balance, avl bal, bal, bal., price, fee, importe, saldo, monto
        valor, preco, total de, prix, montant, solde, betrag, preis, summe, importo, prezzo
        bedrag, kwota, kwocie, cena, castka, suma, sumy, belopp, summa, osszeg*, tutar*, fiyat*
        bakiye*, jumlah, nominal, harga, baki, so tien, so du, gia, pago de, payment of, сумма
        сумму, сумме, сума, суму, баланс, цена, остаток, доступно, списание, ποσο, ποσου, *مبلغ*
        *السعر*, *رصيد*, قیمت*, موجودی*, סכום, בסך, יתרה, राशि, रकम, পরিমাণ, *ยอด*, *ราคา*
        *จำนวนเงิน*, *金额*, *金額*, *余额*, *餘額*, *消费*, *消費*, *금액*, *잔액*
        """

    private static let currency = """
        $, €, £, ¥, ₹, ₽, ₩, ₫, ₺, ₴, ₸, ₪, ฿, ₦, ৳, ₱, ₾, ₼, ₵, ₡, ₲, ֏, ៛, ₮, ﷼, usd, eur, gbp
        rub, rur, inr, rs, rs., rp, rp., idr, rm, myr, php, vnd, thb, krw, jpy, cny, rmb, kzt, uah
        pln, czk, huf, sek, nok, dkk, chf, aed, sar, egp, qar, kwd, mxn, brl, cop, clp, ars, pen
        sgd, hkd, twd, ntd, aud, cad, nzd, pkr, bdt, lkr, npr, ngn, kes, ksh, ghs, zar, tzs, ugx
        ils, nis, azn, gel, amd, uzs, byn, bgn, rsd, tl, kc, ft, lei, kr, zl, usdt, euro, euros
        dollar, dollars, dolares, pesos, reais, soles, zlotych, korun, kroner, kronor, lira, taka
        baht, ringgit, rupee, rupees, rupiah, dong, so'm, som, euroa, dinara, лв, лв., đ, vnđ, р
        р., руб, руб., рубл*, коп, тг, тенге, грн, грн., гривен*, сом, сум, ден, төг*, ευρω
        *ريال*, *درهم*, *جنيه*, *دينار*, *دولار*, *تومان*, ریال*, ש"ח, שח, रुपये, रुपए, रु, रु.
        টাকা, *บาท*, *元*, *圆*, *块*, *円*, *원*, 港币, 日元
        """

    private static let unit = """
        sec, secs, second, seconds, min, mins, min., minute, minutes, hrs, hour, hours, day, days
        week, weeks, month, months, year, years, segundo*, minuto*, hora, horas, dia, dias
        semana*, meses, seconde*, heure*, jour, jours, mois, sekunde*, minuten, stunde*, tage
        tagen, secondi, minuti, ore, giorni, secunde, zile, seconden, uur, dagen, sekund*, minut*
        godzin*, dni, vterin*, hodin*, minuta*, perc*, masodperc*, ora*, minuutti*, minuuttia
        sekunti*, tuntia, minutter, minuter, timer, timmar, dakika*, saniye*, saat*, gun, menit
        detik, jam, hari, minit, saat, phut, giay, gio, ngay, minutit, minučių, daqiqa*, dəqiqə*
        dakikada, сек, сек., секунд*, мин, мин., минут*, час, часа, часов, дня, дней, сутки, хв
        хв., хвилин*, годин*, днів, хвіл*, λεπτ*, δευτερ*, ωρες, ημερ*, *دقيق*, *دقائق*, *ثاني*
        *ثوان*, *ساعه*, دقیقه*, ثانیه*, ساعت*, دقות, דקות, שניות, שעות, मिनट*, सेकंड*, घंटे
        মিনিট*, সেকেন্ড*, *นาที*, *วินาที*, *ชั่วโมง*, *分钟*, *分鐘*, *秒*, *分*, *小时*, *小時*, *天*, *時間*
        *日*, *月*, *초*, *분*, *시간*, *일간*, mb, gb, kb, km, kg, kb/s, ml, pts, points, bonus, miles
        puntos, pontos, punkte, балл*, бонус*, likes, followers, times, attempts
        """

    private static let suffix = "s, m, h, d, hr, am, pm, st, nd, rd, th, dk, sn, x, k"

    private static let place = """
        at, since, until, till, before, by, from, between, bis, um, seit, desde, hasta, ate, a las
        depuis, vers, dal, fino al, alle, tot, vanaf, kl, kl., klo, od, do, o, в, о, до, от, από
        έως, sampai, hingga, kadar
        """

    private static let year = "*年*, *년*, г, г., год, года, году, году., року, рік, yil*, yili"
}
