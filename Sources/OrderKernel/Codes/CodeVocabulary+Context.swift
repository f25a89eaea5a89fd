extension CodeVocabulary {
    /// The words around a code that tell which of several it is.
    static let contextWords: [(CodeMarkKind, String)] = [
        (.link, link), (.fresh, fresh), (.former, former), (.lapsed, lapsed),
        (.promotion, promotion),
    ]

    private static let link = """
        is, are, es, est, ist, lautet, e, to, jest, je, este, esta, on, er, ar, ir, sono, sao
        adalah, ialah, la, estas, është, και, is:, der, das, used, as, является, ειναι, هو, هي
        است, ہے, הוא, היא, है, हो, आहे, છે, হল, হলো, নি, คือ, *เป็น*, *是*, *为*, *為*, *は*, *が*, *는*
        *은*, *です*, *입니다*, գ, է, ֆ, ni, a, az
        """

    private static let fresh = """
        new, nueva, nuevo, nova, novo, nouveau, nouvel*, neu, neue, neuer, neuen, nuovo, nuova
        nieuwe, nowy, nowe, novy, nove, nou, noua, nytt, ny, nya, uusi, uj, yeni, baru, moi, новый
        новое, нового, нова, новий, ново, νεο*, *جديد*, جدید, חדש*, नया, नई, নতুন, *ใหม่*, *新*
        *새*
        """

    private static let former = """
        old, previous, former, earlier, anterior*, viejo, antiguo, antigo, ancien*, precedent*
        alt, alte, alter, alten, altes, vorherig*, bisherig*, vecchio, precedente, oud, oude
        vorige, stary, stare, starego, poprzedn*, predchoz*, vechi*, gammal*, gamle, vanha*, regi
        eski, lama, mã cũ, ma cu, старый, старого, прежн*, предыдущ*, попередн*, старий, παλι*
        *قديم*, *السابق*, قبلی, قدیمی, קודם, הקודם, ישן, הישן, पुराना, पुराने, পুরানো, *เก่า*, *旧*
        *舊*, *之前*, *以前*, *이전*
        """

    private static let lapsed = """
        no longer, expired, replaced, invalid, not valid, cancelled, canceled, ya no, caducado
        vencido, expirado, nao e mais, deixou de, n'est plus, a expire, nicht mehr, abgelaufen
        ungultig, scaduto, non e piu, niet meer, verlopen, stracil*, niewazn*, neplatn*, недейств*
        не действ*, больше не, истек, истекла, більше не, недійсн*, gecersiz, tidak berlaku lagi
        sudah tidak, khong con, δεν ισχυ*, منتهي*, لم يعد, منقضی*, לא בתוקף, *已失效*, *已过期*, *已過期*
        *無効*, *만료되*, *หมดอายุแล้ว*
        """

    private static let promotion = """
        off, discount*, sale, sales, save, deal, deals, promo*, coupon*, voucher*, offer, offers
        cashback, win, won, prize*, checkout, scout, descuento*, desconto*, oferta*, rebajas
        remise*, reduction*, soldes, rabatt*, gutschein*, sconto*, saldi, korting*, znizk*, rabat*
        promocj*, slev*, akce, reducere*, indirim*, kampanya*, diskon*, khuyen mai, giam gia
        alennus*, kedvezmeny*, akcio*, скидк*, акци*, знижк*, промокод*, εκπτωσ*, προσφορ*, *خصم*
        *تخفیف*, *عرض*, הנחה, מבצע, छूट, ছাড়, *ส่วนลด*, *ลดราคา*, *折扣*, *优惠*, *優惠*, *割引*, *セール*
        *할인*, *쿠폰*
        """
}
