import CLuaVM

/// The owner of one `lua_State`: frees it when it goes away.
@safe
struct LuaState: ~Copyable {
    private let pointer: OpaquePointer

    /// Makes a sandboxed state that offers the host's names.
    ///
    /// - Throws: `LuaFailure.outOfMemory` when not even the libraries fit under the cap.
    init(memoryBytesMaximum: Int, host: LuaHost) throws(LuaFailure) {
        guard let pointer = unsafe luavm_create(memoryBytesMaximum) else {
            throw .outOfMemory(at: nil)
        }
        guard unsafe Self.define(host, in: pointer) else {
            unsafe luavm_destroy(pointer)
            throw .outOfMemory(at: nil)
        }
        unsafe self.pointer = pointer
    }

    private static func define(_ host: LuaHost, in pointer: OpaquePointer) -> Bool {
        for (code, name) in host.operations.enumerated() {
            guard unsafe luavm_define(pointer, name, UInt32(code)) else { return false }
        }
        for (index, name) in host.families.enumerated() {
            let code = UInt32(host.operations.count + index)
            guard unsafe luavm_define_family(pointer, name, code) else { return false }
        }
        return host.markers.allSatisfy { unsafe luavm_define_identity(pointer, $0) }
    }

    deinit { unsafe luavm_destroy(pointer) }

    /// Bytes in use.
    var memoryBytes: Int { unsafe luavm_memory(pointer) }

    borrowing func load(
        _ source: String,
        name: String,
        arguments: [LuaValue],
        exportsFunctions: Bool,
        budget: LuaBudget
    ) throws(LuaFailure) -> LuaTask {
        let bytes = Array(source.utf8)
        let encoded = LuaValueWriter.list(arguments)
        let task = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe encoded.withUnsafeBufferPointer { arguments in
                let source = unsafe luavm_bytes(bytes: buffer.baseAddress, count: buffer.count)
                let arguments = unsafe luavm_bytes(
                    bytes: arguments.baseAddress, count: arguments.count)
                return unsafe luavm_load(
                    pointer, source, name.hasPrefix("=") ? name : "@" + name, arguments,
                    exportsFunctions, budget.processorTime.nanoseconds)
            }
        }
        guard let task = unsafe task else { throw .outOfMemory(at: nil) }
        budget.spend(.nanoseconds(Int64(clamping: unsafe luavm_spent_ns(task))))
        return unsafe LuaTask(task)
    }

    borrowing func call(
        _ function: LuaFunction,
        _ arguments: [LuaValue],
        exportsFunctions: Bool,
        budget: LuaBudget
    ) throws(LuaFailure) -> LuaTask {
        let bytes = LuaValueWriter.list(arguments)
        budget.spend(LuaLimits.byteCost * bytes.count)
        let task = unsafe bytes.withUnsafeBufferPointer { buffer in
            let arguments = unsafe luavm_bytes(bytes: buffer.baseAddress, count: buffer.count)
            return unsafe luavm_call(
                pointer, function.handle, arguments, exportsFunctions,
                budget.processorTime.nanoseconds)
        }
        guard let task = unsafe task else { throw .outOfMemory(at: nil) }
        budget.spend(.nanoseconds(Int64(clamping: unsafe luavm_spent_ns(task))))
        return unsafe LuaTask(task)
    }

    /// Forgets a function that was exported.
    borrowing func release(_ function: LuaFunction) {
        unsafe luavm_release(pointer, function.handle)
    }
}
