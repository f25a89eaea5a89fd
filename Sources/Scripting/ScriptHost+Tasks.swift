import Definitions
import LuaSandbox
import Synchronization

/// Functions of a script that run while others wait.
extension ScriptHost {
    /// Tasks of a script that run at the same time, those within others included.
    private static let tasksMaximum = 64

    private static func functions(_ arguments: [LuaValue]) -> [LuaFunction] {
        (arguments.first?.table?.items ?? []).compactMap { value in
            if case .function(let function) = value { function } else { nil }
        }
    }

    private func call(_ function: LuaFunction) async throws -> LuaValue {
        let isWithin = liveTasks.withLock { count in
            count += 1
            return count <= Self.tasksMaximum
        }
        defer { liveTasks.withLock { $0 -= 1 } }
        guard isWithin else { throw Self.tooManyTasks }
        do {
            let values = try await machine.call(
                function, [], budget: budget, exportsFunctions: true
            ) { [self] name, arguments in
                try await perform(name, arguments)
            }
            return values.first ?? .nil
        } catch LuaFailure.raised(let value) {
            guard let text = value.text else { throw LuaHostError(value) }
            let message = ScriptPrelude.withoutFrames(text).joined(separator: "\n")
            throw LuaHostError(LuaValue.string(message).failureLine)
        } catch LuaFailure.cancelled {
            throw CancellationError()
        } catch LuaFailure.outOfTime(let place) {
            throw LuaHostError(Self.told("a task computes for too long; look for a loop", place))
        } catch LuaFailure.tooManyCalls(let place) {
            throw LuaHostError(Self.told("a task waits too often; look for a loop", place))
        } catch LuaFailure.outOfMemory(let place) {
            throw LuaHostError(
                Self.told("a task needs too much memory; keep less of it at a time", place))
        }
    }

    private static var tooManyTasks: LuaHostError {
        LuaHostError(
            "more than \(tasksMaximum) tasks run at once; give task.all a smaller at_once")
    }

    private static func told(_ text: String, _ place: LuaPlace?) -> String {
        place.map { "\($0): \(text)" } ?? text
    }

    func all(_ arguments: [LuaValue]) async throws {
        let functions = Self.functions(arguments)
        var atOnce = functions.count
        if arguments.count > 1, case .integer(let count) = arguments[1] {
            atOnce = max(1, Int(clamping: count))
        }
        // Before any of them begins: each costs the host memory that is not the script's.
        guard min(atOnce, functions.count) <= Self.tasksMaximum else { throw Self.tooManyTasks }
        try await releasing(functions) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, function) in functions.enumerated() {
                    if index >= atOnce { try await group.next() }
                    group.addTask { _ = try await self.call(function) }
                }
                try await group.waitForAll()
            }
        }
    }

    // However it ends, the machine need not keep the functions any longer.
    private func releasing(
        _ functions: [LuaFunction],
        _ body: () async throws -> Void
    ) async throws {
        do {
            try await body()
        } catch {
            for function in functions { await machine.release(function) }
            throw error
        }
        for function in functions { await machine.release(function) }
    }

    // The first task that has a result ends the others; what they bought is given back at the end.
    func race(_ arguments: [LuaValue]) async throws {
        let functions = Self.functions(arguments)
        guard functions.count <= Self.tasksMaximum else {
            throw LuaHostError("task.race takes at most \(Self.tasksMaximum) functions")
        }
        try await releasing(functions) {
            try await withThrowingTaskGroup(of: LuaValue.self) { group in
                for function in functions { group.addTask { try await self.call(function) } }
                while let result = try await group.next() {
                    if result == true { break }
                }
                group.cancelAll()
                while let ended = await group.nextResult() { _ = ended }
            }
        }
    }
}
