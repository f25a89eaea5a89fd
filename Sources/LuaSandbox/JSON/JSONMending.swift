/// Makes JSON of what is nearly JSON: of strings with line breaks, with halves of characters and
/// with bytes of another encoding, as programs write that cut texts or join replies by hand.
///
/// Only what stands in strings changes; what is no JSON for another reason stays so.
package enum JSONMending {
    /// The bytes with what no string may have escaped, or U+FFFD in its place.
    package static func mended(_ bytes: [UInt8]) -> [UInt8] {
        let text = Array(String(decoding: bytes, as: UTF8.self).utf8)
        var mended: [UInt8] = []
        mended.reserveCapacity(text.count)
        var isInString = false
        var offset = 0
        while offset < text.count {
            let byte = text[offset]
            switch byte {
            case backslash where isInString:
                let escape = escape(in: text, at: offset)
                mended += escape.isHalf ? Array(replacement) : Array(escape.bytes)
                offset += escape.bytes.count
                continue
            case UInt8(ascii: "\""):
                isInString.toggle()
                mended.append(byte)
            case 0..<0x20 where isInString:
                mended += Array(#"\u00"#.utf8) + [digit(byte >> 4), digit(byte & 0xF)]
            default: mended.append(byte)
            }
            offset += 1
        }
        return mended
    }

    /// U+FFFD.
    private static let replacement = #"\ufffd"#.utf8
    private static let backslash = UInt8(ascii: "\\")

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    // An escape, with its other half where it is a surrogate that has one.
    private static func escape(
        in text: [UInt8],
        at offset: Int
    ) -> (bytes: ArraySlice<UInt8>, isHalf: Bool) {
        guard let unit = unit(in: text, at: offset) else {
            return (text[offset..<min(offset + 2, text.count)], false)
        }
        let end = offset + unitBytes
        guard UTF16.isLeadSurrogate(unit) else {
            return (text[offset..<end], UTF16.isTrailSurrogate(unit))
        }
        guard let other = Self.unit(in: text, at: end), UTF16.isTrailSurrogate(other) else {
            return (text[offset..<end], true)
        }
        return (text[offset..<end + unitBytes], false)
    }

    /// `\u` and four digits.
    private static let unitBytes = 6

    private static func unit(in text: [UInt8], at offset: Int) -> UInt16? {
        guard offset + unitBytes <= text.count, text[offset] == backslash,
            text[offset + 1] == UInt8(ascii: "u")
        else { return nil }
        let digits = text[offset + 2..<offset + unitBytes]
        guard digits.allSatisfy({ $0 != UInt8(ascii: "+") }) else { return nil }
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
