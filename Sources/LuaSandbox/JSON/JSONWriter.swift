import CLuaVM

extension JSON {
    /// The value as compact JSON text, keys in their order.
    package var serialized: String {
        var out = ""
        write(into: &out)
        return out
    }

    private func write(into out: inout String) {
        switch self {
        case .null: out += "null"
        case .bool(let value): out += value ? "true" : "false"
        case .number(let digits): out += digits
        case .string(let text): JSON.write(text, into: &out)
        case .array(let items):
            out += "["
            for (index, item) in items.enumerated() {
                if index > 0 { out += "," }
                item.write(into: &out)
            }
            out += "]"
        case .object(let members):
            out += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { out += "," }
                JSON.write(member.key, into: &out)
                out += ":"
                member.value.write(into: &out)
            }
            out += "}"
        }
    }

    private static func write(_ text: String, into out: inout String) {
        out += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            case "\r": out += "\\r"
            case "\u{0}"..<"\u{20}":
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        out += "\""
    }
}

extension JSON {
    /// A Lua value as JSON: tables that are arrays or lists become arrays.
    ///
    /// - Throws: `JSONError` when a table is a list and has keys too, or holds a function.
    package init(_ value: LuaValue) throws(JSONError) {
        switch value {
        case .nil, .null: self = .null
        case .boolean(let value): self = .bool(value)
        case .integer(let value): self = .number(String(value))
        case .number(let value):
            guard value.isFinite else { throw Self.noForm("a number that is not finite") }
            self = .number(Self.digits(of: value))
        case .string(let text): self = .string(text)
        case .function: throw Self.noForm("a function")
        case .table(let table): try self.init(table)
        }
    }

    // As json.encode writes it in Lua: what a file signs is what is sent.
    private static func digits(of value: Double) -> String {
        let bytes = unsafe [CChar](unsafeUninitializedCapacity: LUAVM_NUMBER_BYTES) {
            buffer, count in
            guard let start = buffer.baseAddress else { return }
            unsafe count = luavm_number_text(value, start)
        }
        return String(decoding: bytes.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private init(_ table: LuaTable) throws(JSONError) {
        if table.isArray || !table.items.isEmpty {
            guard table.fields.isEmpty else { throw Self.noForm("a list with the key of a record") }
            var items: [JSON] = []
            for item in table.items { items.append(try JSON(item)) }
            self = .array(items)
            return
        }
        guard table.namedFields.count == table.fields.count else {
            throw Self.noForm("a table with a key that is no text")
        }
        var members: [Member] = []
        for (key, value) in table.namedFields { members.append(Member(key, try JSON(value))) }
        self = .object(members)
    }

    private static func noForm(_ what: String) -> JSONError {
        JSONError(line: 1, column: 1, reason: "\(what) has no JSON form")
    }
}
