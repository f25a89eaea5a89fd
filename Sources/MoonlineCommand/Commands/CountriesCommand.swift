import ArgumentParser
import LuaSandbox
import Moonline
import OrderKernel

/// The countries of an account.
struct CountriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "countries",
        abstract: "List the countries that an account offers.",
        discussion: "Example: moonline countries virtualsms"
    )

    @Argument(help: "The account or provider.")
    var provider: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        await invocation.run { [provider] (engine) async throws(MoonlineError) in
            CatalogueList(rows: try await engine.countries(of: provider)).show(invocation)
        }
    }
}
