import Definitions
import Foundation

/// The forms in which a secret may stand in a text.
struct SecretForms: Sendable, Hashable {
    /// One that is too short to be told from other text in any form but its own.
    let short: [UInt8]?
    /// In the words of a `TextFold`: as it is, backwards, in hexadecimal, and in base64 at each of
    /// the three places where it may begin within a longer text.
    let sources: [RunIndex.Source]

    /// A key of which a part is left is one still, if so much of it is left.
    private static let partBytes = 12

    /// RFC 5321 §4.5.3.1.3, without the brackets around it.
    private static let addressBytesMaximum = 254
    /// What is longer counts from so many of its bytes on: each place of a text may be compared
    /// with as many.
    private static let wholeBytesMaximum = 64

    /// - Parameter isDivisible: whether its parts count as well.
    init(_ text: String, isDivisible: Bool = true) {
        let bytes = Array(text.utf8)
        let whole = TextFold(bytes).bytes
        guard whole.count >= RunIndex.gramBytes else {
            (short, sources) = (bytes.isEmpty ? nil : bytes, [])
            return
        }
        short = nil
        let parts = Self.independentParts(of: bytes)
        // A part that is too short to count by itself is not to be left of a text that has all.
        let hasRest = parts.contains { $0.count < RunIndex.gramBytes }
        sources =
            (hasRest ? Self.sources(of: bytes, part: whole.count) : [])
            + parts.filter { $0.count >= RunIndex.gramBytes }.flatMap { bytes in
                let whole = TextFold(bytes).bytes
                return Self.sources(
                    of: bytes,
                    part: isDivisible
                        ? Self.part(of: whole) : min(whole.count, Self.wholeBytesMaximum))
            }
    }

    private static func sources(of bytes: [UInt8], part: Int) -> [RunIndex.Source] {
        let whole = TextFold(bytes).bytes
        let hexadecimal = Array(DigestEncoding.hex.text(of: bytes).utf8)
        return [
            RunIndex.Source(whole, minimum: part),
            RunIndex.Source(whole.reversed(), minimum: part),
            RunIndex.Source(hexadecimal, minimum: 2 * part),
        ]
            // So many of its characters are the same for any text that holds the part.
            + (0..<3).flatMap { base64(bytes, behind: $0) }.map {
                RunIndex.Source($0, minimum: max(RunIndex.gramBytes, (part * 8 - 4) / 6))
            }
    }

    // The parts of a token such as a JSON Web Token (RFC 7519) count by themselves: its beginning
    // is known to everybody, and whether one more character behind it is masked would tell the
    // next, and so on through to the signature.
    private static func independentParts(of bytes: [UInt8]) -> [[UInt8]] {
        let parts = bytes.split(separator: UInt8(ascii: "."))
        let isToken =
            parts.count > 1 && !bytes.contains(UInt8(ascii: "@"))
            && parts.contains { $0.count >= partBytes * 4 / 3 }
        return isToken ? parts.map(Array.init) : [bytes]
    }

    // Of a short number only the whole counts: its parts are found in any list of phones.
    private static func part(of whole: [UInt8]) -> Int {
        // Of an address, which some providers log in with, the parts are the names of hosts.
        let host = whole.firstIndex(of: UInt8(ascii: "@")).map { whole[$0...] } ?? []
        if host.contains(UInt8(ascii: ".")), whole.count <= addressBytesMaximum {
            return whole.count
        }
        // JSON in base64, of which most is the same for everybody.
        if whole.starts(with: "eyj".utf8) { return min(whole.count, wholeBytesMaximum) }
        guard whole.count < partBytes * 4 / 3 else { return partBytes }
        let isNumber = whole.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        return isNumber ? whole.count : max(RunIndex.gramBytes, whole.count * 3 / 4)
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
