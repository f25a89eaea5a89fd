/// What a key of the format may hold.
package indirect enum FormatType: Sendable, Hashable {
    case text, number, boolean, function, any
    /// Text such as `"90s"`, `"2m"` or `"14d"`.
    case duration
    /// A path into a reply, such as `"data.price"`.
    case path
    /// Text with arguments in braces, such as `"/orders/{id}"`.
    case template
    /// One of some words.
    case word([String])
    /// A code of the closed list that definitions may answer with.
    case errorCode
    /// A table of the format, by its name.
    case table(String)
    case list(FormatType)
    /// Keys that the author chooses, each with such a value.
    case names(FormatType)
    case either([FormatType])

    /// The type in words, for a reader who has never seen Lua.
    package var words: String {
        switch self {
        case .text: "text"
        case .number: "whole number"
        case .boolean: "`true` or `false`"
        case .function: "function"
        case .any: "any value"
        case .duration: "duration"
        case .path: "path"
        case .template: "template"
        case .errorCode: "[error code](#Error-codes)"
        case .word(let words): words.map { "`\"\($0)\"`" }.joined(separator: ", ")
        case .table(let name): "table [\(name)](#\(name))"
        case .list(let item): "list of: \(item.words)"
        case .names(let value): "names, each with: \(value.words)"
        case .either(let types): types.map(\.words).joined(separator: ", or ")
        }
    }

    /// The type as the Lua language server writes it.
    package var annotation: String {
        switch self {
        case .text, .duration, .path, .template: "string"
        case .number: "integer"
        case .boolean: "boolean"
        case .function: "function"
        case .any: "any"
        case .errorCode: "moonline.ErrorCode"
        case .word(let words): words.map { "\"\($0)\"" }.joined(separator: "|")
        case .table(let name): "moonline.\(name)"
        case .list(let item): "(\(item.annotation))[]"
        case .names(let value): "table<string|integer|boolean, \(value.annotation)>"
        case .either(let types): types.map(\.annotation).joined(separator: "|")
        }
    }
}
