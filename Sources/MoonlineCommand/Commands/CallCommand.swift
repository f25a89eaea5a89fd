import ArgumentParser
import LuaSandbox
import Moonline
import OrderKernel

/// Any operation that costs nothing.
struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Perform any operation of a definition that costs nothing.",
        discussion: """
            `moonline provider explain ID` shows all operations of a provider. The answer is JSON.

            Example: moonline call virtualsms transactions limit=2
            """
    )

    @Argument(help: "The account or provider.")
    var provider: String

    @Argument(help: "The operation, such as profile.")
    var operation: String

    @Argument(help: "Its arguments, as key=value.")
    var arguments: [String] = []

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        await invocation.run { [self] (engine) async throws(MoonlineError) in
            let values = try OperationArguments.values(of: arguments)
            let answer = try await engine.call(provider, operation, values)
            if case .array(let items) = answer, !items.isEmpty {
                for item in items { invocation.console.print(item) }
            } else {
                invocation.console.print(answer)
            }
        }
    }
}
