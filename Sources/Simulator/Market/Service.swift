/// A service with the names that the providers give it.
struct Service: Sendable, Equatable {
    let slug: String
    /// The code in sms-activate's list, which LegitSMS and VirtualSMS use.
    let code: String
    /// SMSCode's `platform_id`.
    let platform: Int
    let name: String
    let baseCents: Int64

    static let all = [
        Service(slug: "whatsapp", code: "wa", platform: 1, name: "WhatsApp", baseCents: 100),
        Service(slug: "telegram", code: "tg", platform: 2, name: "Telegram", baseCents: 40),
        Service(slug: "google", code: "go", platform: 3, name: "Google", baseCents: 50),
        Service(slug: "facebook", code: "fb", platform: 4, name: "Facebook", baseCents: 35),
        Service(slug: "instagram", code: "ig", platform: 5, name: "Instagram", baseCents: 30),
        Service(slug: "twitter", code: "tw", platform: 6, name: "Twitter", baseCents: 25),
        Service(slug: "tiktok", code: "lf", platform: 7, name: "TikTok", baseCents: 20),
        Service(slug: "amazon", code: "am", platform: 8, name: "Amazon", baseCents: 45),
    ]

    /// A message as the service words it, around a code of six digits.
    func message(code: String) -> String {
        let front = code.prefix(3)
        let back = code.suffix(3)
        return switch slug {
        case "whatsapp": "Your WhatsApp code: \(front)-\(back)"
        case "telegram": "Telegram code: \(code). Do not give this code to anyone."
        case "google": "G-\(code) is your Google verification code."
        case "facebook": "\(code) is your Facebook confirmation code"
        case "instagram": "\(front) \(back) is your Instagram code. Don't share it."
        case "twitter": "Your X confirmation code is \(code)."
        case "tiktok": "[TikTok] \(code) is your verification code"
        default: "\(code) is your \(name) OTP. Do not share it with anyone."
        }
    }
}
