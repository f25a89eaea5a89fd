/// The words that speak of codes, and of the numbers that are none, in many languages.
///
/// An entry is a word or a phrase; "stem*" also matches longer words, "*tail" the end of longer
/// words, "*part*" both. Accents and case do not count. In scripts without spaces between words
/// an entry matches anywhere.
struct CodeVocabulary {
    /// A word found at a position.
    struct Match {
        let kind: CodeMarkKind
        let end: Int
    }

    private struct Entry {
        let scalars: [Unicode.Scalar]
        let kind: CodeMarkKind
        let startsAnywhere: Bool
        /// The word may go on after the entry.
        let endsAnywhere: Bool
    }

    private var entries: [Unicode.Scalar: [Entry]] = [:]

    /// The vocabulary of all languages.
    static let standard: CodeVocabulary = {
        var vocabulary = CodeVocabulary()
        for (kind, list) in codeWords + decoyWords + contextWords {
            for entry in list.split(whereSeparator: { $0 == "," || $0 == "\n" }) {
                vocabulary.add(entry, kind: kind)
            }
        }
        return vocabulary
    }()

    private init() {}

    /// The name of a service as the only entry; nil for names too short to tell anything.
    init?(service: String) {
        let name = service.split(whereSeparator: { $0 == "_" || $0 == " " }).joined(separator: " ")
        guard name.unicodeScalars.count >= 3 else { return nil }
        add(name[...], kind: .service)
    }

    /// The entries that match the text from the position on.
    func matches(in message: CodeText, at index: Int) -> [Match] {
        let text = message.folded
        guard let list = entries[text[index]] else { return [] }
        let isEdge = message.isEdge(at: index)
        var result: [Match] = []
        for entry in list where isEdge || entry.startsAnywhere {
            let end = index + entry.scalars.count
            guard end <= text.count, entry.scalars.elementsEqual(text[index..<end]) else {
                continue
            }
            if entry.endsAnywhere {
                result.append(Match(kind: entry.kind, end: wordEnd(in: message, from: end)))
            } else if message.isEdge(at: end) {
                result.append(Match(kind: entry.kind, end: end))
            }
        }
        return result
    }

    /// The longest ending a stem may have; it bounds the work on texts without any edge.
    private static let endingMaximum = 16

    private func wordEnd(in message: CodeText, from end: Int) -> Int {
        var result = end
        while result < end + Self.endingMaximum, !message.isEdge(at: result),
            message.wordClasses[result] != .dense
        {
            result += 1
        }
        return result
    }

    private mutating func add(_ text: Substring, kind: CodeMarkKind) {
        let scalars = CodeText(String(text)).folded
        var word = scalars[...]
        while word.first == " " { word.removeFirst() }
        while word.last == " " { word.removeLast() }
        let startsAnywhere = word.first == "*"
        if startsAnywhere { word.removeFirst() }
        let endsAnywhere = word.last == "*"
        if endsAnywhere { word.removeLast() }
        guard let first = word.first, let last = word.last else { return }
        entries[first, default: []].append(
            Entry(
                scalars: Array(word),
                kind: kind,
                startsAnywhere: startsAnywhere || CodeFolding.wordClass(first) != .alphabetic,
                endsAnywhere: endsAnywhere || CodeFolding.wordClass(last) != .alphabetic
            )
        )
    }
}
