extension CodeRow {
    /// English messages of well-known kinds.
    static let english: [CodeRow] = [
        CodeRow("en", "G-583920 is your Google verification code.", "583920"),
        CodeRow("en", "Your WhatsApp code: 583-920\n\nDon't share this code with others", "583920"),
        CodeRow(
            "en",
            """
            Your WhatsApp code: 583-920. You can also tap this link to verify your phone: \
            v.whatsapp.com/583920. Don't share this code with others 4sgLq1p5sV6
            """,
            "583920"
        ),
        CodeRow(
            "en",
            """
            Telegram code: 48213. You can also tap on this link to log in: \
            https://t.me/login/48213
            """,
            "48213"
        ),
        CodeRow("en", "FB-90417 is your Facebook confirmation code", "90417"),
        CodeRow("en", "731 064 is your Instagram code. Don't share it.", "731064"),
        CodeRow(
            "en",
            """
            Your Uber code is 4821. Never share this code. Reply STOP to 89203 to \
            unsubscribe.
            """,
            "4821"
        ),
        CodeRow("en", "<#> 204816 is your Northwind code FA+9qCX9VSu", "204816"),
        CodeRow(
            "en",
            """
            <#> Use 204816 to sign in to Northwind. Expires in 300 seconds.\nFA+9qCX9VSu
            """,
            "204816"
        ),
        CodeRow("en", "Your Amazon OTP is 775301. Do not share it with anyone.", "775301"),
        CodeRow(
            "en",
            """
            775301 is your one-time password (OTP) for login. Valid for 10 minutes.
            """,
            "775301"
        ),
        CodeRow("en", "Your verification code is 118246", "118246"),
        CodeRow("en", "118246 is your verification code.", "118246"),
        CodeRow("en", "Verification code: 118246. This code expires in 5 minutes.", "118246"),
        CodeRow("en", "PIN: 3071", "3071"),
        CodeRow("en", "Use PIN 3071 to confirm your phone number.", "3071"),
        CodeRow("en", "Microsoft access code: 60412", "60412"),
        CodeRow("en", "Use 604127 as Microsoft account security code", "604127"),
        CodeRow("en", "[TikTok] 935516 is your verification code", "935516"),
        CodeRow("en", "Your Apple ID Code is: 935516. Don't share it with anyone.", "935516"),
        CodeRow(
            "en",
            """
            Your Apple Account code is: 935516. Do not share it with \
            anyone.\n\n@apple.com #935516 %apple.com
            """,
            "935516"
        ),
        CodeRow("en", "Snapchat code: 66218. Happy Snapping!", "66218"),
        CodeRow("en", "Twitter: your login code is 881234", "881234"),
        CodeRow("en", "Hi Anna, your passcode for signing in is 402913.", "402913"),
        CodeRow("en", "(402913) is your Fjord login code", "402913"),
        CodeRow("en", "Your code is \"402913\". Thanks!", "402913"),
        CodeRow(
            "en",
            """
            *402913* is your verification code. For your security, do not share this \
            code.
            """,
            "402913"
        ),
        CodeRow("en", "Enter 402913 to verify your account.", "402913"),
        CodeRow("en", "OTP:402913", "402913"),
        CodeRow("en", "OTP402913 is valid for 3 mins", "402913"),
        CodeRow("en", "Your OTP is402913.Do not share it", "402913"),
        CodeRow("en", "Verification Code\n402913\nThis code will expire in 10 minutes.", "402913"),
        CodeRow(
            "en",
            """
            Welcome! Please enter the following code on our website to complete the \
            registration of your brand new account, and thank you very much for choosing \
            us: 7713
            """,
            "7713"
        ),
        CodeRow("en", "Security code: 50318842", "50318842"),
        CodeRow("en", "Code - 8842", "8842"),
        CodeRow("en", "Code=8842", "8842"),
        CodeRow("en", "code 8842", "8842"),
        CodeRow("en", "8842", "8842"),
        CodeRow("en", "583920", "583920"),
        CodeRow("en", "Northwind 583920", "583920"),
        CodeRow("en", "Your PIN is 271", "271"),
        CodeRow("en", "Your confirmation code is 271905364", "271905364"),
        CodeRow("en", "OTP: 2719053641", "2719053641"),
        CodeRow("en", "530877 is the code to reset your password", "530877"),
        CodeRow("en", "Lyft: your code is 530877. It was requested from a new device.", "530877"),
        CodeRow("en", "Your code is 1947", "1947"),
    ]
}
