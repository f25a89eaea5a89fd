/// Weighs the candidates of a message and names the best.
struct CodeJudge {
    let message: CodeText
    let marks: CodeMarks
    let surroundings: CodeSurroundings
    /// The message sells something and says nothing of signing in or confirming.
    let isPromotion: Bool

    init(message: CodeText, marks: CodeMarks) {
        self.message = message
        self.marks = marks
        surroundings = CodeSurroundings(message: message, marks: marks)
        isPromotion =
            marks.contains(.promotion) && !marks.contains(.certain) && !marks.contains(.hint)
    }

    /// The score from which a candidate is taken for the code.
    ///
    /// A word for a code counts about 100 less its distance, so this allows for a long sentence
    /// between them.
    private static let scoreMinimum = 30

    /// The text of the best candidate, or nil when none is plausible.
    func best(of candidates: [CodeCandidate]) -> String? {
        var best: (text: String, score: Int)?
        var unblamed: [CodeCandidate] = []
        for candidate in candidates where !isSomethingElse(candidate) {
            let penalty = penalty(candidate)
            if penalty == 0, candidate.shape == .digits { unblamed.append(candidate) }
            guard isInPlace(candidate), let nearness = nearness(candidate) else { continue }
            let score = nearness + preference(candidate) - penalty
            if score >= Self.scoreMinimum, score > best?.score ?? 0 {
                best = (candidate.text, score)
            }
        }
        return best?.text ?? lastResort(unblamed)
    }

    /// The only number left over, when the message is about a code or says little else.
    private func lastResort(_ candidates: [CodeCandidate]) -> String? {
        guard let first = candidates.first, !isPromotion,
            candidates.allSatisfy({ $0.text == first.text })
        else { return nil }
        if marks.contains(.certain) || marks.contains(.code) { return first.text }
        guard !marks.contains(.currency), !marks.contains(.promotion) else { return nil }
        let isLikely = first.text.utf8.count == 6 || isTerse || isLine(first.range)
        return isLikely ? first.text : nil
    }

    /// Whether nothing else stands on the line of the candidate.
    private func isLine(_ range: Range<Int>) -> Bool {
        let start = surroundings.skipBack(from: range.lowerBound, over: " ", most: 1)
        let end = surroundings.skipAhead(from: range.upperBound, over: " ", most: 1)
        return (start == 0 || message.shown[start - 1] == "\n")
            && (end == message.count || message.shown[end] == "\n")
    }

    /// Whether the message has four words at most, or eight letters of a script without spaces.
    private var isTerse: Bool {
        var halfWords = 0
        for index in 0..<message.count where message.wordClasses[index] != .none {
            if message.wordClasses[index] == .dense {
                halfWords += 1
            } else if message.isEdge(at: index) {
                halfWords += 2
            }
            if halfWords > 8 { return false }
        }
        return true
    }

    /// Candidates of an odd form count only right beside a word for a code.
    private func isInPlace(_ candidate: CodeCandidate) -> Bool {
        guard candidate.shape != .digits else { return true }
        let range = candidate.range
        let isLinked = surroundings.isLinked(at: range.lowerBound)
        let isStrict = candidate.shape == .letters || candidate.shape == .consonants
        if let word = marks.wordEnd(before: range.lowerBound) {
            let distance = message.distance(from: word, to: range.lowerBound)
            let reach = isLinked && candidate.shape == .capitals ? 28 : 14
            if distance <= reach, isLinked || !isStrict { return true }
        }
        guard let word = marks.wordStart(after: range.upperBound) else { return false }
        let distance = message.distance(from: range.upperBound, to: word)
        if !isStrict, distance <= 8 { return true }
        return distance <= 36 && surroundings.isLinkedOnward(at: range.upperBound)
    }

    /// How near the words for a code are; nil when there are none.
    private func nearness(_ candidate: CodeCandidate) -> Int? {
        let start = candidate.range.lowerBound
        let end = candidate.range.upperBound
        var result: Int?
        for (kind, strength) in Self.strengths {
            if let word = marks.end(of: kind, before: start) {
                var score = strength + 6 - message.distance(from: word, to: start)
                if lastDigitEnd(before: start) > word { score -= 15 }
                if surroundings.isLinked(at: start) { score += 10 }
                result = max(result ?? score, score)
            }
            if let word = marks.start(of: kind, after: end) {
                var score = strength - message.distance(from: end, to: word)
                if nextDigit(after: end) < word { score -= 15 }
                result = max(result ?? score, score)
            }
        }
        return result
    }

    private static let strengths: [(CodeMarkKind, Int)] = [
        (.certain, 105), (.code, 100), (.hint, 60), (.service, 50),
    ]

    /// What the form of the candidate and the sender's name add.
    private func preference(_ candidate: CodeCandidate) -> Int {
        var score =
            switch candidate.text.utf8.count {
            case 6: 6
            case 4, 5: 3
            default: 0
            }
        if !candidate.isNumber { score -= 10 }
        let range = candidate.range
        let before = marks.end(of: .service, before: range.lowerBound)
            .map { message.distance(from: $0, to: range.lowerBound) }
        let after = marks.start(of: .service, after: range.upperBound)
            .map { message.distance(from: range.upperBound, to: $0) }
        if let nearest = [before, after].compactMap({ $0 }).min(), nearest < 40 {
            score += 20 - nearest / 4
        }
        return score
    }

    /// The end of the last digit before the position.
    func lastDigitEnd(before position: Int) -> Int {
        let index = CodeMarks.partition(message.digits) { $0 >= position }
        return index > 0 ? message.digits[index - 1] + 1 : 0
    }

    /// The first digit at or after the position.
    func nextDigit(after position: Int) -> Int {
        let index = CodeMarks.partition(message.digits) { $0 >= position }
        return index < message.digits.count ? message.digits[index] : message.count
    }
}
