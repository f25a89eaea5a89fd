import Testing

@testable import Definitions

struct NameKeyTests {
    @Test(arguments: [
        ("WhatsApp", "whatsapp"),
        ("São Tomé & Príncipe", "saotomeandprincipe"),
        ("Côte d'Ivoire", "cotedivoire"),
        ("Türkiye", "turkiye"),
        ("İSTANBUL", "istanbul"),
        ("Åland Islands", "alandislands"),
        ("Straße", "strasse"),
        ("Việt Nam", "vietnam"),
        ("Mail.ru", "mailru"),
        ("google-voice", "googlevoice"),
        ("  1xBet ", "1xbet"),
        ("Россия", "россия"),
        ("微信", "微信"),
    ])
    func `a name is folded to its letters and digits`(name: String, key: String) {
        #expect(NameKey(name).text == key)
    }

    @Test func `an accent counts as little when it is a scalar of its own`() {
        #expect(NameKey("Cura\u{63}\u{327}ao") == NameKey("Curaçao"))
        #expect(NameKey("Re\u{301}union") == NameKey("Reunion"))
    }

    @Test(arguments: ["", " ", "!?", "\u{301}", "+"])
    func `a name without letters has an empty key`(name: String) {
        #expect(NameKey(name).isEmpty)
    }

    @Test func `words end at anything that is not a letter or digit`() {
        #expect(NameKey.words(of: "St. Kitts&Nevis (1)") == ["st", "kitts", "and", "nevis", "1"])
    }
}
