/// A message in the form the search works on: scalars in parallel arrays.
struct CodeText {
    /// What a scalar is for the purpose of finding the edges of words.
    enum WordClass: UInt8 {
        case none
        case alphabetic
        /// A letter of a script that puts no spaces between words.
        case dense
    }

    /// The text with ASCII digits, "-" for all dashes, " " for all spaces; case is kept.
    private(set) var shown: [Unicode.Scalar] = []
    /// `shown` in lower case and without accents; as many scalars.
    private(set) var folded: [Unicode.Scalar] = []
    private(set) var wordClasses: [WordClass] = []
    /// The positions of the digits, ascending.
    private(set) var digits: [Int] = []
    /// Running sums of the cost of passing a scalar; one more than there are scalars.
    private var costs: [Int] = [0]

    var count: Int { shown.count }

    init(_ text: String) {
        for scalar in text.unicodeScalars {
            append(scalar)
        }
        for index in shown.indices {
            costs.append(costs[index] + cost(at: index))
        }
    }

    /// How far apart two positions read: scalars, plus much for the end of a sentence.
    func distance(from start: Int, to end: Int) -> Int {
        costs[end] - costs[start]
    }

    func isDigit(at index: Int) -> Bool {
        shown.indices.contains(index) && shown[index].isASCIIDigit
    }

    /// The text between two positions.
    func string(_ range: Range<Int>) -> String {
        var result = String.UnicodeScalarView()
        result.append(contentsOf: shown[range])
        return String(result)
    }

    /// Whether a word may start or end between `index - 1` and `index`.
    func isEdge(at index: Int) -> Bool {
        guard index > 0, index < count else { return true }
        return wordClasses[index - 1] == .none || wordClasses[index - 1] != wordClasses[index]
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        // The tilde of a decomposed "ã" matters: it tells the Vietnamese word from "ma".
        if scalar == "\u{0303}", folded.last == "a" {
            folded[folded.count - 1] = "ã"
            return
        }
        guard !CodeFolding.isInvisible(scalar) else { return }
        let plain = CodeFolding.plain(scalar)
        if plain == " ", shown.last == " " { return }
        if plain.isASCIIDigit { digits.append(shown.count) }
        shown.append(plain)
        folded.append(CodeFolding.folded(plain))
        wordClasses.append(CodeFolding.wordClass(plain))
    }

    private func cost(at index: Int) -> Int {
        switch shown[index] {
        case "\n":
            index > 0 && (shown[index - 1] == ":" || shown[index - 1] == "\n") ? 1 : 6
        case "!", "?", "。", "।", "؟", "።", "။", "։", "۔":
            Self.sentenceCost
        case ".":
            endsSentence(at: index) ? Self.sentenceCost : 1
        case ",", ";", "，", "、", "،", "؛":
            5
        default:
            1
        }
    }

    /// The cost of the end of a sentence: more than most words are away from their code.
    private static let sentenceCost = 40

    private func endsSentence(at index: Int) -> Bool {
        guard index + 1 < count else { return true }
        let next = shown[index + 1]
        guard next == " " || next == "\n" else {
            return !next.isASCII || ("A" <= next && next <= "Z")
        }
        // "no. 123", "ref. 123": a short word, a stop and a number are one phrase.
        guard isDigit(at: index + 2) else { return true }
        let word = shown[max(0, index - 4)..<index].reversed().prefix { $0 != " " && $0 != "\n" }
        return word.count > 3 || word.isEmpty
    }
}

extension Unicode.Scalar {
    var isASCIIDigit: Bool { "0" <= self && self <= "9" }

    var isASCIILetter: Bool { ("a" <= self && self <= "z") || ("A" <= self && self <= "Z") }
}
