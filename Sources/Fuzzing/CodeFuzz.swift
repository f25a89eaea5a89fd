import OrderKernel

/// The code extractor: it always ends, and a code is made of the message's own letters and digits.
///
/// An input is the name of a service in a line, which may be empty, and a message.
enum CodeFuzz {
    /// One input of so many is repeated until it is long: what takes quadratic time there runs
    /// into libFuzzer's timeout.
    private static let longEvery: UInt64 = 8192
    private static let longBytes = 128 << 10

    static func run(_ bytes: [UInt8]) throws(FuzzFinding) {
        var input = FuzzInput(bytes)
        let name = input.textLine()
        let service = name.isEmpty ? nil : name
        let text = String(decoding: input.rest, as: UTF8.self)
        try check(CodeExtractor.code(in: text, service: service), in: text)
        guard hash(bytes) % longEvery == 0, !text.isEmpty else { return }
        let long = String(repeating: text, count: longBytes / text.utf8.count + 1)
        try check(CodeExtractor.code(in: long, service: service), in: long)
    }

    private static func check(_ code: String?, in text: String) throws(FuzzFinding) {
        guard let code else { return }
        try require(3...12 ~= code.utf8.count, "no code is as long as '\(code)'")
        try require(
            code.utf8.allSatisfy(isLetterOrDigit), "'\(code)' has more than letters and digits")
        let plain = plainText(text)
        try require(
            plain.firstRange(of: code.unicodeScalars) != nil, "'\(code)' does not stand in the text"
        )
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }

    // Letters and digits alone, with ASCII digits and without wide forms. The Arabic tatweel
    // is a letter for Unicode but only lengthens a line, and is typed for a dash.
    private static func plainText(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.compactMap { scalar in
            guard scalar != "\u{0640}" else { return nil }
            var plain = scalar
            if (0xFF01...0xFF5E).contains(scalar.value) {
                plain = Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
            }
            let properties = plain.properties
            if properties.numericType == .decimal, let value = properties.numericValue {
                return Unicode.Scalar(UInt8(value) + UInt8(ascii: "0"))
            }
            switch properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter,
                .otherLetter:
                return plain
            default: return nil
            }
        }
    }

    // FNV-1a: the same for the same input, in every process.
    private static func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
