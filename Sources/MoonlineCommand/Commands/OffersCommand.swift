import ArgumentParser
import LuaSandbox
import Moonline
import OrderKernel

/// Price and stock, side by side.
struct OffersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "offers",
        abstract: "Show price and stock of every account side by side, cheapest first.",
        discussion: "Example: moonline offers --service whatsapp --country ID,GB"
    )

    @Option(help: "The service, such as whatsapp; =wa hands the provider's own id over.")
    var service: String

    @Option(help: "ISO country codes, such as ID or ID,GB; all by default.")
    var country: String?

    @Option(help: "Accounts or providers, separated by commas; all by default.")
    var provider: String?

    @Option(name: .customLong("operator"), help: "The mobile network, by the provider's name.")
    var operatorName: String?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        try BuyOptions.check(service: service)
        try BuyOptions.check(country, "--country", "leave it out for all countries")
        try BuyOptions.check(provider, "--provider", "leave it out for all accounts")
    }

    func run() async throws {
        let invocation = Invocation(options)
        let countries = BuyOptions.list(country ?? "")
        let providers = BuyOptions.list(provider ?? "")
        await invocation.run { [service, operatorName] (engine) async throws(MoonlineError) in
            let spinner = Spinner(console: invocation.console, clock: invocation.clock)
            spinner.set("asking for offers")
            let found = try await spinner.spinning { () async throws(MoonlineError) in
                try await engine.offers(
                    service: service, countries: countries, providers: providers,
                    operatorName: operatorName
                )
            }
            try Invocation.checkGoesOn()
            for error in found.failures where !found.offers.isEmpty {
                if invocation.console.isJSON {
                    invocation.console.print(
                        Documents.setback("skipped", error, account: error.provider))
                } else {
                    invocation.console.note("\(error.provider ?? "account"): \(error.message)")
                }
            }
            guard !found.offers.isEmpty else {
                throw FallbackRule.verdict(found.failures, service: service)
            }
            OfferList(offers: found.offers).show(invocation)
        }
    }
}
