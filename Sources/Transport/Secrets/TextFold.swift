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
            var index = 0
            while index < bytes.count {
                let (byte, length) = Self.unit(bytes, index)
                if let byte {
                    undone.append(Self.lowered(byte))
                    firsts.append(begins[index])
                    lasts.append(ends[index + length - 1])
                }
                if length > 1 { hasEscape = true }
                index += length
            }
        }
        (bytes, begins, ends) = (undone, firsts, lasts)
        return hasEscape
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }

    // The byte that stands at an index, `nil` for a blank, and how long it is written.
    private static func unit(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ index: Int
    ) -> (byte: UInt8?, length: Int) {
        let byte = bytes[index]
        switch byte {
        case 0...0x20, 0x7F: return (nil, 1)
        case 0xC2, 0xE2, 0xEF: return invisible(bytes, index).map { (nil, $0) } ?? (byte, 1)
        case UInt8(ascii: "%"):
            return hexadecimal(bytes, index + 1, 2).map { (UInt8($0), 3) } ?? (byte, 1)
        case UInt8(ascii: "\\"): return escaped(bytes, index)
        case UInt8(ascii: "&"): return entity(bytes, index)
        default: return (byte, 1)
        }
    }

    private static func escaped(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ index: Int
    ) -> (byte: UInt8?, length: Int) {
        guard index + 1 < bytes.count else { return (bytes[index], 1) }
        switch bytes[index + 1] {
        case UInt8(ascii: "u"):
            guard let unit = hexadecimal(bytes, index + 2, 4) else { return (bytes[index], 1) }
            if isUnseen(unit) { return (nil, 6) }
            return unit < 0x80 ? (UInt8(unit), 6) : (bytes[index], 1)
        case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "b"),
            UInt8(ascii: "f"):
            return (nil, 2)
        case UInt8(ascii: "/"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "'"):
            return (bytes[index + 1], 2)
        default: return (bytes[index], 1)
        }
    }

    // Blanks, and what a terminal or a page does not show: a key that such a character splits is
    // whole again where it is taken out.
    private static func isUnseen(_ scalar: Int) -> Bool {
        switch scalar {
        case 0...0x20, 0x7F...0xA0, 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F,
            0xFE00...0xFE0F, 0xFEFF:
            true
        default: false
        }
    }

    // How many bytes of UTF-8 write a scalar that is not seen.
    private static func invisible(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
        let count = bytes[index] == 0xC2 ? 2 : 3
        guard index + count <= bytes.count else { return nil }
        let rest = bytes[(index + 1)..<(index + count)]
        guard rest.allSatisfy({ $0 & 0xC0 == 0x80 }) else { return nil }
        let first = Int(bytes[index] & (count == 2 ? 0x1F : 0x0F))
        return isUnseen(rest.reduce(first) { $0 << 6 | Int($1 & 0x3F) }) ? count : nil
    }

    private static let entities: [(name: [UInt8], byte: UInt8)] = [
        (Array("&amp;".utf8), UInt8(ascii: "&")), (Array("&lt;".utf8), UInt8(ascii: "<")),
        (Array("&gt;".utf8), UInt8(ascii: ">")), (Array("&quot;".utf8), UInt8(ascii: "\"")),
        (Array("&apos;".utf8), UInt8(ascii: "'")), (Array("&plus;".utf8), UInt8(ascii: "+")),
        (Array("&equals;".utf8), UInt8(ascii: "=")), (Array("&sol;".utf8), UInt8(ascii: "/")),
    ]

    private static func entity(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ index: Int
    ) -> (byte: UInt8?, length: Int) {
        let rest = bytes[index..<min(index + 10, bytes.count)]
        if rest.count > 3, rest[index + 1] == UInt8(ascii: "#"),
            let end = rest.firstIndex(of: UInt8(ascii: ";"))
        {
            let digits = String(decoding: rest[(index + 2)..<end], as: UTF8.self)
            let value =
                digits.first == "x" || digits.first == "X"
                ? UInt8(digits.dropFirst(), radix: 16) : UInt8(digits)
            return value.map { ($0 <= 0x20 ? nil : $0, end - index + 1) } ?? (bytes[index], 1)
        }
        let known = entities.first { rest.starts(with: $0.name) }
        return known.map { ($0.byte, $0.name.count) } ?? (bytes[index], 1)
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
