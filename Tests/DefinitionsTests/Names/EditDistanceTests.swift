import Testing

@testable import Definitions

struct EditDistanceTests {
    @Test(arguments: [
        ("", "", 0),
        ("", "abc", 3),
        ("whatsapp", "whatsapp", 0),
        ("whatsap", "whatsapp", 1),
        ("telegrma", "telegram", 1),
        ("kitten", "sitting", 3),
        ("ab", "ba", 1),
        ("ca", "abc", 3),
        ("flaw", "lawn", 2),
    ])
    func `edits are counted and a swap is one edit`(first: String, second: String, count: Int) {
        #expect(EditDistance.between(first, second) == count)
        #expect(EditDistance.between(second, first) == count)
    }

    @Test(
        arguments: [
            ("kitten", "sitting", 2, nil),
            ("kitten", "sitting", 3, 3),
            ("a", "abcdef", 4, nil),
            ("abcdef", "uvwxyz", 2, nil),
            ("ab", "ba", 1, 1),
            ("same", "same", 0, 0),
            ("same", "sane", 0, nil),
            ("xab", "xba", 1, 1),
        ] as [(String, String, Int, Int?)])
    func `a distance past the limit is not given`(
        first: String,
        second: String,
        limit: Int,
        count: Int?
    ) {
        #expect(EditDistance.between(first, second, atMost: limit) == count)
    }

    @Test func `the bounded distance agrees with the whole one`() {
        let words = ["", "a", "ab", "ba", "abc", "acb", "bac", "cab", "abcd", "badc", "dcba"]
        for first in words {
            for second in words {
                let whole = EditDistance.between(first, second)
                for limit in 0...5 {
                    let bounded = EditDistance.between(first, second, atMost: limit)
                    #expect(bounded == (whole <= limit ? whole : nil))
                }
            }
        }
    }
}
