import ArgumentParser
import Definitions
import Moonline
import OrderKernel

/// Turns a live call into a test of the file.
struct ProviderRecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Make one call with a real key, and print it as a test for the file.",
        discussion: """
            Keys are not in the test; look it over for what else should not be shared. An
            operation that is refused becomes a test of the error. Buying needs --spend.

            Example: moonline provider record smscode balance
            """
    )

    @Argument(help: "A definition file, or the id of a provider.")
    var file: String

    @Argument(help: "The operation, such as balance.")
    var operation: String

    @Argument(help: "Its arguments, as key=value.")
    var arguments: [String] = []

    @Flag(help: "Let `buy` spend money; the number stays open.")
    var spend = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        await LiveCall.run(file, operation, arguments, maySpend: spend, invocation) {
            call, engine, path async throws(MoonlineError) in
            let console = invocation.console
            let used = try await Self.perform(call, engine, console)
            // Of one request that was repeated, the last answer counts.
            let isFunction = call.definition.operations[call.operation]?.isFunction ?? false
            let exchanges = call.exchanges.suffix(isFunction ? .max : 1).compactMap { exchange in
                (try? exchange.answer.get()).map {
                    RecordedTest.Exchange(request: exchange.request, response: $0)
                }
            }
            let test = await RecordedTest(
                call.definition, operation: call.operation, arguments: engine.redacted(used),
                exchanges: exchanges)
            console.print(text: test.text, as: "recorded")
            console.note("put it into tests = { … } of \(path)")
        }
    }

    // A refusal is worth a test as long as the provider answered.
    private static func perform(
        _ call: LiveCall,
        _ engine: Engine,
        _ console: Console
    ) async throws(MoonlineError) -> Arguments {
        do throws(MoonlineError) {
            return try await call.perform(engine, console)
        } catch {
            let isAnswered = call.exchanges.contains { (try? $0.answer.get()) != nil }
            let isPurchase = call.operation == CommonOperation.buy.rawValue
            guard isAnswered, !isPurchase, error.code != .cancelled else { throw error }
            return Arguments(text: call.arguments)
        }
    }
}
