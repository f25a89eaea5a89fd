/// Finds parts of some byte strings in a text, in one pass over it: every run that is as long as
/// the string's minimum, wherever in the string it begins.
struct RunIndex: Sendable {
    /// A string, and how much of it in a row counts.
    struct Source: Sendable, Hashable {
        let bytes: [UInt8]
        let minimum: Int

        /// A string of which runs of `minimum` bytes count, at least 8; all of it where it is
        /// shorter.
        init(_ bytes: [UInt8], minimum: Int) {
            self.bytes = bytes
            self.minimum = min(minimum, bytes.count)
        }
    }

    private struct Place {
        let source: Int
        let offset: Int
    }

    private let sources: [Source]
    /// Where in the sources eight bytes stand.
    ///
    /// Every run holds eight bytes whose place in their source is a multiple of the source's step,
    /// so that only those are kept.
    private var places: [UInt64: [Place]] = [:]
    /// Whether eight bytes with this hash stand anywhere.
    private var isKnown: [Bool]

    /// As many bytes as a word has.
    static let gramBytes = 8
    private static let hashBits = 16
    private static let repetitionsMaximum = 4

    init(_ sources: some Sequence<Source>) {
        self.sources = sources.filter { $0.bytes.count >= Self.gramBytes }
        isKnown = []
        guard !isEmpty else { return }
        isKnown = Array(repeating: false, count: 1 << Self.hashBits)
        for (index, source) in self.sources.enumerated() {
            let step = max(1, source.minimum - Self.gramBytes + 1)
            for offset in stride(from: 0, through: source.bytes.count - Self.gramBytes, by: step) {
                let gram = source.bytes[offset..<offset + Self.gramBytes]
                    .reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
                // What repeats itself so often is no secret, and would make a search slow.
                let count = places[gram, default: []].count { $0.source == index }
                guard count < Self.repetitionsMaximum else { continue }
                isKnown[Self.hash(gram)] = true
                places[gram, default: []].append(Place(source: index, offset: offset))
            }
        }
    }

    var isEmpty: Bool { sources.isEmpty }

    private static func hash(_ gram: UInt64) -> Int {
        // The multiplier is 2^64 divided by the golden ratio (Knuth, TAOCP 3, 6.4).
        Int((gram &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - hashBits))
    }

    /// Where runs stand, in the order of the text; of several at one place the longest.
    func ranges(in text: [UInt8]) -> [Range<Int>] {
        guard !isEmpty, text.count >= Self.gramBytes else { return [] }
        var found: [Range<Int>] = []
        isKnown.withUnsafeBufferPointer { isKnown in
            var gram: UInt64 = 0
            for index in text.indices {
                gram = gram << 8 | UInt64(text[index])
                let begin = index - Self.gramBytes + 1
                guard begin >= 0, begin >= (found.last?.upperBound ?? 0),
                    isKnown[Self.hash(gram)], let places = places[gram]
                else { continue }
                var longest = begin..<begin
                for place in places {
                    let run = run(around: begin, in: text, place)
                    if run.count > longest.count { longest = run }
                }
                if !longest.isEmpty { found.append(longest) }
            }
        }
        return found
    }

    // Goes on in both directions from eight bytes that are the same; empty if that is too short.
    private func run(around begin: Int, in text: [UInt8], _ place: Place) -> Range<Int> {
        let bytes = sources[place.source].bytes
        var (first, last) = (begin, begin + Self.gramBytes)
        while first > 0, place.offset - (begin - first) > 0,
            text[first - 1] == bytes[place.offset - (begin - first) - 1]
        {
            first -= 1
        }
        while last < text.count, place.offset + (last - begin) < bytes.count,
            text[last] == bytes[place.offset + (last - begin)]
        {
            last += 1
        }
        return last - first >= sources[place.source].minimum ? first..<last : begin..<begin
    }
}
