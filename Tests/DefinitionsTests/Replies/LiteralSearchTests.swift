import Testing

@testable import Definitions

/// The first place of a text within another one.
struct LiteralSearchTests {
    @Test(
        arguments: [
            ("", "", 0, 0), ("", "abc", 2, 2), ("abc", "abc", 0, 0), ("abc", "ab", 0, nil),
            ("abab", "abacabab", 0, 4), ("aab", "aaaaab", 0, 3), ("aab", "aaaaab", 4, nil),
            ("aaaa", "aaabaaaa", 0, 4), ("é", "caf\u{E9}", 0, 3), ("a", "bcd", 0, nil),
        ] as [(String, String, Int, Int?)])
    func `a literal is found where it stands first`(
        _ literal: String,
        _ text: String,
        _ start: Int,
        _ place: Int?
    ) {
        let found = LiteralSearch.first(Array(literal.utf8), in: Array(text.utf8), from: start)
        #expect(found == place)
    }

    // All texts of two letters up to a length, against a search at every place.
    @Test func `it finds what a search at every place finds`() {
        func words(_ length: Int) -> [[UInt8]] {
            (0..<(1 << length)).map { bits in (0..<length).map { UInt8(bits >> $0 & 1) } }
        }
        for literal in (1...4).flatMap(words) {
            for text in words(9) {
                let plain = text.indices.first { text[$0...].starts(with: literal) }
                #expect(LiteralSearch.first(literal, in: text, from: 0) == plain)
            }
        }
    }
}
