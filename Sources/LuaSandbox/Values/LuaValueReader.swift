import CLuaVM

/// Reads values in the byte encoding of the machine (`values.c`).
///
/// The machine is trusted, its bytes are not: what goes beyond their end reads as nothing.
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
        return values(count())
    }

    private var left: Int { unsafe bytes.count - offset }

    // A value has at least its tag.
    private mutating func values(_ count: Int) -> [LuaValue] {
        (0..<min(count, left)).map { _ in value() }
    }

    private mutating func raw<Value: FixedWidthInteger & BitwiseCopyable>(_: Value.Type) -> Value {
        guard left >= MemoryLayout<Value>.size else {
            offset = unsafe bytes.count
            return 0
        }
        defer { offset += MemoryLayout<Value>.size }
        return unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Value.self)
    }

    private mutating func count() -> Int { Int(raw(UInt32.self)) }

    private mutating func text() -> String {
        let count = min(count(), left)
        defer { offset += count }
        return unsafe StreamSafeText.decode(bytes[offset..<offset + count])
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
        table.items = values(count())
        for _ in 0..<min(count(), left) {
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
