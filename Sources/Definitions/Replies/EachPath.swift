import LuaSandbox
import OrderKernel

/// Where the items of a list stand: `data[]`, `[]`, `*`, `countries.*`, `*.*`.
struct EachPath: Sendable, Hashable {
    private let source: String
    private let prefix: FieldPath
    private let levels: [Level]

    private enum Level: Sendable, Hashable {
        case items
        case values
    }

    /// Each item has the keys of all of them; the shipped files have three at most.
    static let levelsMaximum = 4

    /// An item with the keys of the objects that the stars went through.
    struct Item {
        let value: JSON
        let keys: [String]
    }

    init?(_ text: String) {
        var names: [Substring] = []
        var levels: [Level] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            if part == "*" {
                levels.append(.values)
            } else if part.hasSuffix("[]"), levels.isEmpty {
                if part.count > 2 { names.append(part.dropLast(2)) }
                levels.append(.items)
            } else if levels.isEmpty, !part.isEmpty {
                names.append(part)
            } else {
                return nil
            }
        }
        guard (1...Self.levelsMaximum).contains(levels.count) else { return nil }
        source = text
        prefix = FieldPath(names.isEmpty ? "$" : names.joined(separator: "."))
        self.levels = levels
    }

    /// All items, in the order of the reply.
    ///
    /// - Throws: `MoonlineError` with `protocol` when there is no list where one has to be.
    func items(in root: JSON) throws(MoonlineError) -> [Item] {
        guard let start = prefix.value(in: root) else {
            throw MoonlineError(.protocol, "the reply has no list at '\(source)'")
        }
        var items = [Item(value: start, keys: [])]
        for level in levels {
            var next: [Item] = []
            for item in items { next += try open(item, level) }
            items = next
        }
        return items
    }

    // An empty PHP array is `[]` even where an object would stand.
    private func open(_ item: Item, _ level: Level) throws(MoonlineError) -> [Item] {
        switch (level, item.value) {
        case (.items, .array(let values)):
            return values.map { Item(value: $0, keys: item.keys) }
        case (.values, .object(let members)):
            return members.map { Item(value: $0.value, keys: item.keys + [$0.key]) }
        case (.values, .array(let values)):
            return values.enumerated().map {
                Item(value: $1, keys: item.keys + [String($0)])
            }
        default:
            throw MoonlineError(.protocol, "what the reply has at '\(source)' is no list")
        }
    }
}
