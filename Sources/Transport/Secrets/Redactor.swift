import Synchronization

/// Takes every known secret out of text, in whatever form a server may have repeated it: as it is,
/// escaped, in base64, in hexadecimal, over several lines, in lower case or cut off.
///
/// It goes by bytes: a combining mark behind a key, or one byte that is no UTF-8, hides nothing.
package final class Redactor: Sendable {
    package static let mask = "‹redacted›"

    private struct State {
        var known: Set<SecretForms> = []
        var plain = NeedleIndex([])
        var folded = NeedleIndex([])
        /// The whole forms of what `folded` has the beginnings of.
        var wholes: [[UInt8]] = []
    }

    private let state = Mutex(State())

    package init(_ secrets: [Secret]) {
        for secret in secrets { learn(secret) }
    }

    /// Takes a secret out of all text from now on.
    package func learn(_ secret: Secret) {
        let forms = secret.withText { SecretForms($0) }
        state.withLock { state in
            guard state.known.insert(forms).inserted else { return }
            state.plain = NeedleIndex(state.known.flatMap(\.plain))
            let folded = state.known.flatMap { forms -> [(begin: [UInt8], whole: [UInt8])] in
                guard let folded = forms.folded else { return [] }
                return [folded, (forms.hexadecimal, forms.hexadecimal)]
            }
            state.folded = NeedleIndex(folded.map(\.begin))
            state.wholes = folded.map(\.whole)
        }
    }

    /// The text without secrets.
    package func redact(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let clean = redact(bytes)
        return clean == bytes ? text : String(decoding: clean, as: UTF8.self)
    }

    /// The bytes without secrets.
    package func redact(_ bytes: [UInt8]) -> [UInt8] {
        let (plain, folded, wholes) = state.withLock { ($0.plain, $0.folded, $0.wholes) }
        guard !plain.isEmpty else { return bytes }
        var ranges = plain.matches(in: bytes).map { $0.offset..<$0.offset + $0.count }
        // A piece at a time, since folding takes many times the memory of the text.
        for start in stride(from: 0, to: folded.isEmpty ? 0 : bytes.count, by: Self.pieceBytes) {
            let end = min(start + Self.pieceBytes + Self.overlapBytes, bytes.count)
            let fold = TextFold(Array(bytes[start..<end]))
            ranges += folded.matches(in: fold.bytes).map { match in
                let whole = wholes[match.needle]
                let rest = fold.bytes[match.offset...]
                let count = zip(rest, whole).prefix { $0 == $1 }.count
                let origin = fold.origin(of: match.offset..<match.offset + count)
                return start + origin.lowerBound..<start + origin.upperBound
            }
        }
        return ranges.isEmpty ? bytes : Self.masking(ranges, in: bytes)
    }

    private static let pieceBytes = 1 << 20
    /// The longest key with every character of it escaped twice.
    private static let overlapBytes = 64 << 10

    private static func masking(_ ranges: [Range<Int>], in bytes: [UInt8]) -> [UInt8] {
        var clean: [UInt8] = []
        var end = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound })
        where range.upperBound > end {
            if range.lowerBound >= end {
                clean += bytes[end..<range.lowerBound]
                clean += mask.utf8
            }
            end = range.upperBound
        }
        return clean + bytes[end...]
    }
}
