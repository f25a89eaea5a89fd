import Definitions
import LuaSandbox
import Moonline
import OrderKernel
import Synchronization

/// One call with a real key, for authors of definitions.
struct LiveCall: Sendable {
    let definition: ProviderDefinition
    let operation: String
    let arguments: [String: String]
    /// Whether it may spend money.
    let maySpend: Bool
    private let observed: Observations

    /// What was seen, in the order of the requests.
    private final class Observations: Sendable {
        let exchanges = Mutex<[ObservedExchange]>([])
    }

    /// - Parameter arguments: as `key=value`.
    /// - Throws: `MoonlineError` with `invalid`.
    init(
        _ definition: ProviderDefinition,
        _ operation: String,
        _ arguments: [String],
        maySpend: Bool
    ) throws(MoonlineError) {
        self.definition = definition
        self.operation = operation
        self.arguments = try OperationArguments.values(of: arguments)
        self.maySpend = maySpend
        observed = Observations()
    }

    /// Runs a body with an engine that uses the file and is watched, and ends the process with the
    /// right status.
    static func run(
        _ file: String,
        _ operation: String,
        _ arguments: [String],
        maySpend: Bool,
        _ invocation: Invocation,
        _ body: @escaping @Sendable (LiveCall, Engine, String) async throws(MoonlineError) -> Void
    ) async -> Never {
        await invocation.runBare { work async throws(MoonlineError) in
            let (definition, path) = try await DefinitionFiles(invocation).definition(file)
            let call = try LiveCall(definition, operation, arguments, maySpend: maySpend)
            let engine = try await Engine(
                configuration: call.configuration(invocation, path: path))
            let failure = await work.run { () async throws(MoonlineError) in
                try await body(call, engine, path)
            }
            await engine.shutDown()
            if let failure { throw failure }
        }
    }

    /// The configuration of an engine that uses the file at `path` and is watched.
    private func configuration(_ invocation: Invocation, path: String) -> EngineConfiguration {
        var configuration = invocation.configuration
        configuration.definitionFile = path
        configuration.exchangeObserver = { [observed] exchange in
            observed.exchanges.withLock { $0.append(exchange) }
        }
        return configuration
    }

    /// The requests of the operation that were made, with their answers.
    var exchanges: [ObservedExchange] {
        observed.exchanges.withLock { all in all.filter { $0.request.operation == operation } }
    }

    /// Where its requests carry the key.
    var credentialPlace: String { definition.auth.schemes.values.map(\.label).sorted().first ?? "" }

    /// Makes the call.
    ///
    /// - Returns: the arguments that the operation had, by the provider's own ids.
    /// - Throws: `MoonlineError`.
    func perform(_ engine: Engine, _ console: Console) async throws(MoonlineError) -> Arguments {
        guard operation == CommonOperation.buy.rawValue else {
            _ = try await engine.call(definition.id, operation, arguments)
            return Arguments(text: arguments)
        }
        guard maySpend else {
            throw MoonlineError(
                .invalid,
                "buy costs money: add --spend, with service=… country=… max_price=…")
        }
        guard let service = arguments["service"], let country = arguments["country"] else {
            throw MoonlineError(.invalid, "buy needs service=whatsapp and country=ID, by any name")
        }
        let known = CommonOperation.buy.arguments
        if let name = arguments.keys.sorted().first(where: { !known.contains($0) }) {
            throw MoonlineError(
                .invalid, "buy has no argument '\(name)', it has \(known.joined(separator: ", "))")
        }
        let maximum = arguments["max_price"].map { Money(argument: $0) }
        if maximum == .some(nil) {
            throw MoonlineError(.invalid, "max_price is no amount, write 1.50 or 20000IDR")
        }
        let number = try await engine.buy(
            anyOf: [country], service: service, providers: [definition.id],
            operatorName: arguments["operator"],
            maximumPrice: maximum ?? nil)
        let kept = try await engine.keep(number.id)
        console.note(
            "\(kept.phone) is yours, order \(kept.id); `moonline cancel \(kept.id)` gives it back")
        return try await engine.arguments(ofPurchase: kept.purchaseID)
    }
}
