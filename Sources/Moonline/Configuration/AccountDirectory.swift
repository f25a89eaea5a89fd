import Definitions
import Journal
import OrderKernel
import Transport

/// The accounts that exist: one for each provider, and those of the settings.
struct AccountDirectory: Sendable {
    /// In the order of their names.
    let accounts: [Account]
    /// Files that could not be loaded, by provider.
    let broken: [String: DefinitionProblems]

    /// Loads the definitions and finds the credentials.
    ///
    /// - Throws: `MoonlineError` with `invalid` for settings that cannot be.
    static func load(
        library: DefinitionLibrary,
        settings: Settings,
        builder: AccountBuilder
    ) async throws(MoonlineError) -> AccountDirectory {
        var accounts: [Account] = []
        var broken: [String: DefinitionProblems] = [:]
        let entries = library.entries()
        for entry in entries {
            let definition: ProviderDefinition
            do {
                definition = try await library.load(path: entry.path)
            } catch {
                broken[entry.id] = error
                continue
            }
            accounts += try await builder.accounts(of: definition, entry)
        }
        accounts.forEach(builder.hideSecrets)
        try check(settings, providers: entries.map(\.id))
        return AccountDirectory(
            accounts: try await separated(accounts, broken.keys, entries, builder), broken: broken)
    }

    private static func check(
        _ settings: Settings,
        providers: [String]
    ) throws(MoonlineError) {
        for (name, account) in settings.accounts.sorted(by: { $0.key < $1.key }) {
            let provider = account.provider ?? name
            guard !providers.contains(provider) else { continue }
            let near = NearestNames.of(provider, among: providers, limit: 1).first
            let hint = near.map { "did you mean '\($0)'?" } ?? "see `moonline provider list`"
            throw MoonlineError(
                .invalid,
                "config.yaml: the account '\(name)' has the unknown "
                    + "provider '\(provider)', \(hint)")
        }
    }

    /// The accounts in the order of their names, with their origins pinned and their secrets taken
    /// out of their providers' answers.
    ///
    /// Two may not read one variable: a file that names its credential so that it gets another
    /// provider's key gets none, also where that one's file cannot be read or is stood in front of.
    ///
    /// - Parameter broken: providers whose files cannot be read, but whose keys may be there.
    /// - Throws: `MoonlineError` with `invalid` where all variables are the same.
    static func separated(
        _ accounts: [Account],
        _ broken: some Sequence<String>,
        _ entries: [DefinitionLibrary.Entry],
        _ builder: AccountBuilder
    ) async throws(MoonlineError) -> [Account] {
        try checkPrefixes(accounts)
        let shipped = Set(entries.filter { $0.isShipped || $0.overrides != nil }.map(\.id))
        let owners = VariableOwners(
            accounts, await builder.claims(broken, entries), shipped: shipped,
            pinned: try await builder.pinned(among: accounts))
        let separated = accounts.map { account in
            owners.refusal(of: account).map { account.without($0) } ?? account
        }
        separated.forEach(builder.hideInAnswers)
        await builder.pin(separated)
        return separated.sorted { $0.name < $1.name }
    }

    private static func checkPrefixes(_ accounts: [Account]) throws(MoonlineError) {
        var names: [String: String] = [:]
        for account in accounts {
            let prefix = EnvironmentReader.prefix(of: account.name)
            if let other = names[prefix] {
                throw MoonlineError(
                    .invalid,
                    "the accounts '\(other)' and '\(account.name)' share "
                        + "the variables \(prefix)…; rename one")
            }
            names[prefix] = account.name
        }
    }

    /// The accounts that a list of names means: accounts first, then all of a provider; without a
    /// name all that have a credential or should have one, which then tell why they have none.
    ///
    /// - Throws: `MoonlineError` with `invalid` for an unknown name, with `auth` when no account
    ///   has a credential.
    func accounts(named names: [String]) throws(MoonlineError) -> [Account] {
        guard !names.isEmpty else {
            let wanted = accounts.filter { $0.missing == nil || $0.intent == .something }
            if wanted.contains(where: { $0.missing == nil }) { return wanted }
            let mistaken = wanted.first ?? accounts.first { $0.intent == .emptyVariables }
            if let missing = mistaken?.missing { throw missing }
            if accounts.isEmpty { throw noAccount }
            let variables = accounts.compactMap { account in
                account.auth.credentials.first.map {
                    EnvironmentReader.variable(of: $0, account: account.name)
                }
            }
            let shown = variables.prefix(Self.shownVariables).joined(separator: ", ")
            let more = variables.count - Self.shownVariables
            throw MoonlineError(
                .auth,
                "no account has a credential; set one of \(shown)"
                    + (more > 0
                        ? " (and \(more) more: `moonline provider explain ID` names each)" : ""))
        }
        var found: [Account] = []
        for name in names {
            let matching = try accounts(named: name)
            found += matching.filter { match in !found.contains { $0.name == match.name } }
        }
        return found
    }

    // Not one file can be used.
    private var noAccount: MoonlineError {
        if let (id, problems) = broken.min(by: { $0.key < $1.key }) {
            return Self.unusable(id, problems)
        }
        return MoonlineError(
            .invalid, "there is no provider file; see `moonline provider list` for the folders")
    }

    private static func unusable(_ id: String, _ problems: DefinitionProblems) -> MoonlineError {
        MoonlineError(
            .invalid,
            "the definition of '\(id)' has problems: "
                + "\(problems.problems[0]); run `moonline provider check \(id)` for all")
    }

    /// As many as fit into a line that people read.
    private static let shownVariables = 4

    private func accounts(named name: String) throws(MoonlineError) -> [Account] {
        if let account = accounts.first(where: { $0.name == name }) { return [account] }
        let ofProvider = accounts.filter { $0.definition.id == name }
        if !ofProvider.isEmpty { return ofProvider }
        if let problems = broken[name] { throw Self.unusable(name, problems) }
        let known = accounts.map(\.name)
        let near = NearestNames.of(name, among: known, limit: 1).first
        let hint = near.map { "did you mean '\($0)'?" } ?? "see `moonline provider list`"
        throw MoonlineError(.invalid, "there is no provider or account '\(name)', \(hint)")
    }

    /// The one account that a name means.
    ///
    /// - Throws: `MoonlineError` with `invalid`.
    func account(named name: String) throws(MoonlineError) -> Account {
        let found = try accounts(named: name)
        guard let first = found.first, found.count == 1 else {
            throw MoonlineError(
                .invalid,
                "'\(name)' has several accounts: name one of "
                    + found.map(\.name).joined(separator: ", "))
        }
        return first
    }

    /// The other accounts that are ready and use the same key: they share its balance and orders.
    func siblings(of account: Account) -> [Account] {
        accounts.filter {
            $0.token == account.token && $0.name != account.name && $0.missing == nil
        }
    }
}
