import Testing

@testable import Transport

/// What a key looks like in the texts of servers.
struct TextFoldTests {
    private static func fold(_ text: String) -> String {
        String(decoding: TextFold(Array(text.utf8)).bytes, as: UTF8.self)
    }

    @Test(arguments: [
        (#"p\u00e4ss-w\u00F6rd"#, "p\u{E4}ss-w\u{F6}rd"),
        ("p&#228;ss-w&#xF6;rd", "p\u{E4}ss-w\u{F6}rd"), (#"k\ud83d\ude00y"#, "k\u{1F600}y"),
        ("ab&lowbar;cd&period;ef&colon;&commat;&dollar;", "ab_cd.ef:@$"),
        ("&#x0000041;&#0000066;c", "abc"), ("a%5Fb%255Fc", "a_b_c"), (#"a\\u0062"#, "ab"),
    ])
    func `escapes are undone`(_ row: (text: String, fold: String)) {
        #expect(Self.fold(row.text) == row.fold)
    }

    @Test(arguments: [
        "a\u{200B}b", "a\u{2028}b", "a\u{61C}b", "a\u{34F}b", "a\u{180E}b", "a\u{115F}b",
        "a\u{3164}b", "a\u{2003}b", "a\u{202F}b", "a\u{3000}b", "a\u{E0041}b", "a\u{F1234}b",
        #"a\u2028b"#, #"a\udb40\udc41b"#, "a&#8203;b", "a%E2%80%8Bb", "a b", "a\nb", #"a\nb"#,
    ])
    func `what is not seen splits nothing`(_ text: String) {
        #expect(Self.fold(text) == "ab")
    }

    @Test(arguments: [
        "caf\u{E9}", "\u{4E2D}\u{6587}", "\u{1F600}", "&nosuch;", "&#;", "&#x;", "&#1114112;",
        #"\ud83d"#, #"\ude00"#, "%", "%g1", "&",
    ])
    func `all else stays`(_ text: String) {
        #expect(Self.fold(text) == text)
    }
}
