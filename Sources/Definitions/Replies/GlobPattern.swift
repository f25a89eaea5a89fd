/// Text in which `*` stands for anything; case does not matter.
struct GlobPattern: Sendable, Hashable {
    private let pieces: [String]

    init(_ text: String) {
        pieces = text.lowercased().split(separator: "*", omittingEmptySubsequences: false)
            .map(String.init)
    }

    var literalCount: Int { pieces.reduce(0) { $0 + $1.count } }

    /// - Parameter text: in lower case.
    func matches(lowercased text: String) -> Bool {
        var rest = text[...]
        guard let first = pieces.first, let last = pieces.last, rest.hasPrefix(first) else {
            return false
        }
        rest = rest.dropFirst(first.count)
        if pieces.count == 1 { return rest.isEmpty }
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let range = rest.firstRange(of: piece) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.hasSuffix(last)
    }
}
