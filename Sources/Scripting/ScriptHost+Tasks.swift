import Definitions
import LuaSandbox
import Synchronization

/// Functions of a script that run while others wait.
extension ScriptHost {
    private static func functions(_ arguments: [LuaValue]) -> [LuaFunction] {
        (arguments.first?.table?.items ?? []).compactMap { value in
            if case .function(let function) = value { function } else { nil }
        }
    }

    private func call(_ function: LuaFunction) async throws -> LuaValue {
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
            "more than \(TaskLedger.tasksMaximum) tasks run at once; give task.all a smaller "
                + "at_once")
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
        try await releasing(functions, atOnce: min(atOnce, functions.count)) { places in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, function) in functions.enumerated() {
                    if index >= atOnce { try await group.next() }
                    group.addTask { _ = try await self.call(function) }
                }
                // No other task follows in the place of one that ends now.
                while try await group.next() != nil { places.leaveOne() }
            }
        }
    }

    // However it ends, the machine need not keep the functions any longer.
    private func releasing(
        _ functions: [LuaFunction],
        atOnce: Int,
        _ body: (TaskLedger.Places) async throws -> Void
    ) async throws {
        do {
            // Before any of them begins: each costs the host memory that is not the script's.
            guard let places = tasks.begin(atOnce) else { throw Self.tooManyTasks }
            defer { places.leaveAll() }
            try await body(places)
        } catch {
            for function in functions { await machine.release(function) }
            throw error
        }
        for function in functions { await machine.release(function) }
    }

    // The first task that has a result ends the others; what they bought is given back at the end.
    func race(_ arguments: [LuaValue]) async throws {
        let functions = Self.functions(arguments)
        guard functions.count <= TaskLedger.tasksMaximum else {
            throw LuaHostError("task.race takes at most \(TaskLedger.tasksMaximum) functions")
        }
        try await releasing(functions, atOnce: functions.count) { _ in
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
