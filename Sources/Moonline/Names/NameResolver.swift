import Definitions
import OrderKernel

/// Finds a provider's own ids for Moonline's names: the account's aliases, the file's, the tables,
/// then the provider's catalogue.
struct NameResolver: Sendable {
    let catalogue: Catalogue

    private var account: Account { catalogue.account }
    private var names: ProviderDefinition.Names { account.definition.names }

    /// A name as a caller gives it; `=6` is handed over verbatim.
    struct Name: Sendable, Hashable {
        let text: String
        let isVerbatim: Bool

        init(_ text: String) {
            isVerbatim = text.hasPrefix("=")
            self.text = isVerbatim ? String(text.dropFirst()) : text
        }
    }

    /// The provider's id of a country.
    ///
    /// - Throws: `MoonlineError` with `invalid` and the nearest names.
    func country(_ name: Name) async throws(MoonlineError) -> String {
        if name.isVerbatim { return name.text }
        guard
            let country = CountryTable.country(alpha2: name.text)
                ?? CountryTable.country(named: name.text)
        else { throw Self.unknownCountry(name.text) }
        for aliases in [account.countryAliases, names.countryAliases] {
            if let id = aliases[country.alpha2] { return id }
        }
        if names.countriesAreSMSActivate, let id = country.smsActivate.first { return id }
        guard account.definition.has(.countries) else { return country.alpha2 }
        let rows = try await catalogue.countries()
        let row =
            rows.first { $0.text("iso") == country.alpha2 }
            ?? rows.first { $0.text("id")?.uppercased() == country.alpha2 }
            ?? rows.first { row in
                row.text("name").flatMap { CountryTable.country(named: $0) } == country
            }
        guard let id = row?.text("id") else {
            throw MoonlineError(
                .invalid,
                "\(account.name) does not offer \(country.name) "
                    + "(\(country.alpha2)), or does not name it; see `moonline countries "
                    + "\(account.name)`, or hand an id over with --country =ID",
                provider: account.name)
        }
        return id
    }

    /// The provider's id of a service.
    ///
    /// - Parameter country: the provider's id of the country, where its services depend on it.
    /// - Throws: `MoonlineError` with `invalid` and the nearest names.
    func service(_ name: Name, country: String?) async throws(MoonlineError) -> String {
        if name.isVerbatim { return name.text }
        let known = ServiceTable.service(slug: name.text) ?? ServiceTable.service(named: name.text)
        let slug = known?.slug ?? name.text.lowercased()
        for aliases in [account.serviceAliases, names.serviceAliases] {
            if let id = aliases[slug] ?? aliases[name.text] { return id }
        }
        if names.servicesAreSMSActivate, let code = known?.smsActivate { return code }
        guard account.definition.has(.services) else {
            guard known != nil else { throw unknownService(name.text, among: []) }
            return slug
        }
        let rows = try await catalogue.services(country: country)
        let row =
            rows.first { $0.text("id")?.lowercased() == slug }
            ?? rows.first { row in
                guard let title = row.text("name") else { return false }
                if let known { return ServiceTable.service(named: title) == known }
                return NameKey(title) == NameKey(name.text)
            }
        guard let id = row?.text("id") else {
            throw unknownService(
                name.text, among: rows.compactMap { $0.text("name") ?? $0.text("id") })
        }
        return id
    }

    static func unknownCountry(_ text: String) -> MoonlineError {
        let near = CountryTable.nearest(to: text, limit: 3).map { "\($0.alpha2) (\($0.name))" }
        let hint = near.isEmpty ? "" : " (did you mean \(near.joined(separator: ", "))?)"
        return MoonlineError(
            .invalid,
            "'\(text)' is no ISO 3166 country code such as ID or GB\(hint); `moonline countries "
                + "PROVIDER` lists them"
        )
    }

    private func unknownService(_ text: String, among names: [String]) -> MoonlineError {
        var near: [String] = []
        let candidates =
            ServiceTable.nearest(to: text, limit: 3).map(\.slug)
            + NearestNames.of(text, among: names, limit: 3)
        for name in candidates
        where NameKey(name) != NameKey(text)
            && !near.contains(where: { NameKey($0) == NameKey(name) })
        {
            near.append(name)
        }
        let hint = near.isEmpty ? "" : " (did you mean \(near.prefix(3).joined(separator: ", "))?)"
        let list =
            account.definition.has(.services)
            ? "`moonline services \(account.name)` lists them"
            : "its file has no list of services, aliases = { services = { … } } names them"
        return MoonlineError(
            .invalid,
            "\(account.name) has no service '\(text)'\(hint); \(list), --service =ID hands an id "
                + "over",
            provider: account.name
        )
    }
}
