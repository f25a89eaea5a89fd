import Testing

@testable import Definitions

struct ServiceNameTests {
    @Test(arguments: [
        ("WhatsApp", "whatsapp"), ("WHATSAPP", "whatsapp"), ("Whats App", "whatsapp"),
        ("Gmail", "google"), ("Google,youtube,Gmail", "google"),
        ("Google, Gmail, Youtube", "google"), ("X", "twitter"), ("X (Twitter)", "twitter"),
        ("Twitter/X", "twitter"), ("ChatGPT", "openai"), ("OpenAI / Chat GPT", "openai"),
        ("OpenAI (ChatGPT)", "openai"), ("Instagram+Threads", "instagram"),
        ("TikTok/Douyin", "tiktok"), ("Line msg", "line"), ("Line messenger", "line"),
        ("LinkedIN", "linkedin"), ("Tencent QQ", "qq"), ("vk.com", "vk"), ("ok.ru", "ok"),
        ("Odnoklassniki", "ok"), ("Mail.ru", "mailru"), ("pof.com", "plenty-of-fish"),
        ("JDcom", "jd"), ("Jingdong", "jd"), ("Crypto.com", "cryptocom"),
        ("Alipay/Alibaba/1688", "alipay"), ("Alipay/Alibaba", "alipay"), ("1688", "1688"),
        ("Yandex/Uber", "yandex"), ("RedNote / Xiaohongshu", "xiaohongshu"),
        ("GoogleVoice", "google-voice"), ("Google Voice", "google-voice"),
        ("Hermes", "hermes"), ("Njuskalo", "njuskalo"), ("McDonalds", "mcdonalds"),
        ("Coinbase (not guaranteed)", "coinbase"), ("Any other", "other"),
    ])
    func `a service is found by what providers call it`(text: String, slug: String) {
        #expect(ServiceTable.service(named: text)?.slug == slug)
    }

    @Test(arguments: [
        "", "?", "Google Facebook", "PayPal + eBay", "Unheard (WhatsApp)", "Google/Facebook", "goo",
    ])
    func `what names no service or several is not found`(text: String) {
        #expect(ServiceTable.service(named: text) == nil)
    }

    @Test(arguments: [
        ("whatsap", "whatsapp"), ("watsapp", "whatsapp"), ("telegarm", "telegram"),
        ("insta gram", "instagram"), ("gogle", "google"), ("facebok", "facebook"),
        ("netflx", "netflix"), ("snap chatt", "snapchat"), ("micro", "microsoft"),
    ])
    func `a mistyped service suggests the one that was meant`(text: String, slug: String) {
        #expect(ServiceTable.nearest(to: text, limit: 3).first?.slug == slug)
    }

    @Test(arguments: ["", "x9", "qqqqqqqqqq", "indonesia"])
    func `nothing is suggested when nothing is near`(text: String) {
        #expect(ServiceTable.nearest(to: text, limit: 3).isEmpty)
    }

    @Test(arguments: [
        "", "wa", "whatsapp|wa|WhatsApp", "WhatsApp|wa|WhatsApp|", "whats app|wa|WhatsApp|",
        "-wa|wa|WhatsApp|", "wa-|wa|WhatsApp|", "|wa|WhatsApp|", "whatsapp|wa||",
    ])
    func `a malformed row is reported and left out`(row: String) {
        let content = ServiceTable.read(rows: [row, "etsy||Etsy|Shop;Market"])
        #expect(content.services.map(\.slug) == ["etsy"])
        #expect(content.services.first?.smsActivate == nil)
        #expect(content.services.first?.otherNames == ["Shop", "Market"])
        #expect(content.unreadable == [row])
    }
}
