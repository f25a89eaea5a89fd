package import Definitions
import Journal
package import LuaSandbox
public import OrderKernel

/// A row of a provider's catalogue: its fields in the normal form.
public struct CatalogueRow: Sendable, Hashable {
    /// By name, such as `id`, `name` and `iso`.
    public let fields: [String: String]
    /// The row as one object.
    package let json: JSON

    init(_ record: Record) {
        fields = record.fields.compactMapValues(\.text)
        json = record.json
    }
}

extension Engine {
    /// What is left on accounts, in the order of their names; each may fail for itself.
    ///
    /// - Throws: `MoonlineError` with `invalid` or `auth` when no account can be asked.
    public func balances(
        of names: [String] = []
    ) async throws(MoonlineError) -> [(account: String, result: Result<Money, MoonlineError>)] {
        let accounts = try directory.accounts(named: names)
        // Without names, accounts whose provider tells no balance are left out.
        let asked = names.isEmpty ? accounts.filter { $0.definition.has(.balance) } : accounts
        let results = await withTaskGroup(
            of: (String, Result<Money, MoonlineError>).self
        ) { group in
            for account in asked {
                group.addTask {
                    let balance = await self.waiting(for: account, among: asked.count) {
                        await self.balance(of: account)
                    }
                    return (account.name, balance)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        return results.sorted { $0.0 < $1.0 }.map { (account: $0.0, result: $0.1) }
    }

    /// What one of several accounts gives, as long as its provider answers: one that takes for ever
    /// must not keep what the others gave.
    func waiting<Value: Sendable>(
        for account: Account,
        among count: Int,
        _ patience: Duration = cataloguePatience,
        _ work: @escaping @Sendable () async -> Result<Value, MoonlineError>
    ) async -> Result<Value, MoonlineError> {
        guard count > 1 else { return await work() }
        let result = await withTaskGroup(of: Result<Value, MoonlineError>?.self) { group in
            group.addTask { await work() }
            group.addTask {
                await self.silence(of: account, patience)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        if let result { return result }
        let failure =
            Task.isCancelled
            ? MoonlineError(.cancelled, "the call was stopped", provider: account.name)
            : MoonlineError(
                .timeout,
                "\(account.name) takes too long and is left out; asked for alone, it is waited for",
                provider: account.name)
        return .failure(failure)
    }

    // Returns when nothing was answered for long, or when it goes on for too long anyway.
    private func silence(of account: Account, _ patience: Duration) async {
        let begin = clock.now()
        while !Task.isCancelled {
            let last = max(activity.last(of: account.name) ?? begin, begin)
            let end = min(last + Self.silenceMaximum, begin + patience)
            guard clock.now() < end else { return }
            try? await clock.sleep(until: end)
        }
    }

    /// Two pauses of a provider that asks for a minute each.
    private static let silenceMaximum = Duration.seconds(120)
    /// A catalogue that is asked for country by country, at sixty requests a minute.
    static let cataloguePatience = Duration.seconds(600)
    /// What is on sale of one service, where a key has a turn every seven seconds and orders wait
    /// on it, too; some providers are asked country by country.
    static func purchasePatience(_ countries: [String]) -> Duration {
        min(.seconds(90) + .seconds(10) * countries.count, cataloguePatience)
    }

    private func balance(of account: Account) async -> Result<Money, MoonlineError> {
        do throws(MoonlineError) {
            try account.checkCredential()
            try Self.require(.balance, account)
            let result = try await client(for: account).read("balance", Arguments())
            guard let money = result.record.money("amount", currency: account.definition.currency)
            else {
                throw Self.namesNoCurrency(account)
            }
            return .success(money)
        } catch {
            return .failure(error)
        }
    }

    static func namesNoCurrency(_ account: Account) -> MoonlineError {
        MoonlineError(
            .protocol, "\(account.name) names no currency; add currency to its definition",
            provider: account.name)
    }

    /// The countries of an account.
    ///
    /// - Throws: `MoonlineError` with `unsupported` where the provider has no such list.
    public func countries(of name: String) async throws(MoonlineError) -> [CatalogueRow] {
        let catalogue = try await catalogue(named: name, .countries)
        return try await catalogue.countries().map(CatalogueRow.init)
    }

    /// The services of an account, or of a country of it.
    ///
    /// - Throws: `MoonlineError` with `unsupported` where the provider has no such list.
    public func services(
        of name: String,
        country: String? = nil
    ) async throws(MoonlineError) -> [CatalogueRow] {
        let catalogue = try await catalogue(named: name, .services)
        var remote: String?
        if let country {
            remote = try await NameResolver(catalogue: catalogue)
                .country(NameResolver.Name(country))
        }
        return try await catalogue.services(country: remote).map(CatalogueRow.init)
    }

    /// The mobile networks of an account in a country.
    ///
    /// - Throws: `MoonlineError` with `unsupported` where the provider has no such list.
    public func operators(
        of name: String,
        country: String
    ) async throws(MoonlineError) -> [CatalogueRow] {
        let catalogue = try await catalogue(named: name, .operators)
        let remote = try await NameResolver(catalogue: catalogue)
            .country(NameResolver.Name(country))
        return try await catalogue.operators(country: remote, service: nil).map(CatalogueRow.init)
    }

    private func catalogue(
        named name: String,
        _ operation: CommonOperation
    ) async throws(MoonlineError) -> Catalogue {
        let account = try directory.account(named: name)
        try Self.require(operation, account)
        try account.checkCredential()
        return await catalogue(of: account)
    }

    /// Performs an operation of a definition that costs nothing, also one outside the common set.
    ///
    /// - Throws: `MoonlineError` with `invalid` for an unknown operation or argument, and for one
    ///   that costs money, naming the right command.
    package func call(
        _ name: String,
        _ operation: String,
        _ arguments: [String: String]
    ) async throws(MoonlineError) -> JSON {
        let account = try directory.account(named: name)
        guard let declared = account.definition.operations[operation] else {
            let known = account.definition.operations.keys.sorted()
            let near = NearestNames.of(operation, among: known, limit: 1).first
            let hint =
                near.map { "did you mean '\($0)'?" }
                ?? "it has \(known.joined(separator: ", "))"
            throw MoonlineError(
                .unsupported, "\(account.name) has no operation '\(operation)', \(hint)",
                provider: account.name)
        }
        guard !declared.costs else { throw Self.costly(operation, account) }
        let known = declared.argumentNames.map { $0.hasSuffix("?") ? String($0.dropLast()) : $0 }
        let unknown = arguments.keys.sorted().filter { !known.contains($0) }
        for argument in unknown where !declared.takesAnyArgument {
            let near = NearestNames.of(argument, among: known, limit: 1).first
            let hint =
                near.map { "did you mean '\($0)'?" }
                ?? (known.isEmpty ? "it has none" : "it has \(known.joined(separator: ", "))")
            throw MoonlineError(
                .invalid, "\(operation) has no argument '\(argument)', \(hint)",
                provider: account.name)
        }
        let client = await client(for: account)
        let values = Arguments(text: arguments)
        let result =
            declared.isRead
            ? try await client.read(operation, values)
            : try await client.perform(operation, values, lane: .finish)
        return result.json
    }

    /// What a purchase was sent with, by the provider's own ids.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func arguments(ofPurchase id: String) async throws(MoonlineError) -> Arguments {
        Arguments(text: try await journal.purchase(id)?.terms.arguments ?? [:])
    }

    private static func costly(_ operation: String, _ account: Account) -> MoonlineError {
        let command =
            switch operation {
            case "buy": "`moonline buy --service … --country … --provider \(account.name)`"
            case "reuse", "swap": "`moonline \(operation) ORDER`"
            default: "a purchase, which only the journal may send; it has no command"
            }
        return MoonlineError(
            .invalid, "\(operation) costs money, so use \(command)",
            provider: account.name)
    }
}

extension Engine {
    /// Lets the credential of a provider go to the origin that its file names.
    ///
    /// - Returns: the origin.
    /// - Throws: `MoonlineError` with `invalid` for an unknown provider.
    package func allow(provider id: String) async throws(MoonlineError) -> String {
        guard let account = directory.accounts.first(where: { $0.definition.id == id }) else {
            let account = try directory.account(named: id)
            throw MoonlineError(
                .invalid,
                "'\(id)' is an account; write `moonline provider allow \(account.definition.id)`")
        }
        let origin = account.definition.baseURL.origin
        try await journal.allow(provider: id, origin: origin, insteadOfOthers: true)
        return origin
    }

    /// Buys a number of one of several countries: the offer that the strategy puts first.
    ///
    /// - Throws: as `buy` does.
    package func buy(
        anyOf countries: [String],
        service: String,
        providers: [String],
        operatorName: String?,
        maximumPrice: Money?,
        strategy: OfferStrategy = .cheapest
    ) async throws(MoonlineError) -> Number {
        var found = try await offers(
            service: service, countries: countries, providers: providers,
            operatorName: operatorName, patience: Self.purchasePatience(countries)
        )
        found.offers = try await ranked(found.offers, by: strategy)
        return try await buyFirst(found, service: service, maximumPrice: maximumPrice)
    }
}
