extension CodeRow {
    /// Messages thought of after the rules had settled.
    static let secondLook: [CodeRow] = [
        CodeRow(
            "en",
            """
            Hi! Your Airbnb verification code is: 246810. Don't share this code with \
            anyone; our employees will never ask for it.
            """,
            "246810"
        ),
        CodeRow("en", "5521 is your DoorDash code. 4 of 5 Dashers like this. Ends 30/11.", "5521"),
        CodeRow(
            "en",
            """
            PayPal: 883201 is your security code. Don't share it. It expires in 10 \
            minutes.
            """,
            "883201"
        ),
        CodeRow("en", "Your eBay sign-in code is 883201 (ref AB12CD).", "883201"),
        CodeRow(
            "en",
            """
            Dear customer 88301274, OTP for login is 7741. Valid till 14:35. -Bank
            """,
            "7741"
        ),
        CodeRow(
            "en",
            """
            Txn of Rs 2,499 at FLIPCART on HDFC card 8842. OTP: 118830. Not you? SMS \
            BLOCK 8842 to 5676712
            """,
            "118830"
        ),
        CodeRow("en", "A/c XX4471 debited INR 500.00. Use 118830 as OTP to continue", "118830"),
        CodeRow(
            "en",
            """
            Netflix: Your verification code is 64120. We'll never call or text you for \
            it.
            """,
            "64120"
        ),
        CodeRow("en", "Your Tinder code is 902211 dXpQ3kT9wZa", "902211"),
        CodeRow("en", "WhatsApp code 1234. Telegram code 5678.", "5678", service: "telegram"),
        CodeRow("en", "WhatsApp code 1234. Telegram code 5678.", "1234", service: "whatsapp"),
        CodeRow(
            "en",
            """
            We noticed a login from Paris on Jan 5, 2026 at 10:42. If this was you, enter \
            340912.
            """,
            "340912"
        ),
        CodeRow("en", "Code: 340912\nID: 77120945\nDate: 2026-01-05", "340912"),
        CodeRow("en", "Your appointment is on 5 January 2026 at 1430, room 2210.", nil),
        CodeRow("en", "Missed call from 0712345678. 3 calls.", nil),
        CodeRow("en", "Win 5000 coins now! Text WIN to 60606", nil),
        CodeRow("en", "Your data balance is 1500 MB, valid for 30 days", nil),
        CodeRow("en", "Flight BA2490 departs 12:30 from gate 1204", nil),
        CodeRow("en", "Gym door code 8842, opens 24/7", "8842"),
        CodeRow("en", "Use code QW4T7Z to log in to Northwind", "QW4T7Z"),
        CodeRow("en", "4417 - your code to verify. Valid 1440 minutes", "4417"),
        CodeRow(
            "es",
            """
            Hola, tu código para entrar en Glovo es 482913. Llámanos al 900 123 456 si no \
            fuiste tú.
            """,
            "482913"
        ),
        CodeRow("es", "BBVA: compra de 45,90 EUR con tarjeta *1234. Clave: 4829", "4829"),
        CodeRow("es", "Su saldo es de 15000 pesos al 12/05/2026", nil),
        CodeRow("pt", "iFood: 482913 e o seu codigo. NAO compartilhe.", "482913"),
        CodeRow("pt", "Seu pedido 48291300 saiu para entrega", nil),
        CodeRow(
            "fr",
            """
            Votre achat de 99,90 EUR le 12/05 : saisissez 482913 pour valider. Carte \
            ****4242
            """,
            "482913"
        ),
        CodeRow("fr", "Doctolib : 4829 est votre code de connexion. Ne le partagez pas.", "4829"),
        CodeRow(
            "de",
            """
            PayPal: Ihr Code lautet: 482913. Er läuft in 10 Minuten ab. Nicht \
            weitergeben!
            """,
            "482913"
        ),
        CodeRow("de", "Abholcode 4829 für Ihr Paket 00340434161094021501", "4829"),
        CodeRow(
            "it",
            """
            Poste: acquisto di 35,00 euro presso SHOP. Codice 482913 valido 5 min. Info \
            803160
            """,
            "482913"
        ),
        CodeRow("nl", "DigiD: uw sms-code is 482913. Deel deze code nooit.", "482913"),
        CodeRow(
            "pl",
            """
            mBank: Operacja nr 3 z dn. 12-05-2026, przelew 1500,00 PLN na rach. \
            12...3456. Haslo: 482913
            """,
            "482913"
        ),
        CodeRow("ru", "Сбербанк: никому не сообщайте код: 4829. Покупка 1500р OZON", "4829"),
        CodeRow("ru", "Вход в Госуслуги 12.05 в 14:05. Код 482913, тел. 8-800-100-70-10", "482913"),
        CodeRow("ru", "Баланс 1500 р. Пополните до 31.12", nil),
        CodeRow("uk", "ПриватБанк: 4829 - код для входу. Дійсний 5 хв", "4829"),
        CodeRow("tr", "Onay kodu: 482913. B001", "482913"),
        CodeRow("ar", "رقمك السري هو 4829 لا تشاركه", "4829"),
        CodeRow("fa", "تپسی\nکد: 482913\n@tapsi.ir #482913", "482913"),
        CodeRow("hi", "482913 आपके खाते में लॉगिन करने का ओटीपी है। ₹500", "482913"),
        CodeRow("vi", "Shopee: 482913 la ma xac minh OTP, het han trong 15 phut", "482913"),
        CodeRow("th", "Lazada: รหัส 4829 ใช้ได้ 5 นาที โทร 02-018-0000", "4829"),
        CodeRow("zh-Hans", "【淘宝】482913（登录验证码），请在15分钟内完成登录。如非本人操作请致电9510211", "482913"),
        CodeRow("zh-Hans", "【中国移动】您本月话费余额15.30元，客服10086", nil),
        CodeRow("zh-Hant", "【蝦皮】您的驗證碼是 482913，訂單 24051200123", "482913"),
        CodeRow("ja", "【メルカリ】認証番号: 482913 この番号を他人に教えないでください。", "482913"),
        CodeRow("ja", "ご注文番号482913を発送しました。", nil),
        CodeRow("ko", "[쿠팡] 본인인증 번호 482913 를 입력하세요. 유효시간 3분", "482913"),
        CodeRow("el", "Viber: ο κωδικός ενεργοποίησης σας είναι 482913", "482913"),
        CodeRow("he", "4829 הוא קוד הכניסה שלך לוולט, בתוקף 5 דקות", "4829"),
        CodeRow(
            "cs",
            """
            Seznam.cz: 482913 je Váš jednorázový kód. Č. objednávky 100200300
            """,
            "482913"
        ),
        CodeRow("ro", "Codul de acces 4829 expira la ora 14:30", "4829"),
        CodeRow("hu", "OTP Bank: vásárlás 12 500 Ft, kártya *4821. Jelszó: 482913", "482913"),
        CodeRow("fi", "Osuuspankki: vahvista 35,00 EUR koodilla 4829", "4829"),
        CodeRow("bn", "bKash: আপনার যাচাই কোড 4829। কাউকে বলবেন না। TrxID 9AB123", "4829"),
    ]
}
