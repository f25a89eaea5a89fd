/// Text in which `*` stands for anything; case does not matter.
struct GlobPattern: Sendable, Hashable {
    private let pieces: [[UInt8]]
    let literalCount: Int

    init(_ text: String) {
        let texts = text.lowercased().split(separator: "*", omittingEmptySubsequences: false)
        pieces = texts.map { Array($0.utf8) }
        literalCount = texts.reduce(0) { $0 + $1.count }
    }

    /// - Parameter text: in lower case.
    func matches(lowercased text: String) -> Bool {
        let text = Array(text.utf8)
        guard let first = pieces.first, let last = pieces.last,
            LiteralSearch.stands(first, in: text, at: 0)
        else { return false }
        var offset = first.count
        if pieces.count == 1 { return offset == text.count }
        for piece in pieces.dropFirst().dropLast() {
            guard let begin = LiteralSearch.first(piece, in: text, from: offset) else {
                return false
            }
            offset = begin + piece.count
        }
        return text.count - offset >= last.count && text.suffix(last.count).elementsEqual(last)
    }
}
