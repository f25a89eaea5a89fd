/// A JSON value that loses nothing: numbers keep their digits, objects their order.
package enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    /// A number as it was written, such as `1.20` or `9007199254740993`.
    case number(String)
    case string(String)
    case array([JSON])
    case object([Member])

    /// One key of an object with its value.
    package struct Member: Sendable, Hashable {
        package let key: String
        package let value: JSON

        package init(_ key: String, _ value: JSON) {
            self.key = key
            self.value = value
        }
    }

    /// The value of a key, when this is an object that has it.
    package subscript(key: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// The keys of an object, in its order; none when this is no object.
    package var keys: [String] {
        guard case .object(let members) = self else { return [] }
        return members.map(\.key)
    }

    /// The exact text of a string or number, or of a boolean.
    package var text: String? {
        switch self {
        case .string(let text): text
        case .number(let digits): digits
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}

extension JSON {
    /// The value as Lua code sees it: integers that fit 64 bits, larger ones as their digits.
    package var luaValue: LuaValue {
        switch self {
        case .null: return .null
        case .bool(let value): return .boolean(value)
        case .string(let text): return .string(text)
        case .number(let digits):
            if let value = Int64(digits) { return .integer(value) }
            let isWhole = !digits.contains { ".eE".contains($0) }
            return isWhole ? .string(digits) : .number(Double(digits) ?? .nan)
        case .array(let items):
            return .table(LuaTable(items: items.map(\.luaValue), isArray: true))
        case .object(let members):
            return .table(
                LuaTable(
                    fields: Dictionary(
                        members.map { (.string($0.key), $0.value.luaValue) },
                        uniquingKeysWith: { $1 }
                    )
                )
            )
        }
    }
}
