import Crypto
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
        var names = [definition.id]
        names += settings.accounts.filter { $0.value.provider == definition.id }.map(\.key)
        var accounts: [Account] = []
        for name in Set(names).sorted() {
            let own = settings.accounts[name] ?? Settings.AccountSettings()
            if let provider = own.provider, provider != definition.id { continue }
            accounts.append(try await account(name, own, definition, entry))
        }
        return accounts
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
            baseURL: baseURL,
            isUsersOrigin: users != nil, limits: limit.map { [$0] } ?? definition.limits,
            polling: polling
                ?? AccountPolling(
                    first: definition.polling.first, minimum: definition.polling.every),
            countryAliases: own.countryAliases, serviceAliases: own.serviceAliases,
            token: Self.token(baseURL, auth.credentials.compactMap { secrets[$0] }, name),
            missing: missing
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

    // An updated or foreign file must not carry a key to another origin unasked.
    private func checkOrigin(
        _ definition: ProviderDefinition,
        _ entry: DefinitionLibrary.Entry
    ) async throws(MoonlineError) {
        guard let shippedPath = entry.overrides else { return }
        guard let shipped = try? await library.load(path: shippedPath) else {
            throw MoonlineError(
                .auth,
                "\(shippedPath) cannot be read, so it is not known whether \(entry.path) leads to "
                    + "the same origin, and it gets no credential")
        }
        let origin = definition.baseURL.origin
        guard shipped.baseURL.origin != origin else { return }
        if try await journal.isAllowed(provider: definition.id, origin: origin) { return }
        throw MoonlineError(
            .auth,
            "\(entry.path) stands in front of the shipped file and leads to "
                + "\(origin) instead of \(shipped.baseURL.origin), so it gets no credential; run "
                + "`moonline provider allow \(definition.id)` if you trust it")
    }

    /// The account, without its credential when it leads to another origin than the one before it
    /// and nobody has allowed that.
    func pinned(_ account: Account, to before: Account?) async -> Account {
        guard let before, !account.isUsersOrigin, account.missing == nil,
            account.baseURL.origin != before.baseURL.origin
        else { return account }
        let (id, origin) = (account.definition.id, account.baseURL.origin)
        if (try? await journal.isAllowed(provider: id, origin: origin)) == true { return account }
        let reason = MoonlineError(
            .auth,
            "another version of its definition leads to \(origin) instead of "
                + "\(before.baseURL.origin), so it gets no credential; run "
                + "`moonline provider allow \(id)` with that version if you trust it",
            provider: account.name)
        return Account(
            name: account.name, definition: account.definition, sourceHash: account.sourceHash,
            auth: account.auth, secrets: [:], baseURL: account.baseURL, isUsersOrigin: false,
            limits: account.limits, polling: account.polling,
            countryAliases: account.countryAliases, serviceAliases: account.serviceAliases,
            token: account.token, missing: reason)
    }

    private static func token(_ url: BaseURL, _ secrets: [Secret], _ name: String) -> String {
        let texts = secrets.map { $0.withText { $0 } }
        let text = texts.isEmpty ? "account \(name)" : texts.joined(separator: "\n")
        let digest = SHA256.hash(data: Array("\(url.origin)\n\(text)".utf8))
        return digest.prefix(16).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        .joined()
    }
}
