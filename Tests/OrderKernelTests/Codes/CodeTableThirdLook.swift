extension CodeRow {
    /// Harder messages: more numbers, fewer words.
    static let thirdLook: [CodeRow] = [
        CodeRow("en", "Confirm your Fjord account: 482913", "482913"),
        CodeRow(
            "en",
            """
            Your password was changed at 1430 on 2026-01-05. Not you? Call 18005551234
            """,
            nil
        ),
        CodeRow("en", "Your PIN has been changed. Ref 482913", nil),
        CodeRow("en", "Never share your OTP or PIN with anyone. Helpline 18601234", nil),
        CodeRow(
            "en",
            """
            Never share your OTP. Our staff will not ask for it. OTP: 482913 (valid until \
            2359)
            """,
            "482913"
        ),
        CodeRow("en", "482913 is your Google account verification code", "482913"),
        CodeRow("en", "Do not reply to this message. 482913 is your code.", "482913"),
        CodeRow("en", "\u{1F511}482913 is your key code for Northwind", "482913"),
        CodeRow("en", "Your code:482913/Votre code:482913", "482913"),
        CodeRow("en", "Your code is 482913.https://x.co/abc123", "482913"),
        CodeRow("en", "PIN CODE: 1 2 3 4", "1234"),
        CodeRow("en", "Your verification codes: 482913", "482913"),
        CodeRow("en", "Facebook: 482913 is your code H29Q+Fsn4Sr", "482913"),
        CodeRow("en", "Dear 9876543210, your OTP is 482913", "482913"),
        CodeRow("en", "Your OTP for mobile number 9876543210 is 482913", "482913"),
        CodeRow("en", "Your verification code for +14155552671 is 482913", "482913"),
        CodeRow("en", "Your one time code for 415-555-2671 is 482913.", "482913"),
        CodeRow("en", "Card 4242 4242 4242 4242: code 4829", "4829"),
        CodeRow("en", "Card 4242 4242 4242 4242 was added to your wallet", nil),
        CodeRow("en", "Thanks for your order! Total: 1500. Order no. 88120045", nil),
        CodeRow("en", "Your verification appointment is in room 4021 on 12 May", nil),
        CodeRow("en", "Security alert: 1500 attempts were blocked", nil),
        CodeRow("en", "Your code will arrive within 300 seconds. If not, dial 12345", nil),
        CodeRow("en", "Rate us: 5 stars at https://x.co/12345678", nil),
        CodeRow("en", "Earn 5000 points with promo code WIN2026", nil),
        CodeRow("en", "Vote for team 4821 by sending VOTE to 60606", nil),
        CodeRow(
            "en",
            """
            Dear customer, your bill of Rs. 1499 for a/c 77120945 is due on 05-Jan-26
            """,
            nil
        ),
        CodeRow("en", "Codes are never sent by phone. Call 116123.", nil),
        CodeRow("en", "Steam: ZK93QD is your confirmation code, do not share", "ZK93QD"),
        CodeRow("en", "Enter code 482913 at example.com/pair?device=771020", "482913"),
        CodeRow("en", "Your new PIN is 482913. Your old PIN 771020 was cancelled.", "482913"),
        CodeRow("en", "482913 replaces code 771020, which is no longer valid", "482913"),
        CodeRow("en", "Ignore 771020. New OTP: 482913", "482913"),
        CodeRow("en", "Code 482913 (1/2), account 88127701", "482913"),
        CodeRow("en", "AT&T: code 7345 to 14:45 PST", "7345"),
        CodeRow("en", "Your Bolt code: 7345\nw7hGd92kLpQ", "7345"),
        CodeRow("ru", "Ваш пин-код 4829", "4829"),
        CodeRow("ru", "Подтвердите аккаунт: 482913", "482913"),
        CodeRow("ru", "Такси Kia Rio А 482 КХ прибудет через 5 мин, стоимость 1500", nil),
        CodeRow("ru", "4829 код подтверждения заказа 771020", "4829"),
        CodeRow("de", "Termin am 12.05.2026 um 1430 in Raum 2210", nil),
        CodeRow("de", "Nutzen Sie 482913, um sich anzumelden", "482913"),
        CodeRow("es", "Llama al 900123 o visita www.tienda.es/2026", nil),
        CodeRow("fr", "Ne partagez pas ce code: 482 913", "482913"),
        CodeRow("pt", "Código 482913. Pedido nº 771020", "482913"),
        CodeRow("it", "Il tuo pacco 48291300 arriva tra le 1430 e le 1600", nil),
        CodeRow("pl", "Kod odbioru paczki: 4829. Paczkomat WAW12A", "4829"),
        CodeRow("zh-Hans", "【菜鸟】取件码4829，包裹已到驿站，电话13800138000", "4829"),
        CodeRow("zh-Hans", "尊敬的用户13800138000，您的验证码为482913", "482913"),
        CodeRow("ja", "お客様番号 88120045 の暗証番号は 4829 です", "4829"),
        CodeRow("ko", "01012345678 고객님 인증번호 482913", "482913"),
        CodeRow("id", "Saldo Anda Rp 150000 per 12-05-2026. Info 14000", nil),
        CodeRow("th", "ยอดเงินคงเหลือ 15000 บาท โทร 1333", nil),
        CodeRow("ar", "تم تحويل 1500 جنيه الى الرقم 01012345678", nil),
        CodeRow("fa", "مبلغ ۱۵۰۰۰۰ ریال از حساب ۴۴۱۷ برداشت شد", nil),
    ]
}
