/// A Lua value outside its machine: a plain value that may cross to another thread.
///
/// Strings are Unicode text: bytes that are not UTF-8 arrive with replacement characters.
package enum LuaValue: Sendable, Hashable {
    case `nil`
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case table(LuaTable)
    /// `json.null`: a null that a table can hold.
    case null
    /// A function that stayed in its machine.
    case function(LuaFunction)
}

/// A handle of a Lua function, valid in the machine that exported it.
package struct LuaFunction: Sendable, Hashable {
    let handle: UInt32
}

extension LuaValue {
    /// The text of a string value.
    package var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The value as a table.
    package var table: LuaTable? {
        if case .table(let table) = self { table } else { nil }
    }

    /// Whether the value is `nil` or `json.null`.
    package var isAbsent: Bool { self == .nil || self == .null }

    /// What Lua's `type` calls the value, for messages.
    package var typeName: String {
        switch self {
        case .nil: "nil"
        case .boolean: "boolean"
        case .integer, .number: "number"
        case .string: "string"
        case .table: "table"
        case .null: "json.null"
        case .function: "function"
        }
    }
}

extension LuaValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(booleanLiteral value: Bool) { self = .boolean(value) }
}
