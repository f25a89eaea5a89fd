import CLuaVM

/// Writes values in the byte encoding of the machine (`values.c`).
struct LuaValueWriter {
    private(set) var bytes: [UInt8] = []

    /// The encoding of a list of values.
    static func list(_ values: [LuaValue]) -> [UInt8] {
        var writer = LuaValueWriter()
        writer.put(count: values.count)
        for value in values { writer.put(value) }
        return writer.bytes
    }

    private mutating func put(tag: luavm_tag) { bytes.append(UInt8(tag.rawValue)) }

    private mutating func put(count: Int) { put(raw: UInt32(count)) }

    private mutating func put(raw: some FixedWidthInteger) {
        unsafe withUnsafeBytes(of: raw) { unsafe bytes.append(contentsOf: $0) }
    }

    private mutating func put(text: String) {
        put(tag: LUAVM_TAG_STRING)
        put(count: text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func put(_ value: LuaValue) {
        switch value {
        case .nil: put(tag: LUAVM_TAG_NIL)
        case .null: put(tag: LUAVM_TAG_NULL)
        case .boolean(let value): put(tag: value ? LUAVM_TAG_TRUE : LUAVM_TAG_FALSE)
        case .integer(let value):
            put(tag: LUAVM_TAG_INTEGER)
            put(raw: value)
        case .number(let value):
            put(tag: LUAVM_TAG_NUMBER)
            put(raw: value.bitPattern)
        case .string(let text): put(text: text)
        case .table(let table): put(table)
        case .function(let function):
            put(tag: LUAVM_TAG_FUNCTION)
            put(raw: function.handle)
        }
    }

    private mutating func put(_ table: LuaTable) {
        put(tag: LUAVM_TAG_TABLE)
        bytes.append(table.isArray ? 1 : 0)
        put(count: table.items.count)
        for item in table.items { put(item) }
        put(count: table.fields.count)
        for (key, value) in table.fields {
            switch key {
            case .string(let text): put(text: text)
            case .integer(let key): put(.integer(key))
            case .number(let key): put(.number(key))
            case .boolean(let key): put(.boolean(key))
            }
            put(value)
        }
    }
}
