/// Finds some secrets in a text, in all their forms.
struct SecretIndex: Sendable {
    private let short: NeedleIndex
    private let folded: RunIndex

    init(_ secrets: some Sequence<SecretForms>) {
        short = NeedleIndex(secrets.compactMap(\.short))
        folded = RunIndex(secrets.flatMap(\.sources))
    }

    private static let pieceBytes = 1 << 20
    /// The longest key with every character of it escaped twice.
    private static let overlapBytes = 64 << 10

    /// Where they stand, in no order; some may lie within others.
    func ranges(in bytes: [UInt8]) -> [Range<Int>] {
        var ranges = short.matches(in: bytes).map { $0.offset..<$0.offset + $0.count }
        // A piece at a time, since folding takes many times the memory of the text.
        for start in stride(from: 0, to: folded.isEmpty ? 0 : bytes.count, by: Self.pieceBytes) {
            let end = min(start + Self.pieceBytes + Self.overlapBytes, bytes.count)
            let fold = TextFold(Array(bytes[start..<end]))
            ranges += folded.ranges(in: fold.bytes).map { range in
                let origin = fold.origin(of: range)
                return start + origin.lowerBound..<start + origin.upperBound
            }
        }
        return ranges
    }
}
