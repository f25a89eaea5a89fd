/// A text with its escapes undone, without blanks and what is not seen, and in lower case: in that
/// form a secret is found however a server wrote it, in UTF-16 as well.
///
/// Percent-encoding, JSON's and HTML's escapes are undone twice, since some servers escape what was
/// escaped already.
struct TextFold {
    private(set) var bytes: [UInt8]
    /// Where each byte began in the text, and where it ended.
    private var begins: [Int]
    private var ends: [Int]

    init(_ text: [UInt8]) {
        bytes = text
        begins = Array(0..<text.count)
        ends = Array(1..<(text.count + 1))
        if undo() { _ = undo() }
    }

    /// What a part of the fold was in the text; the part is not empty.
    func origin(of range: Range<Int>) -> Range<Int> {
        begins[range.lowerBound]..<ends[range.upperBound - 1]
    }

    // Whether there was an escape: only then there may be one that was escaped itself.
    private mutating func undo() -> Bool {
        var hasEscape = false
        var undone: [UInt8] = []
        var (firsts, lasts): ([Int], [Int]) = ([], [])
        undone.reserveCapacity(bytes.count)
        firsts.reserveCapacity(bytes.count)
        lasts.reserveCapacity(bytes.count)
        bytes.withUnsafeBufferPointer { bytes in
            func append(_ byte: UInt8, _ range: Range<Int>) {
                undone.append(Self.lowered(byte))
                firsts.append(begins[range.lowerBound])
                lasts.append(ends[range.upperBound - 1])
            }
            var index = 0
            while index < bytes.count {
                let (unit, length) = Self.unit(bytes, index)
                let range = index..<(index + length)
                if length > 1 { hasEscape = true }
                switch unit {
                case .unseen: break
                case .byte(let byte): append(byte, range)
                case .scalar(let scalar):
                    // Each byte of a letter beyond ASCII is found where its escape stands.
                    if !UnseenScalars.contain(scalar.value) {
                        UTF8.encode(scalar)?.forEach { append($0, range) }
                    }
                }
                index += length
            }
        }
        (bytes, begins, ends) = (undone, firsts, lasts)
        return hasEscape
    }

    static func lowered(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }

    /// What stands at one place.
    private enum Unit {
        case unseen
        case byte(UInt8)
        /// What an escape stands for.
        case scalar(Unicode.Scalar)
    }

    private static func unit(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ index: Int
    ) -> (unit: Unit, length: Int) {
        let byte = bytes[index]
        switch byte {
        case 0...0x20, 0x7F: return (.unseen, 1)
        case 0xC2...0xF4: return invisible(bytes, index).map { (.unseen, $0) } ?? (.byte(byte), 1)
        case UInt8(ascii: "%"):
            guard let value = hexadecimal(bytes, index + 1, 2) else { return (.byte(byte), 1) }
            return (.byte(UInt8(value)), 3)
        case UInt8(ascii: "\\"): return escaped(bytes, index)
        case UInt8(ascii: "&"):
            let entity = HTMLEntity.scalar(in: bytes, at: index)
            guard let entity, let scalar = Unicode.Scalar(entity.scalar) else {
                return (.byte(byte), 1)
            }
            return (.scalar(scalar), entity.length)
        default: return (.byte(byte), 1)
        }
    }

    private static func escaped(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ index: Int
    ) -> (unit: Unit, length: Int) {
        guard index + 1 < bytes.count else { return (.byte(bytes[index]), 1) }
        switch bytes[index + 1] {
        case UInt8(ascii: "u"): return unicode(bytes, index) ?? (.byte(bytes[index]), 1)
        case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "b"),
            UInt8(ascii: "f"):
            return (.unseen, 2)
        case UInt8(ascii: "/"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "'"):
            return (.byte(bytes[index + 1]), 2)
        default: return (.byte(bytes[index]), 1)
        }
    }

    // `\u0041`, or the two halves of a scalar beyond the first plane (RFC 8259 §7).
    private static func unicode(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ index: Int
    ) -> (unit: Unit, length: Int)? {
        guard let first = hexadecimal(bytes, index + 2, 4) else { return nil }
        if let scalar = Unicode.Scalar(UInt32(first)) { return (.scalar(scalar), 6) }
        guard (0xD800...0xDBFF).contains(first), index + 7 < bytes.count,
            bytes[index + 6] == UInt8(ascii: "\\"), bytes[index + 7] == UInt8(ascii: "u"),
            let second = hexadecimal(bytes, index + 8, 4), (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(
                UInt32(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)))
        else { return nil }
        return (.scalar(scalar), 12)
    }

    // How many bytes of UTF-8 write a scalar that is not seen.
    private static func invisible(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
        let lead = bytes[index]
        let count = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        guard index + count <= bytes.count else { return nil }
        var value = UInt32(lead) & (0x7F >> UInt32(count))
        for byte in bytes[(index + 1)..<(index + count)] {
            guard byte & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        return UnseenScalars.contain(value) ? count : nil
    }

    private static func hexadecimal(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ index: Int,
        _ count: Int
    ) -> Int? {
        guard index + count <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[index..<(index + count)] {
            guard byte < 0x80, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                return nil
            }
            value = value << 4 | digit
        }
        return value
    }
}
