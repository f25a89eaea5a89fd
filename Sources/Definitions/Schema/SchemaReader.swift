import LuaSandbox
import OrderKernel

/// Reads values of a definition and collects what is wrong, so that all problems come at once.
///
/// Every reading function notes a problem and returns `nil` when the value is not as it should be;
/// a value that is absent is no problem unless it is required.
struct SchemaReader {
    private let maps: [SourceMap]
    private(set) var problems: [DefinitionProblem] = []

    /// As many names as one line takes.
    private static let shownKeysMaximum = 6
    /// Nobody reads more at once.
    private static let problemsMaximum = 100

    /// - Parameter maps: the file's own map first, then that of its dialect.
    init(maps: [SourceMap]) { self.maps = maps }

    /// Whether further problems are left out, so that nobody need look for hints.
    var isFull: Bool { problems.count >= Self.problemsMaximum }

    mutating func report(_ path: SourceMap.KeyPath, _ message: String) {
        let exact = maps.first { $0.line(of: path) != nil }
        let map = exact ?? maps.first { $0.line(of: Array(path.prefix(1))) != nil } ?? maps.first
        let keyPath = path.reduce("") { text, key in
            text.isEmpty || key.hasPrefix("[") ? text + key : text + "." + key
        }
        guard !isFull else { return }
        problems.append(
            DefinitionProblem(
                file: map?.file ?? "",
                line: map?.nearestLine(of: path) ?? 1,
                keyPath: keyPath.safe,
                message: message.safe
            )
        )
    }

    /// Where a value stands in the file.
    func line(of node: SchemaNode) -> Int {
        maps.lazy.compactMap { $0.line(of: node.path) }.first ?? 1
    }

    /// Reports keys of the file that stand twice in their table.
    mutating func reportDuplicates() {
        // A position beside a key in brackets is told by who reads the table.
        for (path, first) in maps.first?.duplicates ?? [] where path.last?.first != "[" {
            report(path, "stands here twice, first on line \(first); Lua keeps only the last one")
        }
    }

    mutating func report(_ node: SchemaNode, _ message: String) { report(node.path, message) }

    /// A node's table; a problem when it is something else.
    mutating func table(_ node: SchemaNode) -> LuaTable? {
        if node.value == .nil { return nil }
        guard let table = node.value.table else {
            report(node, "a table was expected, not a \(node.value.typeName)")
            return nil
        }
        return table
    }

    /// The fields of a table whose names are the author's choice; a value without a name is a
    /// problem, since it would do nothing.
    mutating func named(_ node: SchemaNode) -> [(key: String, node: SchemaNode)] {
        guard let table = table(node) else { return [] }
        if let first = table.items.first {
            report(
                node.path + ["[1]"],
                "a \(first.typeName) without a key is not expected here; write name = value")
        }
        return node.namedFields
    }

    /// Reports a table with more entries than are looked through for each reply.
    mutating func refuseMany(_ count: Int, in node: SchemaNode) {
        guard count > Self.rulesMaximum else { return }
        report(node, "has \(count) entries, \(Self.rulesMaximum) are the most here")
    }

    /// Several times the longest table of the shipped files, the words of `sms_activate.lua`.
    private static let rulesMaximum = 200

    /// Reports every key that is none of `known`, with the nearest one that is.
    mutating func refuseUnknownKeys(of node: SchemaNode, known: [String]) {
        guard let table = node.value.table else { return }
        for (key, _) in table.namedFields where !known.contains(key) && !isFull {
            let near = NearestNames.of(key, among: known, limit: 1).first
            let hint =
                near.map { ", did you mean '\($0)'?" }
                ?? "; known are \(known.joined(separator: ", "))"
            report(node.path + [key], "unknown key\(hint)")
        }
        for key in table.fields.keys.sorted() where !key.isName {
            report(node.path + [key.description], "unknown key; names are expected here")
        }
        if let first = table.items.first, !known.contains("[1]") {
            let keys = known.prefix(Self.shownKeysMaximum).joined(separator: ", ")
            report(
                node.path + ["[1]"],
                "a \(first.typeName) without a key is not expected here; write name = value, "
                    + "known are \(keys)\(known.count > Self.shownKeysMaximum ? ", …" : "")")
        }
    }

    /// Reports every key that a table of the format has not.
    mutating func refuseUnknownKeys(of node: SchemaNode, known table: FormatTable) {
        refuseUnknownKeys(of: node, known: table.names)
    }

    mutating func text(_ node: SchemaNode) -> String? {
        switch node.value {
        case .nil: return nil
        case .string(let text) where !text.isEmpty: return text
        case .integer(let value): return String(value)
        default:
            report(node, "text was expected, not \(node.value.shown)")
            return nil
        }
    }

    mutating func required(_ node: SchemaNode, _ example: String) -> String? {
        if node.value == .nil { report(node, "is missing, for example \(example)") }
        return text(node)
    }

    mutating func boolean(_ node: SchemaNode) -> Bool? {
        switch node.value {
        case .nil: return nil
        case .boolean(let value): return value
        default:
            report(node, "true or false was expected, not \(node.value.shown)")
            return nil
        }
    }

    mutating func count(_ node: SchemaNode) -> Int? {
        switch node.value {
        case .nil: return nil
        case .integer(let value) where value > 0 && value <= 1_000_000: return Int(value)
        default:
            report(node, "a whole number above 0 was expected, not \(node.value.shown)")
            return nil
        }
    }

    /// - Parameter maximum: the longest that makes sense there; a year by default.
    mutating func duration(
        _ node: SchemaNode,
        atMost maximum: Duration = .seconds(366 * 86_400)
    ) -> Duration? {
        if node.value == .nil { return nil }
        guard let text = node.value.text, let duration = Duration(text: text),
            duration > .zero
        else {
            report(
                node,
                "a duration such as \"5s\", \"2m\" or \"14d\" was expected, not "
                    + node.value.shown)
            return nil
        }
        guard duration <= maximum else {
            report(node, "\(node.value.shown) is too long here, \(maximum.text) is the most")
            return nil
        }
        return duration
    }

    /// One of a closed list of words.
    mutating func word<Word: RawRepresentable<String>>(
        _ node: SchemaNode,
        among words: [Word]
    ) -> Word? {
        guard let text = text(node) else { return nil }
        if let word = words.first(where: { $0.rawValue == text }) { return word }
        let names = words.map(\.rawValue)
        let near = NearestNames.of(text, among: names, limit: 1).first
        let hint = near.map { "did you mean '\($0)'?" } ?? "one of \(names.joined(separator: ", "))"
        report(node, "'\(text)' is not known, \(hint)")
        return nil
    }

    mutating func errorCode(_ node: SchemaNode) -> ErrorCode? {
        word(node, among: ErrorCode.allCases.filter(\.isProviders))
    }
}

extension LuaTable.Key {
    fileprivate var isName: Bool { if case .string = self { true } else { false } }
}

extension String {
    /// The text without what would act on a terminal or forge a line, and no longer than a message
    /// may be.
    var safe: String {
        let plain = unicodeScalars.prefix(Self.safeMaximum).map { scalar -> Character in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: "·"
            default: Character(scalar)
            }
        }
        return String(plain) + (unicodeScalars.count > Self.safeMaximum ? "…" : "")
    }

    private static let safeMaximum = 600
}

extension LuaValue {
    /// The value in a message.
    package var shown: String {
        switch self {
        case .string(let text): "'\(text)'"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .boolean(let value): "\(value)"
        default: "a \(typeName)"
        }
    }
}
