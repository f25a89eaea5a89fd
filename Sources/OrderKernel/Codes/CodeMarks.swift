/// Where the words of the vocabulary stand in a message.
struct CodeMarks {
    /// Ascending, by kind; the two arrays of a kind are not paired.
    private var starts: [[Int]]
    private var ends: [[Int]]

    init(in message: CodeText, service: String?) {
        starts = [[Int]](repeating: [], count: CodeMarkKind.allCases.count)
        ends = starts
        var blockedUntil = 0
        let name = service.flatMap { CodeVocabulary(service: $0) }
        for index in 0..<message.count {
            var found = CodeVocabulary.standard.matches(in: message, at: index)
            found += name?.matches(in: message, at: index) ?? []
            for match in found where match.kind.isBlocking {
                blockedUntil = max(blockedUntil, match.end)
            }
            // Within "promo code" the word "code" says nothing, nor does "confirm" in "confirmed".
            for match in found where !isBlocked(match, at: index, until: blockedUntil) {
                record(match.kind, from: index, to: match.end)
            }
        }
        for kind in ends.indices {
            ends[kind].sort()
        }
    }

    /// Whether a word of that kind occurs at all.
    func contains(_ kind: CodeMarkKind) -> Bool {
        !starts[kind.rawValue].isEmpty
    }

    /// The end of the last word of that kind that ends at or before the position.
    func end(of kind: CodeMarkKind, before position: Int) -> Int? {
        let values = ends[kind.rawValue]
        let index = Self.partition(values) { $0 > position }
        return index > 0 ? values[index - 1] : nil
    }

    /// The start of the first word of that kind that starts at or after the position.
    func start(of kind: CodeMarkKind, after position: Int) -> Int? {
        let values = starts[kind.rawValue]
        let index = Self.partition(values) { $0 >= position }
        return index < values.count ? values[index] : nil
    }

    /// The start of the last word of that kind that starts before the position.
    func lastStart(of kind: CodeMarkKind, before position: Int) -> Int? {
        let values = starts[kind.rawValue]
        let index = Self.partition(values) { $0 >= position }
        return index > 0 ? values[index - 1] : nil
    }

    /// The end of the first word of that kind that ends after the position.
    func firstEnd(of kind: CodeMarkKind, after position: Int) -> Int? {
        let values = ends[kind.rawValue]
        let index = Self.partition(values) { $0 > position }
        return index < values.count ? values[index] : nil
    }

    /// The end of the last word that speaks of a code, at or before the position.
    func wordEnd(before position: Int) -> Int? {
        CodeMarkKind.words.compactMap { end(of: $0, before: position) }.max()
    }

    /// The start of the first word that speaks of a code, at or after the position.
    func wordStart(after position: Int) -> Int? {
        CodeMarkKind.words.compactMap { start(of: $0, after: position) }.min()
    }

    /// The first index whose value satisfies the condition, for values that all do from there on.
    static func partition(_ values: [Int], _ condition: (Int) -> Bool) -> Int {
        var low = 0
        var high = values.count
        while low < high {
            let middle = (low + high) / 2
            if condition(values[middle]) {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return low
    }

    private func isBlocked(
        _ match: CodeVocabulary.Match, at index: Int, until blockedUntil: Int
    ) -> Bool {
        index < blockedUntil && CodeMarkKind.words.contains(match.kind)
    }

    private mutating func record(_ kind: CodeMarkKind, from start: Int, to end: Int) {
        let recorded: CodeMarkKind = kind == .otherCode ? .reference : kind
        starts[recorded.rawValue].append(start)
        ends[recorded.rawValue].append(end)
    }
}
