import CLuaVM

/// What a Lua function made of its texts.
enum LuaReply: Hashable {
    case text([UInt8])
    /// It used up its time or memory, or raised an error.
    case stopped
}

/// A function of the sandbox that takes texts and gives one, byte for byte.
///
/// `LuaMachine` cannot do that: its texts are Unicode, and its calls suspend.
@safe
struct SandboxFunction: ~Copyable {
    private let machine: OpaquePointer
    private let handle: UInt32

    /// Processor time of one call unless it is given less.
    private static let budgetNanoseconds: UInt64 = 2_000_000_000
    private static let memoryBytes = 32 << 20

    /// Runs a chunk and keeps the function that it returns.
    static func of(_ chunk: String) throws(FuzzFinding) -> SandboxFunction {
        guard let machine = unsafe luavm_create(memoryBytes) else {
            throw FuzzFinding("there is no memory for a sandbox")
        }
        let source = Array(chunk.utf8)
        let task = unsafe source.withUnsafeBufferPointer { source in
            let source = unsafe luavm_bytes(bytes: source.baseAddress, count: source.count)
            return unsafe luavm_load(
                machine, source, "=fuzz", luavm_bytes(), true, budgetNanoseconds)
        }
        // Five bytes come before the handle: how many values there are, and the tag.
        let output = unsafe finish(task, budgetNanoseconds) ?? []
        guard output.count == 9, output[4] == UInt8(LUAVM_TAG_FUNCTION.rawValue) else {
            unsafe luavm_destroy(machine)
            throw FuzzFinding("the chunk gave no function")
        }
        let handle = output[5...].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        return unsafe SandboxFunction(machine: machine, handle: handle)
    }

    private init(machine: OpaquePointer, handle: UInt32) {
        unsafe self.machine = machine
        self.handle = handle
    }

    deinit { unsafe luavm_destroy(machine) }

    /// Calls the function.
    func call(
        _ arguments: [[UInt8]],
        budgetNanoseconds: UInt64 = Self.budgetNanoseconds
    ) -> LuaReply {
        var bytes = Self.bytes(of: arguments.count)
        for argument in arguments {
            bytes.append(UInt8(LUAVM_TAG_STRING.rawValue))
            bytes += Self.bytes(of: argument.count) + argument
        }
        let task = unsafe bytes.withUnsafeBufferPointer { bytes in
            let bytes = unsafe luavm_bytes(bytes: bytes.baseAddress, count: bytes.count)
            return unsafe luavm_call(machine, handle, bytes, false, budgetNanoseconds)
        }
        guard let output = unsafe Self.finish(task, budgetNanoseconds), output.count >= 9,
            output[4] == UInt8(LUAVM_TAG_STRING.rawValue)
        else { return .stopped }
        return .text(Array(output[9...]))
    }

    // The output of a task that came to its end.
    private static func finish(_ task: OpaquePointer?, _ budget: UInt64) -> [UInt8]? {
        guard let task = unsafe task else { return nil }
        defer { unsafe luavm_task_free(task) }
        let event = unsafe luavm_step(task, true, luavm_bytes(), budget, budget)
        guard event == LUAVM_DONE else { return nil }
        let output = unsafe luavm_output(task)
        return unsafe Array(UnsafeBufferPointer(start: output.bytes, count: output.count))
    }

    private static func bytes(of count: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
    }
}
