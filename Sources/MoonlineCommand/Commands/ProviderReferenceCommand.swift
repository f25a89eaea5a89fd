import ArgumentParser
import Definitions
import OrderKernel

/// Every key, field and function of the format.
struct ProviderReferenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reference",
        abstract: "Print every key, operation, field, error code and function, as Markdown.",
        discussion: "Example: moonline provider reference | less"
    )

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        await invocation.runBare { _ in
            invocation.console.print(text: FormatReference.text, as: "reference")
        }
    }
}
