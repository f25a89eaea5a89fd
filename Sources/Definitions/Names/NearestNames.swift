/// Finds the names that someone who mistyped a name may have meant.
package enum NearestNames {
    /// The names nearest to `text`, nearest first, at most `limit` of them.
    ///
    /// Empty when nothing is near: a name is near when few edits lead to it (one for a text of 3 or
    /// 4 letters, two up to 8, three beyond) or when it begins with the text.
    package static func of(
        _ text: String,
        among names: some Sequence<String>,
        limit: Int = 3
    ) -> [String] {
        guard text.utf8.count <= bytesMaximum else { return [] }
        let entries = names.filter { $0.utf8.count <= bytesMaximum }.map { (NameKey($0), $0) }
        return elements(near: NameKey(text), among: entries, limit: limit)
    }

    /// The longest name of the tables is that of the United Kingdom with 52.
    private static let bytesMaximum = 64

    /// The elements whose keys are nearest to `key`, each once, nearest first.
    ///
    /// Of equally near ones the one of more similar length comes first, else the earlier one.
    static func elements<Element: Hashable>(
        near key: NameKey,
        among entries: [(key: NameKey, element: Element)],
        limit: Int
    ) -> [Element] {
        guard limit > 0, !key.isEmpty, key.text.utf8.count <= bytesMaximum else { return [] }
        let letters = key.text.unicodeScalars.count
        let allowance = allowedEdits(letters: letters)
        let candidates = entries.enumerated().compactMap { index, entry in
            distance(from: key, to: entry.key, atMost: allowance).map { distance in
                let difference = abs(entry.key.text.unicodeScalars.count - letters)
                return (rank: (distance, difference, index), element: entry.element)
            }
        }
        let ranked = candidates.sorted { $0.rank < $1.rank }
        guard let nearest = ranked.first?.rank.0 else { return [] }
        var found: [Element] = []
        var seen: Set<Element> = []
        // One edit more than the nearest may still be meant; beyond that it is noise.
        for candidate in ranked where candidate.rank.0 <= nearest + 1 {
            guard found.count < limit else { break }
            if seen.insert(candidate.element).inserted { found.append(candidate.element) }
        }
        return found
    }

    private static func distance(
        from key: NameKey,
        to other: NameKey,
        atMost limit: Int
    ) -> Int? {
        let edits = EditDistance.between(key.text, other.text, atMost: limit)
        guard limit > 0, other.text.hasPrefix(key.text) else { return edits }
        return min(edits ?? 1, 1)
    }

    private static func allowedEdits(letters: Int) -> Int {
        switch letters {
        case ...2: 0
        case ...4: 1
        case ...8: 2
        default: 3
        }
    }
}
