import CLuaVM

/// Reads values in the byte encoding of the machine (`values.c`), which is trusted.
@safe
struct LuaValueReader {
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        unsafe self.bytes = bytes
    }

    /// A list of values.
    mutating func list() -> [LuaValue] {
        guard unsafe bytes.count >= 4 else { return [] }
        return (0..<count()).map { _ in value() }
    }

    private mutating func raw<Value: BitwiseCopyable>(_: Value.Type) -> Value {
        defer { offset += MemoryLayout<Value>.size }
        return unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Value.self)
    }

    private mutating func count() -> Int { Int(raw(UInt32.self)) }

    private mutating func text() -> String {
        let count = count()
        defer { offset += count }
        return unsafe String(decoding: bytes[offset..<offset + count], as: UTF8.self)
    }

    private mutating func value() -> LuaValue {
        switch luavm_tag(UInt32(raw(UInt8.self))) {
        case LUAVM_TAG_FALSE: .boolean(false)
        case LUAVM_TAG_TRUE: .boolean(true)
        case LUAVM_TAG_INTEGER: .integer(raw(Int64.self))
        case LUAVM_TAG_NUMBER: .number(Double(bitPattern: raw(UInt64.self)))
        case LUAVM_TAG_STRING: .string(text())
        case LUAVM_TAG_TABLE: .table(table())
        case LUAVM_TAG_NULL: .null
        case LUAVM_TAG_FUNCTION: .function(LuaFunction(handle: raw(UInt32.self)))
        default: .nil
        }
    }

    private mutating func table() -> LuaTable {
        var table = LuaTable(isArray: raw(UInt8.self) != 0)
        table.items = (0..<count()).map { _ in value() }
        for _ in 0..<count() {
            let key = value()
            let value = value()
            switch key {
            case .string(let text): table.fields[.string(text)] = value
            case .integer(let position): table.fields[.integer(position)] = value
            case .number(let position): table.fields[.number(position)] = value
            case .boolean(let flag): table.fields[.boolean(flag)] = value
            default: break
            }
        }
        return table
    }
}
