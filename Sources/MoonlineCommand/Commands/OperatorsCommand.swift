import ArgumentParser
import LuaSandbox
import Moonline
import OrderKernel

/// The networks of a country.
struct OperatorsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "operators",
        abstract: "List the mobile networks that an account offers in a country.",
        discussion: "Example: moonline operators legitsms --country ID"
    )

    @Argument(help: "The account or provider.")
    var provider: String

    @Option(help: "ISO country code; =6 hands the provider's own id over.")
    var country: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        await invocation.run { [provider, country] (engine) async throws(MoonlineError) in
            let rows = try await engine.operators(of: provider, country: country)
            CatalogueList(rows: rows).show(invocation)
        }
    }
}
