/// A Lua table by value: the items 1…n, then every other key.
package struct LuaTable: Sendable, Hashable {
    /// Marked with `json.array`, or decoded from a JSON array: stays `[]` when empty.
    package var isArray: Bool
    /// The values of the keys 1…n, without a hole.
    package var items: [LuaValue]
    /// The values of all other keys.
    package var fields: [Key: LuaValue]

    /// A key that is not an item's position.
    package enum Key: Sendable, Hashable {
        case string(String)
        case integer(Int64)
        case number(Double)
        case boolean(Bool)
    }

    package init(
        items: [LuaValue] = [],
        fields: [Key: LuaValue] = [:],
        isArray: Bool = false
    ) {
        self.items = items
        self.fields = fields
        self.isArray = isArray
    }

    /// A table with text keys.
    package init(_ fields: [String: LuaValue]) {
        self.init(fields: Dictionary(uniqueKeysWithValues: fields.map { (.string($0), $1) }))
    }

    /// The value at a text key, or `nil` when there is none.
    package subscript(key: String) -> LuaValue {
        fields[.string(key)] ?? .nil
    }

    /// The fields with text keys, in the order of the keys.
    package var namedFields: [(key: String, value: LuaValue)] {
        fields.compactMap { key, value in
            if case .string(let name) = key { (name, value) } else { nil }
        }
        .sorted { $0.key < $1.key }
    }
}

extension LuaTable.Key: CustomStringConvertible, Comparable {
    /// The key as it stands in a message.
    package var description: String {
        switch self {
        case .string(let text): text
        case .integer(let value): "[\(value)]"
        case .number(let value): "[\(value)]"
        case .boolean(let value): "[\(value)]"
        }
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.description < right.description
    }
}
