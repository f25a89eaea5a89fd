/// Collects the parts of a message that have the form of a code.
struct CodeCandidateScanner {
    let message: CodeText
    let marks: CodeMarks
    let noise: [Bool]

    private var surroundings: CodeSurroundings { CodeSurroundings(message: message, marks: marks) }

    init(message: CodeText, marks: CodeMarks, noise: [Bool]) {
        self.message = message
        self.marks = marks
        self.noise = noise
    }

    /// The candidates in the order of the text.
    func scan() -> [CodeCandidate] {
        var numbers: [CodeNumber] = []
        var candidates: [CodeCandidate] = []
        var index = 0
        while index < message.count {
            guard let word = word(at: index) else {
                index += 1
                continue
            }
            var chain = [word]
            while let last = chain.last, last.upperBound < message.count,
                message.shown[last.upperBound] == "-",
                let next = self.word(at: last.upperBound + 1)
            {
                chain.append(next)
            }
            index = chain[chain.count - 1].upperBound
            if let number = number(in: chain) {
                numbers.append(number)
            } else if let candidate = lettered(chain) {
                candidates.append(candidate)
            }
        }
        candidates += CodeNumberRuns(surroundings: surroundings).candidates(in: numbers)
        return candidates.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// The ASCII letters and digits from the position on, if there are any and none is noise.
    private func word(at start: Int) -> Range<Int>? {
        var end = start
        while end < message.count, isWordScalar(message.shown[end]), !noise[end] {
            end += 1
        }
        return end > start ? start..<end : nil
    }

    private func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCIIDigit || scalar.isASCIILetter || scalar == "_"
    }

    /// The digits of a chain of words joined by dashes, when its letters are not part of the code.
    private func number(in chain: [Range<Int>]) -> CodeNumber? {
        var groups = chain[...]
        if chain.count == 1 {
            return digits(within: chain[0]).map { CodeNumber(groups: [$0]) }
        }
        // "G-583920": the letters before the dash name the sender.
        if isLetters(chain[0]), !isHiding(chain[0]) {
            groups = groups.dropFirst()
        }
        // "583920-WhatsApp code"
        if let last = groups.last, let first = groups.first, first.count >= 4, isLetters(last),
            !(isCapitals(last) && last.count == first.count)
        {
            groups = groups.prefix { isDigits($0) }
        }
        guard !groups.isEmpty, groups.allSatisfy({ isDigits($0) }) else { return nil }
        let total = groups.reduce(0) { $0 + $1.count }
        return groups.count == chain.count || total >= 4 ? CodeNumber(groups: Array(groups)) : nil
    }

    /// The digits of one word: all of it, or all but "OTP" before or "is" after them.
    private func digits(within word: Range<Int>) -> Range<Int>? {
        if isDigits(word) { return word }
        guard let edge = word.dropFirst().first(where: { isChange(at: $0) }) else { return nil }
        let head = word.lowerBound..<edge
        let tail = edge..<word.upperBound
        if isLetters(head), isDigits(tail) {
            let kinds = CodeMarkKind.words + [.link]
            return kinds.contains { marks.end(of: $0, before: edge) == edge } ? tail : nil
        }
        if isDigits(head), isLetters(tail) {
            return marks.start(of: .link, after: edge) == edge ? head : nil
        }
        return nil
    }

    private func isChange(at index: Int) -> Bool {
        message.shown[index - 1].isASCIIDigit != message.shown[index].isASCIIDigit
    }

    /// A code with letters: one word, or two or three of the same length.
    private func lettered(_ chain: [Range<Int>]) -> CodeCandidate? {
        let length = chain.reduce(0) { $0 + $1.count }
        guard chain.count <= 3, 4...10 ~= length, Set(chain.map(\.count)).count == 1 else {
            return nil
        }
        let range = chain[0].lowerBound..<chain[chain.count - 1].upperBound
        let text = chain.map { message.string($0) }.joined()
        let scalars = text.unicodeScalars
        guard !scalars.contains("_"), !isQuantity(range) else { return nil }
        let hasDigits = scalars.contains(where: \.isASCIIDigit)
        let isCapitals = !scalars.contains { "a" <= $0 && $0 <= "z" }
        if !hasDigits {
            let vowels = "AEIOU".unicodeScalars
            let isCode = isCapitals && 5...7 ~= length && !scalars.contains(where: vowels.contains)
            return isCode && chain.count == 1
                ? CodeCandidate(text: text, range: range, shape: .consonants) : nil
        }
        guard chain.count == 1 || isCapitals else { return nil }
        return CodeCandidate(text: text, range: range, shape: isCapitals ? .capitals : .letters)
    }

    /// Whether the letters of a word are a currency, a unit or a reference: `INR5000`, `24hours`.
    private func isQuantity(_ word: Range<Int>) -> Bool {
        guard let edge = word.dropFirst().first(where: { isChange(at: $0) }) else { return false }
        if isLetters(word.lowerBound..<edge), isDigits(edge..<word.upperBound) {
            let kinds: [CodeMarkKind] = [.currency, .reference, .card, .phone, .amount]
            return isHiding(word.lowerBound..<edge)
                || kinds.contains { marks.end(of: $0, before: edge) == edge }
        }
        guard isDigits(word.lowerBound..<edge), isLetters(edge..<word.upperBound) else {
            return false
        }
        let kinds: [CodeMarkKind] = [.currency, .unit, .suffix]
        return kinds.contains { marks.start(of: $0, after: edge) == edge }
    }

    private func isDigits(_ word: Range<Int>) -> Bool {
        message.shown[word].allSatisfy(\.isASCIIDigit)
    }

    private func isLetters(_ word: Range<Int>) -> Bool {
        message.shown[word].allSatisfy(\.isASCIILetter)
    }

    private func isCapitals(_ word: Range<Int>) -> Bool {
        message.shown[word].allSatisfy { "A" <= $0 && $0 <= "Z" }
    }

    /// Whether the letters stand for hidden digits: `xx1234`.
    private func isHiding(_ word: Range<Int>) -> Bool {
        message.folded[word].allSatisfy { $0 == "x" }
    }
}
