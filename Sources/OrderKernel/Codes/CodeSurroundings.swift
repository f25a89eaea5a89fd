/// What stands directly before and after a part of a message.
struct CodeSurroundings {
    let message: CodeText
    let marks: CodeMarks

    /// Whether a word of that kind ends where the number starts, at most a stop and a space off.
    func follows(_ kind: CodeMarkKind, at start: Int) -> Bool {
        let edge = skipBack(from: start, over: " .:", most: 2)
        return (edge...start).contains { marks.end(of: kind, before: $0) == $0 }
    }

    /// Whether a word of that kind starts where the number ends, at most a space off.
    func precedes(_ kind: CodeMarkKind, at end: Int) -> Bool {
        let edge = skipAhead(from: end, over: " ", most: 1)
        return (end...edge).contains { marks.start(of: kind, after: $0) == $0 }
    }

    /// Whether a currency names the number as a sum of money, and not the number beside it.
    func isMoney(_ range: Range<Int>) -> Bool {
        if follows(.currency, at: range.lowerBound) {
            let end = skipBack(from: range.lowerBound, over: " .:", most: 2)
            let start = marks.lastStart(of: .currency, before: end) ?? end
            let owner = skipBack(from: start, over: " ", most: 1)
            if start == end || !message.isDigit(at: owner - 1) || end == range.lowerBound {
                return true
            }
        }
        guard precedes(.currency, at: range.upperBound) else { return false }
        let start = skipAhead(from: range.upperBound, over: " ", most: 1)
        let isApart = start > range.upperBound
        let end = marks.firstEnd(of: .currency, after: start) ?? start
        // "482913 Rs 500": the currency belongs to the number after it.
        return !(isApart && message.isDigit(at: skipAhead(from: end, over: " .", most: 2)))
    }

    /// Whether a unit of time or quantity follows.
    func isMeasure(_ end: Int) -> Bool {
        precedes(.unit, at: end) || marks.start(of: .suffix, after: end) == end
    }

    /// Whether "is", a colon or the like leads to the number.
    func isLinked(at start: Int) -> Bool {
        let edge = skipBack(from: start, over: " \n\"'([{<*«“„「『【‘#>", most: 4)
        guard edge > 0 else { return false }
        let before = message.shown[edge - 1]
        return before == ":" || before == "=" || marks.end(of: .link, before: edge) == edge
    }

    /// Whether "is", a dash or the like leads on from the number.
    func isLinkedOnward(at end: Int) -> Bool {
        let edge = skipAhead(from: end, over: " \"')]}>*»”“」』】’", most: 3)
        guard edge < message.count else { return false }
        return message.shown[edge] == "-" || marks.start(of: .link, after: edge) == edge
    }

    /// Whether the number is the visible rest of a hidden one: `****1234`, `12**`, `...4242`.
    func isMasked(_ range: Range<Int>) -> Bool {
        let bullets = "•●∙×⁎∗".unicodeScalars
        let text = message.shown
        let before = range.lowerBound > 0 ? text[range.lowerBound - 1] : " "
        let after = range.upperBound < text.count ? text[range.upperBound] : " "
        if bullets.contains(before) || before == "…" { return true }
        if text[..<range.lowerBound].suffix(2).elementsEqual([".", "."]) { return true }
        // A pair of asterisks is emphasis.
        if (before == "*") != (after == "*") { return true }
        let spaced = skipBack(from: range.lowerBound, over: " ", most: 1)
        guard spaced > 0, before == " " else { return false }
        return bullets.contains(text[spaced - 1])
            || text[..<spaced].suffix(2).elementsEqual(["*", "*"])
    }

    /// The first position before which nothing of the set stands.
    func skipBack(from start: Int, over set: String, most: Int) -> Int {
        var index = start
        while index > 0, start - index < most,
            set.unicodeScalars.contains(message.shown[index - 1])
        {
            index -= 1
        }
        return index
    }

    /// The first position at which nothing of the set stands.
    func skipAhead(from end: Int, over set: String, most: Int) -> Int {
        var index = end
        while index < message.count, index - end < most,
            set.unicodeScalars.contains(message.shown[index])
        {
            index += 1
        }
        return index
    }
}
