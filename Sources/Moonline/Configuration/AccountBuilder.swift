import Definitions
import Journal
import OrderKernel
import Transport

/// Puts together the accounts of one definition.
struct AccountBuilder {
    let settings: Settings
    let environment: EnvironmentReader
    let journal: Journal
    let library: DefinitionLibrary
    let redactor: Redactor

    /// The account that is named like the provider, and those of the settings.
    ///
    /// - Throws: `MoonlineError` with `invalid` for settings that cannot be read.
    func accounts(
        of definition: ProviderDefinition,
        _ entry: DefinitionLibrary.Entry
    ) async throws(MoonlineError) -> [Account] {
        var accounts: [Account] = []
        for name in names(of: definition.id) {
            let own = settings.accounts[name] ?? Settings.AccountSettings()
            accounts.append(try await account(name, own, definition, entry))
        }
        return accounts
    }

    private func names(of provider: String) -> [String] {
        let named = settings.accounts.filter { $0.value.provider == provider }.keys
        let isOwn = settings.accounts[provider]?.provider ?? provider == provider
        return Set(named).union(isOwn ? [provider] : []).sorted()
    }

    /// What files read beside those of the accounts: files that cannot be read, and those that
    /// others stand in front of.
    ///
    /// - Parameter broken: providers whose files cannot be read.
    func claims(
        _ broken: some Sequence<String>,
        _ entries: [DefinitionLibrary.Entry]
    ) async -> VariableOwners.Claims {
        var claims = VariableOwners.Claims(unread: Set(broken.flatMap(names)), covered: [:])
        for entry in entries {
            for path in entry.covered {
                guard let definition = try? await library.load(path: path) else {
                    claims.unread.formUnion(names(of: entry.id))
                    continue
                }
                for name in names(of: entry.id) {
                    claims.covered[name, default: []] += EnvironmentReader.variables(
                        of: definition, account: name)
                }
            }
        }
        return claims
    }

    private func account(
        _ name: String,
        _ own: Settings.AccountSettings,
        _ definition: ProviderDefinition,
        _ entry: DefinitionLibrary.Entry
    ) async throws(MoonlineError) -> Account {
        try check(own.choices, name, definition)
        let users = try environment.baseURL(
            account: name, configured: own.baseURL, definition: definition.baseURL
        )
        let limit = try environment.limit(account: name, configured: own.limit)
        let polling = try environment.polling(account: name, configured: own.pollEvery)
        let auth = definition.auth.scheme(settings: own.choices)
        var missing: MoonlineError?
        var secrets: [String: Secret] = [:]
        do {
            for credential in auth.credentials {
                secrets[credential] = try secret(credential, name, own)
            }
            if users == nil { try await checkOrigin(definition, entry) }
        } catch {
            missing = error
            missing?.provider = name
            secrets = [:]
        }
        let baseURL = users ?? definition.baseURL
        return Account(
            name: name, definition: definition,
            sourceHash: SourceHash.hexadecimal(definition.source), auth: auth, secrets: secrets,
            keyFiles: auth.credentials.compactMap {
                environment.file(of: $0, account: name, own.credentialFiles[$0])
            },
            baseURL: baseURL,
            isUsersOrigin: users != nil, limits: limit.map { [$0] } ?? definition.limits,
            polling: polling
                ?? AccountPolling(
                    first: definition.polling.first, minimum: definition.polling.every),
            countryAliases: own.countryAliases, serviceAliases: own.serviceAliases,
            token: Self.token(baseURL, auth.credentials.compactMap { secrets[$0] }, name),
            missing: missing,
            intent: own.provider != nil || !own.credentialFiles.isEmpty
                ? .something : environment.intent(auth.credentials, of: name)
        )
    }

    private func check(
        _ choices: [String: String],
        _ name: String,
        _ definition: ProviderDefinition
    ) throws(MoonlineError) {
        for (setting, value) in choices {
            guard setting == definition.auth.setting, definition.auth.choices.contains(value) else {
                let known = definition.auth.setting.map {
                    "\($0): \(definition.auth.choices.joined(separator: " or "))"
                }
                throw MoonlineError(
                    .invalid,
                    "config.yaml: the account '\(name)' has the setting "
                        + "\(setting): \(value); \(definition.id) knows \(known ?? "no settings")")
            }
        }
    }

    private func secret(
        _ credential: String,
        _ name: String,
        _ own: Settings.AccountSettings
    ) throws(MoonlineError) -> Secret {
        let file = own.credentialFiles[credential]
        if let secret = try environment.secret(credential, account: name, file: file) {
            return secret
        }
        let variable = EnvironmentReader.variable(of: credential, account: name)
        throw MoonlineError(
            .auth,
            "the credential of '\(name)' is missing; set \(variable), or "
                + "\(variable)_FILE to a file that holds it")
    }

    /// Takes the secrets of an account out of what people see, whether it may use them or not.
    func hideSecrets(of account: Account) {
        for secret in account.secrets.values { redactor.learn(secret, of: nil) }
    }

    /// Takes those that an account may use out of what its definition reads, too.
    func hideInAnswers(secretsOf account: Account) {
        for secret in account.secrets.values { redactor.learn(secret, of: account.sessionKey) }
    }

    // A key goes where it went first, and where the user allowed it to go: no file that stands in
    // front of a shipped one, and none that was edited, carries it elsewhere unasked.
    private func checkOrigin(
        _ definition: ProviderDefinition,
        _ entry: DefinitionLibrary.Entry
    ) async throws(MoonlineError) {
        let origin = definition.baseURL.origin
        let known = try await journal.allowedOrigins(of: definition.id)
        guard !known.contains(origin) else { return }
        let usual = try await shippedOrigin(entry) ?? known.first ?? origin
        guard usual == origin, known.isEmpty else {
            let front = entry.overrides == nil ? "" : " stands in front of the shipped file and"
            throw MoonlineError(
                .auth,
                "\(entry.path)\(front) leads to \(origin) instead of \(known.first ?? usual), "
                    + "so it gets no credential; run `moonline provider allow \(definition.id)` "
                    + "if you trust it")
        }
    }

    /// The providers whose key has gone somewhere before.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    func pinned(among accounts: [Account]) async throws(MoonlineError) -> Set<String> {
        var pinned: Set<String> = []
        for id in Set(accounts.map(\.definition.id)).sorted() {
            if try await !journal.allowedOrigins(of: id).isEmpty { pinned.insert(id) }
        }
        return pinned
    }

    /// Notes where the keys of accounts go from now on.
    func pin(_ accounts: [Account]) async {
        for account in accounts where account.missing == nil && !account.isUsersOrigin {
            let definition = account.definition
            // A journal that cannot be written stops every purchase by itself.
            try? await journal.allow(provider: definition.id, origin: definition.baseURL.origin)
        }
    }

    private func shippedOrigin(
        _ entry: DefinitionLibrary.Entry
    ) async throws(MoonlineError) -> String? {
        guard let path = entry.overrides else { return nil }
        if let shipped = try? await library.load(path: path) { return shipped.baseURL.origin }
        throw MoonlineError(
            .auth,
            "\(path) cannot be read, so it is not known whether \(entry.path) leads to the same "
                + "origin, and it gets no credential")
    }

    private static func token(_ url: BaseURL, _ secrets: [Secret], _ name: String) -> String {
        let texts = secrets.map { $0.withText { $0 } }
        let text = texts.isEmpty ? "account \(name)" : texts.joined(separator: "\n")
        let digest = DigestAlgorithm.sha256.digest(of: "\(url.origin)\n\(text)")
        return DigestEncoding.hex.text(of: Array(digest.prefix(16)))
    }
}
