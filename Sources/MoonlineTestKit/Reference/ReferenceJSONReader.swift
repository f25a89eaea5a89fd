/// Reads a JSON object whose values are all texts.
struct ReferenceJSONReader {
    private var rest: Substring.UTF8View

    /// A reader at the start of a body.
    init(_ body: String) { rest = body[...].utf8 }

    /// The fields; `nil` when the body is anything else.
    mutating func texts() -> [String: String]? {
        var fields: [String: String] = [:]
        guard take("{") else { return nil }
        if !take("}") {
            repeat {
                guard let name = text(), take(":"), let value = text() else { return nil }
                fields[name] = value
            } while take(",")
            guard take("}") else { return nil }
        }
        skipSpace()
        return rest.isEmpty ? fields : nil
    }

    private mutating func skipSpace() {
        rest = rest.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        skipSpace()
        guard rest.first == UInt8(ascii: scalar) else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func text() -> String? {
        guard take("\"") else { return nil }
        var text = ""
        while true {
            let plain = rest.prefix { $0 != 0x22 && $0 != 0x5C && $0 >= 0x20 }
            text += String(Substring(plain))
            rest = rest[plain.endIndex...]
            switch rest.popFirst() {
            case 0x22: return text
            case 0x5C:
                guard let scalar = escaped() else { return nil }
                text.unicodeScalars.append(scalar)
            default: return nil
            }
        }
    }

    private mutating func escaped() -> Unicode.Scalar? {
        switch rest.popFirst().map({ Unicode.Scalar($0) }) {
        case "n": return "\n"
        case "t": return "\t"
        case "r": return "\r"
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "u": return hexadecimalScalar()
        case let scalar? where ["\"", "\\", "/"].contains(scalar): return scalar
        default: return nil
        }
    }

    private mutating func hexadecimalScalar() -> Unicode.Scalar? {
        guard let high = fourDigits() else { return nil }
        guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) }
        guard rest.popFirst() == 0x5C, rest.popFirst() == UInt8(ascii: "u"),
            let low = fourDigits(), (0xDC00..<0xE000).contains(low)
        else { return nil }
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    }

    private mutating func fourDigits() -> UInt32? {
        let digits = String(decoding: rest.prefix(4), as: UTF8.self)
        guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit) else { return nil }
        rest = rest.dropFirst(4)
        return UInt32(digits, radix: 16)
    }
}
