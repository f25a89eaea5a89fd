import LuaSandbox
import OrderKernel
import Synchronization

@testable import Definitions

/// Performs an operation of a small definition against replies that are given beforehand.
struct OperationTrial {
    private let definition: ProviderDefinition
    private let replies: [Result<ProviderResponse, MoonlineError>]

    /// What happened.
    struct Outcome {
        var result: OperationResult?
        var error: MoonlineError?
        var requests: [ProviderRequest] = []
        var log: [String] = []
        var slept: [Duration] = []

        /// The result as JSON text, or the error's code.
        var text: String { result?.json.serialized ?? error?.code.rawValue ?? "" }
        /// The first request: verb, target and body.
        var sent: String {
            guard let request = requests.first else { return "" }
            let body = request.body.map { " " + String(decoding: $0, as: UTF8.self) } ?? ""
            return "\(request.method.verb) \(request.target)\(body)"
        }
    }

    /// - Parameter operations: the inside of the table of operations.
    init(
        _ operations: String,
        _ changes: [String: String] = [:],
        replies: [Result<ProviderResponse, MoonlineError>] = []
    ) async throws {
        var changes = changes
        changes["operations"] = "{ \(operations) }"
        definition = try await DefinitionText.load(DefinitionText.of(changes))
        self.replies = replies
    }

    init(
        _ operations: String,
        _ changes: [String: String] = [:],
        status: Int = 200,
        headers: [String: String] = [:],
        body: String
    ) async throws {
        let response = ProviderResponse(
            status: status, headers: headers.map { .init($0.key, $0.value) },
            body: Array(body.utf8)
        )
        try await self.init(operations, changes, replies: [.success(response)])
    }

    func perform(_ name: String, _ arguments: [String: LuaValue] = [:]) async -> Outcome {
        let seen = Mutex(Outcome())
        let pending = Mutex(replies)
        let environment = OperationEnvironment(
            send: { request throws(MoonlineError) in
                seen.withLock { $0.requests.append(request) }
                let reply = pending.withLock { $0.count > 1 ? $0.removeFirst() : $0.first }
                guard let reply else { throw MoonlineError(.network, "no reply", isUnsent: true) }
                return try reply.get()
            },
            sleep: { duration in seen.withLock { $0.slept.append(duration) } },
            log: { level, text in seen.withLock { $0.log.append("\(level): \(text)") } }
        )
        let runner = OperationRunner(definition, environment: environment)
        do throws(MoonlineError) {
            let result = try await runner.perform(name, Arguments(arguments))
            seen.withLock { $0.result = result }
        } catch {
            seen.withLock { $0.error = error }
        }
        return seen.withLock { $0 }
    }
}
