import Definitions
public import OrderKernel

extension Engine {
    /// What the accounts sell, cheapest first; failures of single accounts come beside it.
    ///
    /// - Throws: `MoonlineError` with `invalid` or `auth` when no account can be asked.
    public func offers(
        service: String,
        countries: [String],
        providers: [String] = [],
        operatorName: String? = nil
    ) async throws(MoonlineError) -> (offers: [Offer], failures: [MoonlineError]) {
        try await offers(
            service: service, countries: countries, providers: providers,
            operatorName: operatorName, patience: Self.cataloguePatience)
    }

    /// What a purchase is chosen from: who asks has a deadline, and one slow account must not use
    /// it up.
    func offers(
        service: String,
        countries: [String],
        providers: [String],
        operatorName: String?,
        patience: Duration
    ) async throws(MoonlineError) -> (offers: [Offer], failures: [MoonlineError]) {
        let accounts = try directory.accounts(named: providers)
        try Self.checkVerbatim([service] + countries, accounts)
        for country in countries where !country.hasPrefix("=") {
            let known =
                CountryTable.country(alpha2: country) ?? CountryTable.country(named: country)
            if known == nil { throw NameResolver.unknownCountry(country) }
        }
        var offers: [Offer] = []
        var failures: [MoonlineError] = []
        await withTaskGroup(of: Result<AccountOffers, MoonlineError>.self) { group in
            for account in accounts {
                group.addTask {
                    await self.waiting(for: account, among: accounts.count, patience) {
                        await self.offers(of: account, service, countries, operatorName)
                    }
                }
            }
            for await result in group {
                switch result {
                case .success(let found):
                    offers += found.offers
                    if let failure = found.failure { failures.append(failure) }
                case .failure(let error): failures.append(error)
                }
            }
        }
        failures.sort { ($0.provider ?? "") < ($1.provider ?? "") }
        return (Offer.ranked(offers, rates: settings.rates), failures)
    }

    private static func checkVerbatim(
        _ names: [String],
        _ accounts: [Account]
    ) throws(MoonlineError) {
        let providers = Set(accounts.filter { $0.missing == nil }.map(\.definition.id))
        guard let name = names.first(where: { $0.hasPrefix("=") }), providers.count > 1 else {
            return
        }
        throw MoonlineError(
            .invalid,
            "'\(name)' is one provider's own id, so name that provider with "
                + "--provider")
    }

    /// What one account sells, and why some of it is missing.
    private struct AccountOffers: Sendable {
        var offers: [Offer] = []
        var failure: MoonlineError?
    }

    private func offers(
        of account: Account,
        _ service: String,
        _ countries: [String],
        _ operatorName: String?
    ) async -> Result<AccountOffers, MoonlineError> {
        do throws(MoonlineError) {
            try account.checkCredential()
            if let operatorName { try Self.checkOperator(operatorName, account) }
            let catalogue = await catalogue(of: account)
            var found = AccountOffers()
            let names =
                countries.isEmpty
                ? try await sold(by: catalogue) : countries.map { NameResolver.Name($0) }
            for country in names {
                do {
                    found.offers += try await offers(catalogue, service, country, operatorName)
                } catch {
                    var failure = error
                    failure.provider = account.name
                    found.failure = failure
                    if Self.concernsAll(error) { break }
                }
            }
            guard let failure = found.failure else { return .success(found) }
            if found.offers.isEmpty { throw failure }
            // That one of several countries has none is no failure.
            if !Self.concernsAll(failure) { found.failure = nil }
            return .success(found)
        } catch {
            var failure = error
            failure.provider = account.name
            return .failure(failure)
        }
    }

    // What one country met, the next one will meet, too.
    private static func concernsAll(_ error: MoonlineError) -> Bool {
        [.auth, .forbidden, .network, .timeout, .unavailable, .rateLimited, .cancelled]
            .contains(error.code)
    }

    // A number of any operator would not be what was asked for.
    private static func checkOperator(
        _ name: String,
        _ account: Account
    ) throws(MoonlineError) {
        guard let buy = account.definition.operations[CommonOperation.buy.rawValue],
            !buy.isFunction, !buy.argumentNames.contains(where: { $0.hasPrefix("operator") })
        else { return }
        throw MoonlineError(
            .unsupported,
            "\(account.name) does not let you choose the operator '\(name)'; leave --operator out")
    }

    // Without a country all that the catalogue lists are asked for.
    private func sold(by catalogue: Catalogue) async throws(MoonlineError) -> [NameResolver.Name] {
        let account = catalogue.account
        guard account.definition.has(.countries) else {
            throw MoonlineError(
                .unsupported,
                "\(account.name) does not list its countries, so it is asked country by country; "
                    + "name some with --country", provider: account.name)
        }
        return try await catalogue.countries().compactMap { row in
            row.text("id").map { NameResolver.Name("=" + $0) }
        }
    }

    private func offers(
        _ catalogue: Catalogue,
        _ service: String,
        _ country: NameResolver.Name,
        _ operatorName: String?
    ) async throws(MoonlineError) -> [Offer] {
        let account = catalogue.account
        let resolver = NameResolver(catalogue: catalogue)
        let remoteCountry = try await resolver.country(country)
        let name = NameResolver.Name(service)
        let remoteService = try await resolver.service(name, country: remoteCountry)
        let shownCountry =
            country.isVerbatim
            ? country.text
            : CountryTable.country(alpha2: country.text)?.alpha2
                ?? CountryTable.country(named: country.text)?.alpha2 ?? country.text
        let shownService =
            name.isVerbatim
            ? name.text
            : (ServiceTable.service(slug: name.text) ?? ServiceTable.service(named: name.text))?
                .slug
                ?? name.text
        func offer(_ row: Record?) -> Offer {
            Offer(
                account: account.name, provider: account.definition.id, service: shownService,
                country: shownCountry, operatorName: operatorName,
                price: row?.money("price", currency: account.definition.currency),
                available: row?.count("available"),
                remoteService: remoteService, remoteCountry: remoteCountry,
                sourceHash: account.sourceHash
            )
        }
        guard account.definition.has(.offers) else { return [offer(nil)] }
        let rows = try await catalogue.offers(
            service: remoteService, country: remoteCountry, operatorName: operatorName
        )
        let fitting = rows.filter { row in
            (row.text("service").map { $0.lowercased() == remoteService.lowercased() } ?? true)
                && (row.text("country").map { $0.lowercased() == remoteCountry.lowercased() }
                    ?? true)
        }
        return fitting.map { offer($0) }
    }
}
