import LuaSandbox

/// Values as an author writes them in a definition file.
enum LuaText {
    private static let words: Set<String> = [
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if",
        "in", "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
    ]

    /// Text in quotes.
    static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            case "\r": "\\r"
            case "\t": "\\t"
            default:
                scalar.value < 0x20 || scalar.value == 0x7F
                    ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
            }
        }
        return "\"" + escaped.joined() + "\""
    }

    /// A key of a table: `name`, or `["other text"]`.
    static func key(_ name: String) -> String {
        let isName =
            name.first.map { $0.isASCII && ($0.isLetter || $0 == "_") } == true
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            && !words.contains(name)
        return isName ? name : "[\(quoted(name))]"
    }

    /// A value; lists and objects become tables, and a short one stays on its line.
    ///
    /// - Parameter indent: the column of the line that it stands in.
    static func value(_ value: JSON, indent: Int = 0) -> String {
        switch value {
        case .null: "json.null"
        case .bool(let value): value ? "true" : "false"
        case .number(let digits): digits
        case .string(let text): quoted(text)
        // An empty table would be an object.
        case .array([]): "json.array {}"
        case .array(let items):
            table(items.map { Self.value($0, indent: indent + step) }, indent)
        case .object(let members):
            table(
                members.map { "\(key($0.key)) = \(Self.value($0.value, indent: indent + step))" },
                indent)
        }
    }

    /// A table of entries that are text already.
    static func table(_ entries: [String], _ indent: Int) -> String {
        if entries.isEmpty { return "{}" }
        let line = "{ " + entries.joined(separator: ", ") + " }"
        if line.count + indent <= columns, !line.contains("\n") { return line }
        let margin = String(repeating: " ", count: indent + step)
        return "{\n" + entries.map { margin + $0 + ",\n" }.joined()
            + String(repeating: " ", count: indent) + "}"
    }

    private static let step = 2
    private static let columns = 90
}
