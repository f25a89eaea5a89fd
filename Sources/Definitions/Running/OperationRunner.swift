package import LuaSandbox
package import OrderKernel

/// Performs the operations of one definition: builds the request, has it sent, reads the reply.
package struct OperationRunner: Sendable {
    package let definition: ProviderDefinition
    private let environment: OperationEnvironment
    /// Within a function: what its outermost call has done.
    private var trace: FunctionTrace?
    private var depth = 0
    /// What all calls share; each has its own without one.
    private let budget: LuaBudget?

    package init(
        _ definition: ProviderDefinition,
        environment: OperationEnvironment,
        budget: LuaBudget? = nil
    ) {
        self.definition = definition
        self.environment = environment
        self.budget = budget
    }

    /// Performs an operation.
    ///
    /// - Throws: `MoonlineError` with a code of the closed list.
    package func perform(
        _ name: String,
        _ arguments: Arguments
    ) async throws(MoonlineError) -> OperationResult {
        guard let operation = definition.operations[name] else {
            let known = definition.operations.keys.sorted()
            let near = NearestNames.of(name, among: known, limit: 1).first
            throw MoonlineError(
                .unsupported,
                "\(definition.id) has no operation '\(name)'"
                    + (near.map { ", did you mean '\($0)'?" } ?? ""))
        }
        switch operation.body {
        case .request(let template, let reply):
            var request = try template.request(arguments, operation: name)
            request.buys = operation.costs
            let response = try await environment.send(request)
            let (inner, trace) = withTrace()
            let result = try await inner.read(response, operation, reply)
            return Self.telling(trace.unread, result, operation)
        case .function(let function):
            return try await run(function, operation, arguments)
        }
    }

    // All functions that one reply needs share a budget, however many items it has.
    private func withTrace() -> (runner: Self, trace: FunctionTrace) {
        if let trace { return (self, trace) }
        let trace = FunctionTrace(budget: budget ?? LuaBudget(.function))
        var inner = Self(definition, environment: trace.noting(environment))
        inner.trace = trace
        return (inner, trace)
    }

    private func read(
        _ response: ProviderResponse,
        _ operation: Operation,
        _ rule: ReplyRule
    ) async throws(MoonlineError) -> OperationResult {
        let reader = ReplyReader(definition: definition, operation: operation, rule: rule)
        return try await reader.read(response) { function, values throws(MoonlineError) in
            do throws(MoonlineError) {
                return try await self.call(
                    function, values, within: operation, isAnswered: operation.costs)
            } catch {
                // The reply is here, whatever the function says.
                var error = error
                error.isUnsent = false
                throw error
            }
        }
    }

    private func run(
        _ function: LuaFunction,
        _ operation: Operation,
        _ arguments: Arguments
    ) async throws(MoonlineError) -> OperationResult {
        let (inner, trace) = withTrace()
        let values: [LuaValue]
        do throws(MoonlineError) {
            values = try await inner.call(function, [arguments.luaValue], within: operation)
        } catch {
            // What it did not find may be what could not be read.
            guard error.code == .notFound, let reason = trace.unread.first else { throw error }
            throw MoonlineError(.protocol, "\(definition.id): \(reason)")
        }
        let normalizer = RecordNormalizer(definition, operation)
        guard let value = values.first, !value.isAbsent else {
            if operation.common.map({ !$0.isRead && $0.requiredFields.isEmpty }) ?? true {
                return .nothing
            }
            throw MoonlineError(.protocol, "the function of \(operation.name) returned nothing")
        }
        return Self.telling(trace.unread, try await normalizer.result(value), operation)
    }

    // A list of orders that was made of others is as whole as they are.
    private static func telling(
        _ unread: [String],
        _ result: OperationResult,
        _ operation: Operation
    ) -> OperationResult {
        guard operation.common == .list, case .list(let records, let own, let ids) = result else {
            return result
        }
        return .list(records, unread: own + unread, unreadIDs: unread.isEmpty ? ids : nil)
    }

    private func call(
        _ function: LuaFunction,
        _ values: [LuaValue],
        within operation: Operation,
        isAnswered: Bool = false
    ) async throws(MoonlineError) -> [LuaValue] {
        guard let machine = definition.machine else {
            throw MoonlineError(.internal, "\(definition.id) has lost its Lua machine")
        }
        guard depth < FunctionTrace.depthMaximum else {
            throw MoonlineError(
                .protocol,
                "\(definition.file): the functions of \(operation.name) "
                    + "call each other without an end")
        }
        var (inner, trace) = withTrace()
        if isAnswered { trace.noteAccepted() }
        inner.depth += 1
        let host = FunctionHost(
            runner: inner, environment: inner.environment, operation: operation.name, trace: trace
        )
        do {
            return try await machine.call(
                function, values, budget: trace.budget, handler: host.handler
            )
        } catch {
            var error = FunctionHost.error(
                error, definition: definition, operation: operation.name
            )
            // Its last request may have stayed here; an earlier one has left.
            // The key goes with all but GET: without such a request nothing was bought under it.
            let isRead = operation.costs && definition.idempotency != nil && trace.hasOnlyRead
            if trace.hasSent { error.isUnsent = isRead }
            if operation.costs, trace.hasGoneOn, PurchaseVerdict(error) != .unknown {
                error.code = .protocol
                error.message = "after the purchase was accepted: " + error.message
            }
            throw error
        }
    }
}
