/// A strict RFC 8259 parser over bytes: no NaN, no leading zeros, no duplicate keys, no lone
/// surrogates.
struct JSONParser {
    private let bytes: [UInt8]
    private var offset = 0
    private var depth = 0
    private var nodes = 0

    /// Nesting of arrays and objects; the Lua side has the same limit.
    static let depthMaximum = 64

    /// Values of one document: the largest catalogue that is known, prices of all services in all
    /// countries, has some 400,000, and each takes a hundred bytes here.
    static let nodesMaximum = 500_000

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(JSONError) -> JSON {
        let value = try value()
        skipSpace()
        guard offset == bytes.count else { throw error("something stands behind the value") }
        return value
    }

    private func error(_ reason: String) -> JSONError {
        let read = bytes.prefix(offset)
        let line = read.count { $0 == UInt8(ascii: "\n") } + 1
        let lineStart = read.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return JSONError(line: line, column: offset - lineStart + 1, reason: reason)
    }

    private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            offset += 1
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard next == byte else { return false }
        offset += 1
        return true
    }

    private mutating func value() throws(JSONError) -> JSON {
        skipSpace()
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthMaximum else { throw error("nested more than 64 levels deep") }
        nodes += 1
        guard nodes <= Self.nodesMaximum else {
            throw error("more than \(Self.nodesMaximum) values")
        }
        switch next {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default:
            guard next == UInt8(ascii: "-") || isAtDigit else {
                throw error("a value was expected")
            }
            return try number()
        }
    }

    private mutating func word(_ word: String, _ value: JSON) throws(JSONError) -> JSON {
        guard bytes[offset...].starts(with: word.utf8) else {
            throw error("a value was expected")
        }
        offset += word.utf8.count
        return value
    }

    private mutating func object() throws(JSONError) -> JSON {
        offset += 1
        var members: [JSON.Member] = []
        // By their bytes: that is what a key is, and hashing a text looks at its marks.
        var keys: Set<[UInt8]> = []
        if take(UInt8(ascii: "}")) { return .object([]) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw error("a key in quotes was expected") }
            let key = try string()
            guard keys.insert(Array(key.utf8)).inserted else { throw error("a key occurs twice") }
            guard take(UInt8(ascii: ":")) else { throw error("':' was expected") }
            members.append(JSON.Member(key, try value()))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw error("',' or '}' was expected") }
        return .object(members)
    }

    private mutating func array() throws(JSONError) -> JSON {
        offset += 1
        var items: [JSON] = []
        if take(UInt8(ascii: "]")) { return .array([]) }
        repeat { items.append(try value()) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw error("',' or ']' was expected") }
        return .array(items)
    }

    private var isAtDigit: Bool {
        next.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
    }

    private mutating func digits() throws(JSONError) {
        guard isAtDigit else { throw error("a digit was expected") }
        while isAtDigit { offset += 1 }
    }

    private mutating func number() throws(JSONError) -> JSON {
        let start = offset
        if next == UInt8(ascii: "-") { offset += 1 }
        if next == UInt8(ascii: "0") { offset += 1 } else { try digits() }
        if isAtDigit { throw error("a number may not begin with 0") }
        if next == UInt8(ascii: ".") {
            offset += 1
            try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            offset += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { offset += 1 }
            try digits()
        }
        let lexeme = String(decoding: bytes[start..<offset], as: UTF8.self)
        guard let value = Double(lexeme), value.isFinite else {
            throw error("the number is too large")
        }
        return .number(lexeme)
    }

    private mutating func string() throws(JSONError) -> String {
        offset += 1
        var text: [UInt8] = []
        let start = offset
        while true {
            guard let byte = next else { throw error("the string does not end") }
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                guard let string = StreamSafeText.validate(text) else {
                    offset = start
                    throw error("the string is not UTF-8")
                }
                return string
            case UInt8(ascii: "\\"):
                offset += 1
                try escape(into: &text)
            case 0..<0x20: throw error("a control character has to be escaped")
            default:
                text.append(byte)
                offset += 1
            }
        }
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        guard let byte = next else { throw error("the string does not end") }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try scalar()).utf8)
        default: throw error("an unknown escape")
        }
    }

    private mutating func scalar() throws(JSONError) -> Unicode.Scalar {
        let unit = try hexadecimal()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard (0xD800..<0xDC00).contains(unit), next == UInt8(ascii: "\\") else {
            throw error("a lone surrogate")
        }
        offset += 1
        guard next == UInt8(ascii: "u") else { throw error("a lone surrogate") }
        offset += 1
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        else { throw error("a lone surrogate") }
        return scalar
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue,
                byte < 0x80
            else { throw error("four hexadecimal digits were expected") }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
    }
}

extension JSON {
    /// Reads one JSON document.
    ///
    /// - Throws: `JSONError` with the place.
    package init(parsing text: String) throws(JSONError) {
        try self.init(parsing: Array(text.utf8))
    }

    /// Reads one JSON document from its bytes.
    ///
    /// - Throws: `JSONError` with the place.
    package init(parsing bytes: [UInt8]) throws(JSONError) {
        var parser = JSONParser(bytes)
        self = try parser.document()
    }
}
