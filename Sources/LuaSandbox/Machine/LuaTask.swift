import CLuaVM

/// The owner of one coroutine; it may not outlive its `LuaState`.
@safe
struct LuaTask: ~Copyable {
    private let pointer: OpaquePointer

    /// What a step led to.
    enum Event {
        case done([LuaValue])
        /// The arguments take so much memory.
        case trap(code: Int, arguments: [LuaValue], bytes: Int)
        case preempted
        case failed(LuaFailure)
    }

    init(_ pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    deinit { unsafe luavm_task_free(pointer) }

    /// Runs on; `reply` answers the trap that the previous step led to.
    borrowing func step(_ reply: Result<[LuaValue], LuaHostError>, _ budget: LuaBudget) -> Event {
        var succeeded = true
        let bytes: [UInt8]
        switch reply {
        case .success(let values): bytes = LuaValueWriter.list(values)
        case .failure(let error):
            succeeded = false
            bytes = LuaValueWriter.list([error.value])
        }
        let event = unsafe bytes.withUnsafeBufferPointer { buffer in
            let reply = unsafe luavm_bytes(bytes: buffer.baseAddress, count: buffer.count)
            return unsafe luavm_step(
                pointer, succeeded, reply,
                LuaLimits.slice.nanoseconds, budget.processorTime.nanoseconds
            )
        }
        budget.spend(.nanoseconds(Int64(clamping: unsafe luavm_spent_ns(pointer))))
        switch event {
        case LUAVM_DONE: return .done(output(budget))
        case LUAVM_TRAP:
            let bytes = unsafe luavm_output_memory(pointer)
            return .trap(
                code: Int(unsafe luavm_trap_code(pointer)), arguments: output(budget), bytes: bytes)
        case LUAVM_PREEMPTED: return .preempted
        case LUAVM_KILLED: return .failed(.outOfTime(at: place))
        case LUAVM_NO_MEMORY: return .failed(.outOfMemory(at: place))
        default: return .failed(.raised(output(budget).first ?? "unknown error"))
        }
    }

    /// Where it is, when it was killed, had no memory or called the host.
    var place: LuaPlace? {
        let line = Int(unsafe luavm_line(pointer))
        return line > 0
            ? LuaPlace(file: unsafe String(cString: luavm_file(pointer)), line: line) : nil
    }

    private borrowing func output(_ budget: LuaBudget) -> [LuaValue] {
        let bytes = unsafe luavm_output(pointer)
        let buffer = unsafe UnsafeRawBufferPointer(start: bytes.bytes, count: bytes.count)
        // Reading it is work that the code made.
        unsafe budget.spend(LuaLimits.byteCost * bytes.count)
        var reader = unsafe LuaValueReader(buffer)
        defer { unsafe luavm_forget_output(pointer) }
        return reader.list()
    }
}

extension Duration {
    var nanoseconds: UInt64 {
        let parts = components
        return UInt64(clamping: parts.seconds) * 1_000_000_000
            + UInt64(clamping: parts.attoseconds / 1_000_000_000)
    }
}
