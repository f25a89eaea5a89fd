/// Finds any of several byte strings in a text, in one pass over it.
struct NeedleIndex: Sendable {
    /// Where one was found.
    struct Match {
        let needle: Int
        let offset: Int
        let count: Int
    }

    private let needles: [[UInt8]]
    /// The needles by their first two bytes, the longest first.
    private var starts: [UInt16: [Int]] = [:]
    /// Whether any begins with these two bytes.
    private var isStart: [Bool]

    init(_ needles: [[UInt8]]) {
        self.needles = needles
        isStart = []
        guard !needles.isEmpty else { return }
        isStart = Array(repeating: false, count: 1 << 16)
        for (index, needle) in needles.enumerated() where needle.count >= 2 {
            let start = Self.start(needle[0], needle[1])
            isStart[Int(start)] = true
            starts[start, default: []].append(index)
        }
        for (start, found) in starts {
            starts[start] = found.sorted { needles[$0].count > needles[$1].count }
        }
    }

    var isEmpty: Bool { needles.isEmpty }

    private static func start(_ first: UInt8, _ second: UInt8) -> UInt16 {
        UInt16(first) << 8 | UInt16(second)
    }

    /// Where they stand, in the order of the text; the longest where several begin.
    func matches(in text: [UInt8]) -> [Match] {
        guard !isEmpty, text.count >= 2 else { return [] }
        var found: [Match] = []
        text.withUnsafeBufferPointer { text in
            isStart.withUnsafeBufferPointer { isStart in
                for offset in 0..<(text.count - 1) {
                    let start = Self.start(text[offset], text[offset + 1])
                    guard isStart[Int(start)], let candidates = starts[start] else { continue }
                    let match = candidates.first { index in
                        let needle = needles[index]
                        return needle.count <= text.count - offset
                            && needle.indices.allSatisfy { needle[$0] == text[offset + $0] }
                    }
                    guard let match else { continue }
                    found.append(
                        Match(needle: match, offset: offset, count: needles[match].count))
                }
            }
        }
        return found
    }
}
