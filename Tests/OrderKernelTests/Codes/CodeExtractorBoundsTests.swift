import OrderKernel
import Testing

/// Texts no sender would write: very long ones and random ones.
struct CodeExtractorBoundsTests {
    private static let lengthMaximum = 65_536

    @Test
    func `64 KB of digits and spaces come to an end`() {
        var random = SplitMix(state: 7)
        var text = ""
        while text.utf8.count < Self.lengthMaximum {
            text += random.next() % 4 == 0 ? " " : String(random.next() % 10)
        }
        expectForm(CodeExtractor.code(in: text))
    }

    @Test(arguments: [
        "code 583920 ", "1 ", "1-", "583 920 ", "12:", "1,", "www.", "a@", "://", "***1", "A1-",
        "order 1 ", "a", "码", "é", "\n", "+1 ", "(1) ", "@example.com #1\n", "promo code ",
    ])
    func `a long text of one pattern comes to an end`(_ pattern: String) {
        let count = Self.lengthMaximum / 4 / pattern.utf8.count
        expectForm(CodeExtractor.code(in: String(repeating: pattern, count: count)))
    }

    @Test
    func `random scalars give a code of the right form or none`() {
        var random = SplitMix(state: 20_260_512)
        for _ in 0..<1_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<(random.next() % 60) {
                let value = UInt32(random.next() % 0x11_0000)
                if let scalar = Unicode.Scalar(value) { text.append(scalar) }
            }
            expectForm(CodeExtractor.code(in: String(text), service: String(text)))
        }
    }

    @Test
    func `random sequences of meaningful parts give a code of the right form or none`() {
        let parts = [
            "code", "OTP", "код", "验证码", "رمز", "is", "order", "€", "$", "Rs", "min", "分钟",
            "583920", "583", "920", "4", "12", "2026", "A1B2", "xx", "G", "٥٨", "५", "５", "(c)",
            " ", " ", " ", "\n", "-", "-", ".", ",", ":", "/", "*", "#", "@", "+", "(", ")", "%",
            "example.com", "https://", "\u{200F}", "\u{0303}", "a", "ã", "_", "•", "new", "old",
            "STOP", "to", "©", "…",
        ]
        var random = SplitMix(state: 11)
        for _ in 0..<2_000 {
            var text = ""
            for _ in 0..<(random.next() % 24) {
                text += parts[Int(random.next() % UInt64(parts.count))]
            }
            expectForm(CodeExtractor.code(in: text, service: "north_wind"))
        }
    }

    /// 3 to 12 ASCII letters and digits, and nothing else.
    private func expectForm(_ code: String?) {
        guard let code else { return }
        #expect(3...12 ~= code.utf8.count)
        #expect(code.unicodeScalars.allSatisfy { Self.letters.contains($0) })
    }

    private static let letters = Set(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".unicodeScalars
    )
}

/// A generator that gives the same sequence on every run: SplitMix64 (Steele, Lea, Flood 2014).
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
