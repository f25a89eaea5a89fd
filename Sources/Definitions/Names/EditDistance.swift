/// How many single edits lie between two texts.
///
/// An edit inserts, deletes or replaces one character or swaps two neighbours; no part of the text
/// is edited twice (the "optimal string alignment" form of the Damerau-Levenshtein distance).
package enum EditDistance {
    /// The number of edits from `first` to `second`.
    package static func between(_ first: String, _ second: String) -> Int {
        let longest = max(first.unicodeScalars.count, second.unicodeScalars.count)
        return between(first, second, atMost: longest) ?? longest
    }

    /// The number of edits from `first` to `second`, or nil when it is more than `limit`.
    package static func between(_ first: String, _ second: String, atMost limit: Int) -> Int? {
        let source = Array(first.unicodeScalars)
        let target = Array(second.unicodeScalars)
        guard abs(source.count - target.count) <= limit else { return nil }
        var beforePrevious: [Int] = []
        var previous = Array(0...target.count)
        for row in source.indices {
            var current = [row + 1]
            current.reserveCapacity(target.count + 1)
            for column in target.indices {
                let isSame = source[row] == target[column]
                var best = min(
                    previous[column] + (isSame ? 0 : 1),
                    previous[column + 1] + 1,
                    current[column] + 1
                )
                if row > 0, column > 0, source[row] == target[column - 1],
                    source[row - 1] == target[column]
                {
                    best = min(best, beforePrevious[column - 1] + 1)
                }
                current.append(best)
            }
            // A later row builds on the two before it: once both are past the limit, so is the end.
            if isPast(limit, current), isPast(limit, previous) { return nil }
            beforePrevious = previous
            previous = current
        }
        return previous[target.count] <= limit ? previous[target.count] : nil
    }

    private static func isPast(_ limit: Int, _ row: [Int]) -> Bool {
        row.allSatisfy { $0 > limit }
    }
}
