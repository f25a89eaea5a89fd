extension CodeRow {
    /// Ways to write the code itself.
    static let shapes: [CodeRow] = [
        CodeRow("en", "Your code is 583\u{00A0}920", "583920"),
        CodeRow("en", "Your code is 583\u{2013}920", "583920"),
        CodeRow("en", "Your code is 583\u{2011}920", "583920"),
        CodeRow("en", "Your code is 12 34 56", "123456"),
        CodeRow("en", "Your code: 12-34-56", "123456"),
        CodeRow("en", "Your code: 5 8 3 9 2 0", "583920"),
        CodeRow("en", "Your code: 5-8-3-9-2-0", "583920"),
        CodeRow("en", "Your code: 1234 5678", "12345678"),
        CodeRow("en", "Your code: 1234-5678", "12345678"),
        CodeRow("en", "Your code: \u{FF15}\u{FF18}\u{FF13}-\u{FF19}\u{FF12}\u{FF10}", "583920"),
        CodeRow(
            "en",
            """
            5\u{FE0F}\u{20E3}8\u{FE0F}\u{20E3}3\u{FE0F}\u{20E3}9\u{FE0F}\u{20E3}2\u{FE0F}\u{20E3}\
            0\u{FE0F}\u{20E3} is your code
            """,
            "583920"
        ),
        CodeRow("en", "Code: 583\u{200B}920", "583920"),
        CodeRow("en", "Your code is 007345", "007345"),
        CodeRow("en", "Your code is:\r\n583920\r\n", "583920"),
        CodeRow("en", "Your code is <b>583920</b>", "583920"),
        CodeRow("en", "Code [583920]", "583920"),
        CodeRow("en", "Code {583920}; keep it secret", "583920"),
        CodeRow("en", "Your code: 583 920 10 min left", "583920"),
        CodeRow("en", "@example.com #583920", "583920"),
        CodeRow("en", "Order 112233. Code 445566 was replaced.\n\n@example.com #583920", "583920"),
        CodeRow("en", "583920 is your Example code.\n\n@example.com #583920", "583920"),
        CodeRow("en", "123456 is old.\n@shop.example.co.uk #583920 @pay.example", "583920"),
        CodeRow("en", "Your Example code is below\n@example.com #X7K9QP", "X7K9QP"),
        CodeRow("en", "Your verification code is A1B2C3", "A1B2C3"),
        CodeRow("en", "A1B2C3 is your Discord verification code", "A1B2C3"),
        CodeRow("en", "Your WhatsApp Business code: X7K-9QP", "X7K9QP"),
        CodeRow("en", "Your Steam Guard code: K7QXR", "K7QXR"),
        CodeRow("en", "Your Steam Guard code: RQXKM", "RQXKM"),
        CodeRow("de", "Dein Bestätigungscode lautet A1B2C3", "A1B2C3"),
        CodeRow("ru", "Ваш код подтверждения: X7K-9QP", "X7K9QP"),
        CodeRow("zh-Hans", "验证码：A1B2C3，10分钟内有效", "A1B2C3"),
        CodeRow("ja", "コード：７ＧＨ２Ｋ", "7GH2K"),
        CodeRow("es", "Tu código es 8F3K2D", "8F3K2D"),
        CodeRow("en", "Your login code: a8f3k2", "a8f3k2"),
    ]
}
