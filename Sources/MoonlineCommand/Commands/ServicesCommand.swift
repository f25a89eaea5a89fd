import ArgumentParser
import LuaSandbox
import Moonline
import OrderKernel

/// The services of an account.
struct ServicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "services",
        abstract: "List the services that an account offers.",
        discussion: "Example: moonline services legitsms"
    )

    @Argument(help: "The account or provider.")
    var provider: String

    @Option(help: "Only those of a country, where the provider tells them apart.")
    var country: String?

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        await invocation.run { [provider, country] (engine) async throws(MoonlineError) in
            let rows = try await engine.services(of: provider, country: country)
            CatalogueList(rows: rows).show(invocation)
        }
    }
}
