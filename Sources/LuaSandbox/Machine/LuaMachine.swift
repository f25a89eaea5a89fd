/// A capped, killable Lua 5.4 machine.
///
/// Lua never calls Swift. A host operation encodes its arguments and yields; the actor awaits the
/// answer and steps the coroutine again, so no Swift frame ever lies between a Lua error and the
/// place that catches it. The actor's isolation is the machine's lock, and calls interleave at
/// host operations.
package actor LuaMachine {
    private let state: LuaState
    /// What the arguments of tasks that wait for the host take, about.
    private var waitingBytes = 0
    /// A quarter of the machine: one large value, or many small ones.
    private static let waitingBytesMaximum = LuaLimits.memoryBytesMaximum / 4
    private let names: [String]
    private let familyStart: Int

    /// Makes a machine with its own memory cap and globals.
    ///
    /// - Throws: `LuaFailure.outOfMemory` when the libraries do not fit under the cap.
    package init(
        host: LuaHost,
        memoryBytesMaximum: Int = LuaLimits.memoryBytesMaximum
    ) throws(LuaFailure) {
        state = try LuaState(memoryBytesMaximum: memoryBytesMaximum, host: host)
        names = host.names
        familyStart = host.operations.count
    }

    /// Bytes in use.
    package var memoryBytes: Int { state.memoryBytes }

    /// Runs a chunk of source text and returns its values.
    ///
    /// - Parameters:
    ///   - arguments: what the chunk gets as `...`.
    ///   - exportsFunctions: whether the values may hold functions, to be called later.
    /// - Throws: `LuaFailure`.
    package func run(
        _ source: String,
        name: String,
        arguments: [LuaValue] = [],
        limits: LuaLimits,
        exportsFunctions: Bool = false,
        handler: LuaHost.Handler? = nil
    ) async throws(LuaFailure) -> [LuaValue] {
        try await run(
            source, name: name, arguments: arguments, budget: LuaBudget(limits),
            exportsFunctions: exportsFunctions, handler: handler)
    }

    /// Runs a chunk of source text with what is left of a budget.
    ///
    /// - Throws: `LuaFailure`.
    package func run(
        _ source: String,
        name: String,
        arguments: [LuaValue] = [],
        budget: LuaBudget,
        exportsFunctions: Bool = false,
        handler: LuaHost.Handler? = nil
    ) async throws(LuaFailure) -> [LuaValue] {
        let task = try state.load(
            source, name: name, arguments: arguments, exportsFunctions: exportsFunctions,
            budget: budget)
        return try await finish(task, budget, handler)
    }

    /// Calls a function that `run` returned, or that was handed to a host operation.
    ///
    /// - Parameters:
    ///   - budget: what it may use, together with the calls that share it.
    ///   - exportsFunctions: whether what it hands out may hold functions.
    /// - Throws: `LuaFailure`.
    package func call(
        _ function: LuaFunction,
        _ arguments: [LuaValue],
        budget: LuaBudget,
        exportsFunctions: Bool = false,
        handler: LuaHost.Handler? = nil
    ) async throws(LuaFailure) -> [LuaValue] {
        let task = try state.call(
            function, arguments, exportsFunctions: exportsFunctions, budget: budget)
        return try await finish(task, budget, handler)
    }

    /// Forgets a function that is not called again.
    package func release(_ function: LuaFunction) { state.release(function) }

    private func finish(
        _ task: consuming LuaTask,
        _ budget: LuaBudget,
        _ handler: LuaHost.Handler?
    ) async throws(LuaFailure) -> [LuaValue] {
        // A task that is short enough meets no hook.
        guard budget.processorTime > .zero else { throw .outOfTime(at: task.place) }
        var reply: Result<[LuaValue], LuaHostError> = .success([])
        while true {
            let event = task.step(reply, budget)
            reply = .success([])
            switch event {
            case .done(let values): return values
            case .failed(let failure): throw failure
            case .preempted:
                if Task.isCancelled { throw .cancelled }
                await Task.yield()
            case .trap(let code, let arguments, let bytes):
                guard budget.takeHostCall() else { throw .tooManyCalls(at: task.place) }
                // The arguments of all tasks that wait are held outside of the machine.
                guard waitingBytes == 0 || waitingBytes + bytes <= Self.waitingBytesMaximum else {
                    reply = .failure(
                        LuaHostError("too many large values wait for the host; use fewer tasks"))
                    continue
                }
                waitingBytes += bytes
                defer { waitingBytes -= bytes }
                reply = try await perform(code, arguments, handler)
            }
        }
    }

    private func perform(
        _ code: Int,
        _ arguments: [LuaValue],
        _ handler: LuaHost.Handler?
    ) async throws(LuaFailure) -> Result<[LuaValue], LuaHostError> {
        let name = names[code]
        guard let handler else {
            return .failure(LuaHostError("\(name) cannot be called while a file loads"))
        }
        do {
            return .success(try await handler(name, arguments))
        } catch let error as LuaHostError {
            return .failure(error)
        } catch is CancellationError {
            throw .cancelled
        } catch {
            return .failure(LuaHostError(.string("\(name): \(error)")))
        }
    }
}
