import ArgumentParser
import Moonline
import OrderKernel

/// What is bought, for `verify`, `buy` and `offers`.
struct BuyOptions: ParsableArguments {
    @Option(help: "The service, such as whatsapp; =wa hands the provider's own id over.")
    var service: String

    @Option(help: "ISO country codes, such as ID or ID,GB; =6 hands the provider's own id over.")
    var country: String

    @Option(help: "Accounts or providers to choose from, separated by commas; all by default.")
    var provider: String?

    @Option(name: .customLong("operator"), help: "The mobile network, by the provider's name.")
    var operatorName: String?

    @Option(
        name: .customLong("max-price"),
        help: "The most a number may cost: 1.50 is US dollars, 20000IDR names the currency."
    )
    var maximumPrice: String?

    @Option(
        help: """
            Which offer is tried first: by price, or by what numbers brought so far (each rate \
            is drawn from what is known of it; before the first number all are equally likely).
            """
    )
    var strategy = StrategyArgument(.cheapest)

    var countries: [String] { Self.list(country) }
    var providers: [String] { Self.list(provider ?? "") }

    /// - Throws: `ValidationError`.
    func money() throws -> Money? {
        guard let maximumPrice else { return nil }
        guard let money = Money(argument: maximumPrice) else {
            throw ValidationError(
                "--max-price '\(maximumPrice)' is no amount, write 1.50 or 20000IDR")
        }
        return money
    }

    func validate() throws {
        _ = try money()
        try Self.check(service: service)
        try Self.check(country, "--country", "write ID or ID,GB")
        try Self.check(provider, "--provider", "leave it out for all accounts")
    }

    /// A variable that is empty must not mean all there are.
    ///
    /// - Throws: `ValidationError`.
    static func check(_ list: String?, _ option: String, _ wayOut: String) throws {
        guard let list else { return }
        let names = Self.list(list)
        guard names.isEmpty || names.contains("=") else { return }
        throw ValidationError("\(option) is empty, \(wayOut)")
    }

    /// - Throws: `ValidationError`.
    static func check(service: String) throws {
        guard service.isEmpty || service == "=" else { return }
        throw ValidationError("--service is empty, write whatsapp")
    }

    static func list(_ text: String) -> [String] {
        text.split(separator: ",").map { $0.trimmingPrefix { $0 == " " } }.map(String.init)
            .filter { !$0.isEmpty }
    }
}

/// A strategy, by its name.
struct StrategyArgument: ExpressibleByArgument {
    let strategy: OfferStrategy

    init(_ strategy: OfferStrategy) { self.strategy = strategy }

    init?(argument: String) {
        guard let strategy = OfferStrategy(rawValue: argument) else { return nil }
        self.strategy = strategy
    }

    static var allValueStrings: [String] { OfferStrategy.allCases.map(\.rawValue) }

    var defaultValueDescription: String { strategy.rawValue }
}
