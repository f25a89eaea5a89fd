/// Finds some secrets in a text, in all their forms.
struct SecretIndex: Sendable {
    private let plain: NeedleIndex
    private let folded: NeedleIndex
    /// For each needle of `folded`: the whole forms of which it may be the beginning.
    private let wholes: [[[UInt8]]]

    init(_ secrets: some Sequence<SecretForms>) {
        plain = NeedleIndex(secrets.flatMap(\.plain))
        let folded = secrets.flatMap { forms -> [(begin: [UInt8], whole: [UInt8])] in
            guard let folded = forms.folded else { return [] }
            return [folded, (forms.hexadecimal, forms.hexadecimal)]
        }
        let begins = Array(Set(folded.map(\.begin)))
        self.folded = NeedleIndex(begins)
        // Keys of one provider often begin alike, and the longest of them is to be masked.
        wholes = begins.map { begin in
            folded.map(\.whole).filter { whole in
                zip(begin, whole).prefix(SecretForms.beginCount).allSatisfy { $0 == $1 }
            }
        }
    }

    private static let pieceBytes = 1 << 20
    /// The longest key with every character of it escaped twice.
    private static let overlapBytes = 64 << 10

    /// Where they stand, in no order; some may lie within others.
    func ranges(in bytes: [UInt8]) -> [Range<Int>] {
        guard !plain.isEmpty else { return [] }
        var ranges = plain.matches(in: bytes).map { $0.offset..<$0.offset + $0.count }
        // A piece at a time, since folding takes many times the memory of the text.
        for start in stride(from: 0, to: folded.isEmpty ? 0 : bytes.count, by: Self.pieceBytes) {
            let end = min(start + Self.pieceBytes + Self.overlapBytes, bytes.count)
            let fold = TextFold(Array(bytes[start..<end]))
            ranges += folded.matches(in: fold.bytes).map { match in
                let rest = fold.bytes[match.offset...]
                let counts = wholes[match.needle].map { whole in
                    zip(rest, whole).prefix { $0 == $1 }.count
                }
                let count = counts.max() ?? match.count
                let origin = fold.origin(of: match.offset..<match.offset + count)
                return start + origin.lowerBound..<start + origin.upperBound
            }
        }
        return ranges
    }
}
