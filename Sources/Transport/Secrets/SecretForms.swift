import Definitions
import Foundation

/// The forms in which a secret may stand in a text.
struct SecretForms: Sendable, Hashable {
    /// One that is too short to be told from other text in any form but its own.
    let short: [UInt8]?
    /// In the words of a `TextFold`: as it is, backwards, in hexadecimal, in UTF-16, and in base64
    /// at each of the three places where it may begin within a longer text.
    let sources: [RunIndex.Source]

    /// A key of which a part is left is one still, if so much of it is left.
    private static let partBytes = 12
    /// Of shorter keys only the whole counts: their parts are too short to tell them from words.
    private static let divisibleMinimum = 16

    init(_ text: String) {
        let bytes = Array(text.utf8)
        let whole = TextFold(bytes).bytes
        guard whole.count >= RunIndex.gramBytes else {
            (short, sources) = (bytes.isEmpty ? nil : bytes, [])
            return
        }
        let part = whole.count >= Self.divisibleMinimum ? Self.partBytes : whole.count
        let hexadecimal = Array(DigestEncoding.hex.text(of: bytes).utf8)
        let wide = text.lowercased().utf16
        short = nil
        sources =
            [
                RunIndex.Source(whole, minimum: part),
                RunIndex.Source(whole.reversed(), minimum: part),
                RunIndex.Source(hexadecimal, minimum: 2 * part),
                RunIndex.Source(
                    wide.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, minimum: 2 * part),
                RunIndex.Source(
                    wide.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }, minimum: 2 * part),
            ]
            + (0..<3).flatMap { Self.base64(bytes, behind: $0) }.map {
                RunIndex.Source($0, minimum: part * 4 / 3)
            }
    }

    // What of it is the same whatever stands before and behind it, in lower case.
    private static func base64(_ bytes: [UInt8], behind count: Int) -> [[UInt8]] {
        let text = Data(Array(repeating: 0, count: count) + bytes).base64EncodedString()
        let begin = [0, 2, 3][count]
        let whole = (count + bytes.count) / 3 * 4
        guard whole - begin >= RunIndex.gramBytes else { return [] }
        let inner = Array(Array(text.lowercased().utf8)[begin..<whole])
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
