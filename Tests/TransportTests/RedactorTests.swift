import Foundation
import Testing
import Transport

/// A key is taken out of text in whatever form a server repeats it.
struct RedactorTests {
    private static let key = "ab+cd/EF0123456789xyz=="

    // Each with what stands around it.
    private static let echoes: [(name: String, text: String)] = {
        let bytes = Array(key.utf8)
        let percent = bytes.map { "%" + String($0, radix: 16) }.joined()
        let hexadecimal = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
        func web(_ text: String) -> String {
            base64(text).replacing("+", with: "-").replacing("/", with: "_")
                .replacing("=", with: "")
        }
        return [
            ("as it is", key), ("behind a word", "Bearer " + key), ("in JSON", #"{"k":"\#(key)"}"#),
            ("JSON with slashes", key.replacing("/", with: "\\/")),
            ("JSON with a plus", key.replacing("+", with: "\\u002B")),
            (
                "JSON in lower case",
                key.replacing("+", with: "\\u002b").replacing("=", with: "\\u003d")
            ),
            ("JSON of all letters", bytes.map { "\\u00" + String($0, radix: 16) }.joined()),
            ("percent", "k=ab%2Bcd%2FEF0123456789xyz%3D%3D"), ("percent in lower case", percent),
            ("percent twice", percent.replacing("%", with: "%25")),
            ("percent in part", "ab%2Bcd/EF0123456789xyz=%3D"),
            ("HTML", "ab&#43;cd&#x2F;EF0123456789xyz&#61;&equals;"),
            ("hexadecimal", hexadecimal), ("HEXADECIMAL", hexadecimal.uppercased()),
            ("base64", base64(key)), ("base64 behind a word", base64("Bearer " + key)),
            ("base64 of a pair", base64("user:" + key + ":x")),
            ("base64 of one more", base64("x" + key)),
            ("base64url", web(key)), ("over two lines", "ab+cd/EF01\n23456789xyz=="),
            ("over lines of JSON", #"ab+cd/EF01\n23456789xyz=="#),
            ("in lower case", key.lowercased()), ("in upper case", key.uppercased()),
            ("cut off", String(key.prefix(17)) + "…"), ("with a mark behind it", key + "\u{301}"),
            ("with a selector behind it", key + "\u{FE0F}"),
            ("without its first character", String(key.dropFirst())),
            ("without both ends", "EF0123456789xy"), ("backwards", String(key.reversed())),
            ("base64 over two lines", base64(key).prefix(9) + "\n" + base64(key).dropFirst(9)),
            ("base64 of a part", base64(String(key.dropFirst(5)))),
            ("hexadecimal of a part", String(hexadecimal.dropFirst(6))),
        ]
    }()

    @Test(arguments: echoes.map(\.name))
    func `an echo is masked`(_ name: String) throws {
        let redactor = Redactor([try #require(Secret(Self.key))], of: "a")
        let echo = try #require(Self.echoes.first { $0.name == name }).text
        for text in [echo, "error: \(echo) is not known", "\u{1F600}\"\(echo)\""] {
            let clean = redactor.redact(text)
            #expect(clean.utf8.firstRange(of: Redactor.mask.utf8) != nil, "\(clean)")
            #expect(!clean.contains(echo))
            #expect(clean.hasPrefix(String(text.prefix { $0 != echo.first })) || text == echo)
        }
    }

    @Test func `one byte that is no UTF-8 hides nothing, and UTF-16 does not either`() throws {
        let redactor = Redactor([try #require(Secret(Self.key))], of: "a")
        let latin = Array("caf".utf8) + [0xE9] + Array(" \(Self.key) ".utf8)
        let clean = redactor.mask(to: "a").redact(latin)
        #expect(clean.count < latin.count)
        #expect(!String(decoding: clean, as: UTF8.self).contains("EF0123"))
        for isLittle in [true, false] {
            let wide = Self.key.utf16.flatMap { unit -> [UInt8] in
                let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
                return isLittle ? bytes : bytes.reversed()
            }
            let clean = redactor.mask(to: "a").redact(wide).filter { $0 != 0 }
            #expect(clean == Array(Redactor.mask.utf8))
        }
    }

    @Test(arguments: [
        "nothing of it", "ab+cd", "F0123456789", "%", "%4", "\\u", "&#", "&#999;", "",
        "{\"id\":\"0123456789\",\"phone\":\"+62812345678\"}",
    ])
    func `other text stays as it is`(_ text: String) throws {
        let redactor = Redactor([try #require(Secret(Self.key))], of: "a")
        #expect(redactor.redact(text) == text)
        #expect(redactor.mask(to: "a").redact(Array(text.utf8)) == Array(text.utf8))
    }

    @Test func `a key across two pieces of a long answer is masked, and no more than it`() throws {
        let redactor = Redactor([try #require(Secret(Self.key))], of: "a")
        for offset in [0, (1 << 20) - 7, 1 << 20, (2 << 20) - 3] {
            var text = Array(repeating: UInt8(ascii: "-"), count: 3 << 20)
            text.replaceSubrange(offset..<offset + Self.key.utf8.count, with: Self.key.utf8)
            let clean = redactor.mask(to: "a").redact(text)
            let mask = Redactor.mask.utf8.count
            #expect(clean.count == text.count - Self.key.utf8.count + mask)
        }
    }

    @Test func `of keys between eight and sixteen characters most counts, of numbers all`() throws {
        let redactor = Redactor(
            try ["abcdefgh", "abc12345678", "31415926535897"].map {
                try #require(Secret($0))
            })
        let mask = Redactor.mask
        #expect(redactor.redact("x abcdefgh y") == "x \(mask) y")
        #expect(redactor.redact("x abcdefg y") == "x abcdefg y")
        #expect(redactor.redact("c12345678") == mask && redactor.redact("12345678") == mask)
        #expect(redactor.redact("2345678") == "2345678")
        #expect(redactor.redact("+31415926535897") == "+" + mask)
        #expect(redactor.redact("+3141592653589") == "+3141592653589")
    }

    @Test func `of an address that logs in only the whole counts`() throws {
        let redactor = Redactor([try #require(Secret("someone.long@outlook.com"))], of: "a")
        let text = "482913 is your code\n@outlook.com #482913"
        #expect(redactor.redact(text) == text)
        #expect(redactor.redact("user SOMEONE.long%40outlook.com") == "user \(Redactor.mask)")
    }

    @Test func `a short secret is taken out as it is`() throws {
        let redactor = Redactor([try #require(Secret("bob"))], of: "a")
        #expect(redactor.redact("user bob, BOB") == "user \(Redactor.mask), BOB")
    }

    @Test func `of two keys that begin alike, each is masked as far as it goes`() throws {
        let keys = ["sk_live_prod_7f3aQQ11111111", "sk_live_prod_Zx81aaaabbbbcccc"]
        let redactor = Redactor(try keys.map { try #require(Secret($0)) })
        for key in keys {
            for echo in [String(key.dropLast(4)), key.uppercased()] {
                #expect(redactor.redact("bad key \(echo)...") == "bad key \(Redactor.mask)...")
            }
        }
    }

    @Test func `a token that a server chose takes nothing out of another's answers`() throws {
        let key = try #require(Secret(Self.key))
        let redactor = Redactor([key], of: "a")
        let tokens = try ["\":\"waiting", "cancel_available_at", "another-token"].map {
            try #require(Secret($0))
        }
        let answer = Array("{\"status\":\"waiting\",\"cancel_available_at\":1}".utf8)
        for token in tokens {
            redactor.learn(token, issuedTo: "evil")
            #expect(redactor.mask(to: "a").redact(answer) == answer)
            #expect(redactor.mask(answering: [key], to: "a").redact(answer) == answer)
            #expect(redactor.redact("got \(token.withText { $0 })") == "got \(Redactor.mask)")
        }
        #expect(redactor.mask(answering: [tokens[1]]).redact(answer) != answer)
        // The one before may be repeated in the answer that carries the next.
        #expect(redactor.mask(answering: [tokens[2]], to: "evil").redact(answer) != answer)
        #expect(redactor.mask(to: "a").redact(Array(Self.key.utf8)) == Array(Redactor.mask.utf8))
        // The last two of each.
        #expect(redactor.redact("at cancel_available_at") == "at \(Redactor.mask)")
        #expect(redactor.redact("\":\"waiting") == "\":\"waiting")
    }
}
