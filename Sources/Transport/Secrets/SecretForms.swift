import Definitions
import Foundation

/// The forms in which a secret may stand in a text.
struct SecretForms: Sendable, Hashable {
    /// As bytes: as it is, in base64 at each of the three places where it may begin within a longer
    /// text, and in UTF-16.
    let plain: [[UInt8]]
    /// The beginning of its folded form, and all of it (see `TextFold`); `nil` for a secret that is
    /// too short to be told from other text then.
    let folded: (begin: [UInt8], whole: [UInt8])?

    static func == (left: Self, right: Self) -> Bool { left.plain == right.plain }
    func hash(into hasher: inout Hasher) { hasher.combine(plain) }

    /// Shorter ones are looked for as they are only.
    private static let foldedMinimum = 8
    /// A key that is cut off is one still, if so much of it is left.
    static let beginCount = 12

    init(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= Self.foldedMinimum else {
            plain = bytes.isEmpty ? [] : [bytes]
            folded = nil
            return
        }
        let wide = text.utf16.map { $0 }
        plain =
            [
                bytes, wide.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
                wide.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] },
            ]
            + (0..<3).flatMap { Self.base64(bytes, behind: $0) }
        let whole = TextFold(bytes).bytes
        hexadecimal = Array(DigestEncoding.hex.text(of: bytes).utf8)
        folded = (Array(whole.prefix(whole.count >= 16 ? Self.beginCount : whole.count)), whole)
    }

    /// Its digits, in lower case, as they stand in a folded text.
    private(set) var hexadecimal: [UInt8] = []

    // What of it is the same whatever stands before and behind it.
    private static func base64(_ bytes: [UInt8], behind count: Int) -> [[UInt8]] {
        let text = Data(Array(repeating: 0, count: count) + bytes).base64EncodedString()
        let begin = [0, 2, 3][count]
        let whole = (count + bytes.count) / 3 * 4
        guard whole - begin >= foldedMinimum else { return [] }
        let inner = Array(Array(text.utf8)[begin..<whole])
        let other = inner.map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            default: byte
            }
        }
        return inner == other ? [inner] : [inner, other]
    }
}
