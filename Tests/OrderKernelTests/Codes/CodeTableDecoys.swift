extension CodeRow {
    /// Messages where other numbers stand beside the code.
    static let decoys: [CodeRow] = [
        CodeRow(
            "en",
            """
            OTP is 730164 for txn of INR 5,000.00 on card ending 4242. Valid for 10 mins.
            """,
            "730164"
        ),
        CodeRow(
            "en",
            """
            730164 is OTP for Rs.1500 at SHOP on your card xx4821. Do not share.
            """,
            "730164"
        ),
        CodeRow("en", "Code for order 557013 is 730164.", "730164"),
        CodeRow("en", "Order #557013: your verification code is 730164", "730164"),
        CodeRow("en", "Ref no 557013. Use OTP 730164 to approve the payment of $1200.", "730164"),
        CodeRow("en", "(c) 2026 Northwind. Code: 730164", "730164"),
        CodeRow("en", "(c) 2026 Northwind. Code: 7301", "7301"),
        CodeRow("en", "© 2026 Fjord Ltd. Your code: 7301", "7301"),
        CodeRow("en", "Your code 7301 was requested on 2026-05-12 at 12:30:45.", "7301"),
        CodeRow("en", "On 12/05/2026 12:30 you asked for a code: 7301", "7301"),
        CodeRow("en", "Your code is 730164. Questions? Call 1-800-555-1234.", "730164"),
        CodeRow("en", "Call +44 7123 456789 if you did not ask for the code 730164", "730164"),
        CodeRow("en", "New sign in from 203.0.113.42. Code: 7301", "7301"),
        CodeRow("en", "Text STOP to 32665 to opt out. Your code is 730164", "730164"),
        CodeRow(
            "en",
            """
            730164 is your code. Msg&Data rates may apply. Reply HELP to 32665 for help, \
            STOP to 32665 to cancel
            """,
            "730164"
        ),
        CodeRow("en", "Your old code 1111 is no longer valid, your new code is 2222", "2222"),
        CodeRow("en", "Code 1111 has expired. New code: 2222", "2222"),
        CodeRow(
            "en",
            """
            Use 482913 to confirm your payment of 1,500.00 EUR to account ****1234
            """,
            "482913"
        ),
        CodeRow("en", "Visa ending in 4242: $1200.00 at STORE. One-time passcode 482913", "482913"),
        CodeRow("en", "Your 6-digit code: 482913 (valid 15 min, 3 attempts)", "482913"),
        CodeRow("en", "20% off is waiting! But first verify: your code is 482913.", "482913"),
        CodeRow("en", "Your code: 482913\nhttps://example.com/v?c=771020&id=88123456", "482913"),
        CodeRow(
            "en",
            """
            Mail help@shop24680.com or see www.shop.com/item/135790 - your OTP is 482913
            """,
            "482913"
        ),
        CodeRow("en", "Booking 88120045 in room 4021: door PIN 4829", "4829"),
        CodeRow("en", "Your code is 482913, it was sent to +1 (555) 123-4567", "482913"),
        CodeRow("en", "Acct 77120945 login OTP 482913. If not you call 18001234567", "482913"),
        CodeRow("en", "Bal 15000. OTP 482913 for transfer of 2500 USD to 9876543210", "482913"),
        CodeRow("en", "Ticket 100200 opened 3 Jan 2026. Verification code 482913.", "482913"),
        CodeRow("en", "Your code for 2026 is 4829", "4829"),
        CodeRow("es", "Pedido 557013: tu código es 482913. Importe 1.500,00 €", "482913"),
        CodeRow("de", "Bestellung 557013, Betrag 15.000,00 EUR: Ihre TAN lautet 482913", "482913"),
        CodeRow(
            "fr",
            """
            Commande 557013 du 12/05/2026 : votre code est 482913, valable 10 minutes
            """,
            "482913"
        ),
        CodeRow(
            "ru",
            """
            Заказ 557013 на сумму 2500 ₽. Код подтверждения 482913. Карта *4821
            """,
            "482913"
        ),
        CodeRow("ru", "Списание 15 000 руб. с карты *4821 12.05.2026 в 12:30. Код: 4829", "4829"),
        CodeRow(
            "id",
            """
            Kode OTP 4829 untuk transaksi Rp 15000 pada 12/05/2026. CS 0812-3456-7890
            """,
            "4829"
        ),
        CodeRow("zh-Hans", "您尾号4821的卡于5月12日消费1500元，验证码482913，5分钟内有效，客服95588。", "482913"),
        CodeRow(
            "tr",
            """
            557013 numaralı siparişiniz için doğrulama kodunuz 482913, tutar 1.500,00 TL
            """,
            "482913"
        ),
    ]
}
