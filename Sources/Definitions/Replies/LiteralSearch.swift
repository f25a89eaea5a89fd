/// Finds a text within another one in linear time, byte by byte: both may come from a stranger.
enum LiteralSearch {
    /// Where the literal begins for the first time at or behind a place (Knuth, Morris and Pratt,
    /// "Fast Pattern Matching in Strings", 1977).
    static func first(_ literal: [UInt8], in text: [UInt8], from start: Int) -> Int? {
        guard !literal.isEmpty else { return start }
        let borders = borders(of: literal)
        var matched = 0
        for index in start..<max(start, text.count) {
            while matched > 0, literal[matched] != text[index] { matched = borders[matched - 1] }
            if literal[matched] == text[index] { matched += 1 }
            if matched == literal.count { return index + 1 - matched }
        }
        return nil
    }

    // For each beginning of the literal, the longest shorter one that it ends with.
    private static func borders(of literal: [UInt8]) -> [Int] {
        var borders = [0]
        var length = 0
        for byte in literal.dropFirst() {
            while length > 0, byte != literal[length] { length = borders[length - 1] }
            if byte == literal[length] { length += 1 }
            borders.append(length)
        }
        return borders
    }

    static func stands(_ literal: [UInt8], in text: [UInt8], at start: Int) -> Bool {
        text.count - start >= literal.count && text[start...].starts(with: literal)
    }
}
