extension CodeRow {
    /// Everyday messages with numbers, most of them without a code.
    static let quiet: [CodeRow] = [
        CodeRow("en", "Hi, see you at 1900 at 4021 Main Street", nil),
        CodeRow("en", "Your table for 4 is booked at 19:30, ref 88123", nil),
        CodeRow("en", "Your driver Ali (Toyota Vios, B 1234 XYZ) has arrived", nil),
        CodeRow("en", "Package 8812-3345 is out for delivery. Track: https://t.co/88123345", nil),
        CodeRow("en", "You have used 80% of your 5000 MB plan", nil),
        CodeRow("en", "Dear student, your roll number 210045 is registered for exam hall 12", nil),
        CodeRow("en", "Your electricity bill for meter 88120045 is $45.20 due 12 May", nil),
        CodeRow(
            "en",
            """
            Reminder: dentist 10/06/2026 at 0930. Reply Y to confirm or call 5551234
            """,
            nil
        ),
        CodeRow("en", "Recharge of Rs 239 successful for 9876543210. Txn 88120045", nil),
        CodeRow("en", "Your account was created. User: anna1990", nil),
        CodeRow("en", "Security notice: a new device signed in at 1430 UTC", nil),
        CodeRow("en", "Your password has been changed. If this was not you call 18001234567.", nil),
        CodeRow("en", "Jobs! Earn 5000-8000 daily, contact wa.me/6281234567890", nil),
        CodeRow("en", "Your loan of 50000 is approved! Click bit.ly/3xY12345", nil),
        CodeRow("en", "Congrats! You won 1000000 in the 2026 lottery", nil),
        CodeRow("en", "WhatsApp is now registered on a new device.", nil),
        CodeRow(
            "en",
            """
            Your login was successful on 05/12/2026 at 10:42:33 from IP 10.20.30.40
            """,
            nil
        ),
        CodeRow("es", "Tu factura 20260512 por $15.000 vence el 20/05", nil),
        CodeRow("es", "Su cita es el 12 de mayo a las 1430 en el consultorio 2045", nil),
        CodeRow("fr", "Votre colis 6A12345678901 sera livré demain entre 1400 et 1600", nil),
        CodeRow("de", "Ihr Termin am 3. Juni 2026 wurde bestätigt. Praxis Tel. 030 123456", nil),
        CodeRow("de", "Ihre Rechnung Nr. 482913 über 45,90 EUR ist fällig", nil),
        CodeRow("it", "Il tuo appuntamento è confermato per il 12/05/2026 alle 1430", nil),
        CodeRow("ru", "Ваш баланс: 1500. Подключите опцию *123#", nil),
        CodeRow("ru", "Посылка 80081234567890 прибыла в отделение 101000", nil),
        CodeRow("ru", "Ваша запись подтверждена: 12.05 в 14:30, кабинет 2104", nil),
        CodeRow("ru", "Такси: Белый Kia, номер 4821, ожидайте", nil),
        CodeRow("zh-Hans", "尊敬的客户，您的账户余额为15000元，详询10086", nil),
        CodeRow("zh-Hans", "您的快递已到，请凭取件通知到3号楼12345柜领取", nil),
        CodeRow("zh-Hans", "【京东】您的订单482913已确认", nil),
        CodeRow("ja", "お荷物番号482913をお届けします", nil),
        CodeRow("ko", "[CJ대한통운] 운송장번호 482913445566 배송 완료", nil),
        CodeRow("id", "Pesanan 482913 sudah dikonfirmasi", nil),
        CodeRow("id", "Saldo pulsa Anda Rp 5000 berlaku s.d. 12/06/2026", nil),
        CodeRow("vi", "Đơn hàng 482913 đã được xác nhận", nil),
        CodeRow("ar", "تم تأكيد طلبك رقم 482913", nil),
        CodeRow("he", "ההזמנה שלך 482913 אושרה", nil),
        CodeRow("tr", "Siparişiniz 482913 onaylandı", nil),
        CodeRow("pl", "Zamówienie nr 482913 zostało potwierdzone", nil),
        CodeRow("en", "Your order 482913 is confirmed", nil),
        CodeRow("en", "Order confirmed: 482913", nil),
        CodeRow("en", "Your booking is confirmed. Booking reference: 482913", nil),
        CodeRow("en", "Your appointment is confirmed for 2026-05-12 1430", nil),
        CodeRow("en", "Login alert: 3 failed attempts from 88.12.4.5", nil),
        CodeRow("en", "Verify your account at https://northwind.com/v/482913", nil),
        CodeRow("en", "Please confirm your attendance by replying 1 for yes, 2 for no", nil),
        CodeRow(
            "en",
            """
            To finish, open app://pair/12-345-678/771020 or type in this code by hand: \
            482913
            """,
            "482913"
        ),
        CodeRow("en", "Your locker: 4829", "4829"),
        CodeRow("en", "48291377\nValid 5 minutes\nGültig 5 Minuten", "48291377"),
        CodeRow("en", "482913(Northwind login verification code) Keep it to yourself.", "482913"),
        CodeRow("en", "G-482913", "482913"),
        CodeRow("ko", "G-482913(이)가 Google 인증 코드입니다.", "482913"),
        CodeRow("vi", "(Zalo) 4829 la ma kich hoat cua so dien thoai 84901234567.", "4829"),
        CodeRow("fa", "رمز دوم پویا\n Code = 4829\nاعتبار تا 11:14:46  1404/4/18", "4829"),
        CodeRow(
            "fa",
            """
            واریز مبلغ 30,000,000ریال\nبه 299-100-1112233-1\nمانده \
            6,263,200\n1404/4/18\n14:07
            """,
            nil
        ),
        CodeRow("en", "388-941-4444 your code is 482913", "482913"),
        CodeRow("en", "<#> Your Northwind code is: 48A7B2C1 FA+9qCX9VSu", "48A7B2C1"),
        CodeRow("en", "Your payment of $1,250 was successful. Confirmation #8823101.", nil),
        CodeRow(
            "en",
            """
            Card x4821 used for Rs 1,250.00. Not you? SMS BLOCK 4821 to 9876543210
            """,
            nil
        ),
        CodeRow("en", "Use code 482913 at checkout: 20% off", nil),
        CodeRow("en", "Use code 4829 today and get 20% off", nil),
        CodeRow(
            "en",
            """
            Your code is 66218. PS. You will soon be able to win a prize with our new app
            """,
            "66218"
        ),
        CodeRow("zh-Hans", "【驿站】凭取货码4829到3号楼领取包裹", "4829"),
        CodeRow("zh-Hans", "您的手机号码88120045已停机", nil),
    ]
}
