extension CodeJudge {
    /// Whether the candidate is plainly a number of another kind.
    func isSomethingElse(_ candidate: CodeCandidate) -> Bool {
        let range = candidate.range
        if surroundings.isMasked(range) || isPercentage(range) { return true }
        if follows(.card, candidate, within: 10) || follows(.phone, candidate, within: 12)
            || follows(.reply, candidate, within: 30) || follows(.amount, candidate, within: 8)
        {
            return true
        }
        guard candidate.isNumber else { return false }
        if surroundings.isMoney(range) || surroundings.isMeasure(range.upperBound) { return true }
        return isYear(candidate)
    }

    private func isPercentage(_ range: Range<Int>) -> Bool {
        let text = message.shown
        let after = surroundings.skipAhead(from: range.upperBound, over: " ", most: 1)
        if after < text.count, "%٪‰".unicodeScalars.contains(text[after]) { return true }
        let next = range.upperBound < text.count ? text[range.upperBound] : " "
        if next == "+" || next == "#" { return true }
        return range.lowerBound > 0 && "%٪".unicodeScalars.contains(text[range.lowerBound - 1])
    }

    /// A number of this form is a year unless a word for a code leads right to it.
    private func isYear(_ candidate: CodeCandidate) -> Bool {
        let range = candidate.range
        guard range.count == 4, CodeNumberRuns.isYear(message.shown[range]) else { return false }
        if surroundings.precedes(.year, at: range.upperBound) { return true }
        let edge = surroundings.skipBack(from: range.lowerBound, over: " )", most: 2)
        if edge > 0, message.shown[edge - 1] == "©" { return true }
        if edge > 1, message.folded[edge - 1] == "c", message.shown[edge - 2] == "(" { return true }
        guard let word = marks.wordEnd(before: range.lowerBound) else {
            return !surroundings.isLinkedOnward(at: range.upperBound)
        }
        let distance = message.distance(from: word, to: range.lowerBound)
        return distance > 12 || (distance > 2 && !surroundings.isLinked(at: range.lowerBound))
    }

    /// Whether a word of that kind leads to the candidate, with no word for a code and no other
    /// number between them.
    private func follows(
        _ kind: CodeMarkKind, _ candidate: CodeCandidate, within reach: Int
    ) -> Bool {
        let start = candidate.range.lowerBound
        guard let end = marks.end(of: kind, before: start), end > lastDigitEnd(before: start),
            message.distance(from: end, to: start) <= reach
        else { return false }
        return end >= marks.wordEnd(before: start) ?? 0
    }

    /// What speaks against the candidate, in the unit of the scores.
    func penalty(_ candidate: CodeCandidate) -> Int {
        var result = 0
        let range = candidate.range
        if follows(.reference, candidate, within: 14)
            || surroundings.precedes(.referenceAfter, at: range.upperBound)
            || isNamedReference(candidate)
        {
            result += isAnnounced(candidate) ? 20 : 70
        }
        if surroundings.follows(.place, at: range.lowerBound) { result += 70 }
        if isOutdated(candidate) { result += 60 }
        if CodeNumberRuns.isYear(message.shown[range]) { result += 20 }
        if isCalendarDay(candidate) { result += 15 }
        if isPromotion {
            result += candidate.isNumber && !isOffered(candidate) ? 40 : 90
        }
        return result
    }

    /// Whether the words that sell are in the sentence of the candidate.
    private func isOffered(_ candidate: CodeCandidate) -> Bool {
        let range = candidate.range
        if let word = marks.end(of: .promotion, before: range.lowerBound),
            message.distance(from: word, to: range.lowerBound) < 40
        {
            return true
        }
        guard let word = marks.start(of: .promotion, after: range.upperBound) else { return false }
        return message.distance(from: range.upperBound, to: word) < 40
    }

    /// Whether a word for a code and a colon lead to it: "Confirm your account: 583920".
    private func isAnnounced(_ candidate: CodeCandidate) -> Bool {
        let start = candidate.range.lowerBound
        let edge = surroundings.skipBack(from: start, over: " \n", most: 2)
        guard edge > 0, message.shown[edge - 1] == ":",
            let word = marks.wordEnd(before: start)
        else { return false }
        return message.distance(from: word, to: start) <= 24
    }

    /// Whether it is called a reference after it: "557013 is your order number".
    private func isNamedReference(_ candidate: CodeCandidate) -> Bool {
        let range = candidate.range
        guard let word = marks.start(of: .reference, after: range.upperBound),
            message.distance(from: range.upperBound, to: word) <= 20,
            nextDigit(after: range.upperBound) > word,
            surroundings.isLinkedOnward(at: range.upperBound)
        else { return false }
        // "583920 is your account security code" is none.
        guard let code = marks.wordStart(after: range.upperBound) else { return true }
        return word < code && message.distance(from: word, to: code) > 24
    }

    /// Whether it was a code once: "old code 1111", "1111 is no longer valid".
    private func isOutdated(_ candidate: CodeCandidate) -> Bool {
        let range = candidate.range
        if let word = marks.end(of: .former, before: range.lowerBound),
            word > lastDigitEnd(before: range.lowerBound),
            message.distance(from: word, to: range.lowerBound) <= 25,
            word > marks.end(of: .fresh, before: range.lowerBound) ?? 0
        {
            return true
        }
        guard let word = marks.start(of: .lapsed, after: range.upperBound) else { return false }
        return word < nextDigit(after: range.upperBound)
            && message.distance(from: range.upperBound, to: word) <= 20
    }

    /// Eight digits that are a year, a month and a day: 20260512.
    private func isCalendarDay(_ candidate: CodeCandidate) -> Bool {
        let digits = Array(candidate.text.unicodeScalars)
        guard candidate.isNumber, digits.count == 8, CodeNumberRuns.isYear(digits[..<4]) else {
            return false
        }
        return ["0", "1"].contains(digits[4]) && ["0", "1", "2", "3"].contains(digits[6])
    }
}
