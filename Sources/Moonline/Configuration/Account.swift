import Definitions
import OrderKernel
import Transport

/// A provider with credentials and what the user set for it.
struct Account: Sendable {
    let name: String
    let definition: ProviderDefinition
    /// Names the definition's text.
    let sourceHash: String
    let auth: AuthScheme
    /// By the names of the definition's credentials: all that its scheme needs, or none.
    let secrets: [String: Secret]
    /// The files that they come from.
    let keyFiles: [String]
    let baseURL: BaseURL
    /// Whether the user named the origin, which then may be private or without TLS.
    let isUsersOrigin: Bool
    let limits: [RateLimit]
    let polling: AccountPolling
    let countryAliases: [String: String]
    let serviceAliases: [String: String]
    /// Names the pace that it shares: origin and credential, hashed.
    let token: String
    /// Why it has no credential, in one line with the way out.
    let missing: MoonlineError?
    /// Whether the user means to use it.
    let intent: Intent

    /// What the user set for an account: with something, a credential that is missing is a mistake.
    enum Intent: Sendable {
        case nothing
        /// Variables that are empty: CI services set them for secrets that do not exist.
        case emptyVariables
        case something
    }

    /// Whether the order in question was bought with another key or by a text of the definition
    /// that cannot be read any more, so that what is not found may be there all the same.
    private(set) var isUncertain = false

    /// Whose money it spends.
    var payer: PurchaseTerms.Payer { .init(origin: baseURL.origin, token: token) }

    /// The account for what was bought by a payer: with no way to another address, which may have
    /// other orders under the same ids.
    func serving(_ payer: PurchaseTerms.Payer?) -> Account {
        guard let payer, payer != self.payer else { return self }
        guard payer.origin == self.payer.origin else {
            return without(
                MoonlineError(
                    .auth,
                    "it was bought at \(payer.origin), and '\(name)' is at \(self.payer.origin) "
                        + "now; set \(EnvironmentReader.prefix(of: name))BASE_URL to "
                        + "\(payer.origin) for this command", provider: name))
        }
        return standingIn()
    }

    /// The account in place of one that had another key, or a definition that cannot be read any
    /// more.
    func standingIn() -> Account {
        var account = self
        account.isUncertain = true
        return account
    }

    /// Names what a login gave: another origin, key or way to log in has another one.
    var sessionKey: String {
        let login = auth.login.map { "\($0.request.method.verb) \($0.request.path)" } ?? ""
        return "\(name) \(token) \(login)"
    }

    /// The account without its credentials, and why.
    func without(_ reason: MoonlineError) -> Account {
        Account(
            name: name, definition: definition, sourceHash: sourceHash, auth: auth, secrets: [:],
            keyFiles: keyFiles, baseURL: baseURL, isUsersOrigin: isUsersOrigin, limits: limits,
            polling: polling, countryAliases: countryAliases, serviceAliases: serviceAliases,
            token: token, missing: reason, intent: intent)
    }

    /// - Throws: `MoonlineError` with `auth` when the credential is missing.
    func checkCredential() throws(MoonlineError) {
        if let missing { throw missing }
    }
}

/// How often an order of an account may be looked at.
struct AccountPolling: Sendable, Hashable {
    /// After the purchase.
    let first: Duration
    /// Between two looks: the minimum, and an allowance for one that was longer on its way than the
    /// next.
    let every: Duration

    /// - Parameter minimum: how far apart two looks have to arrive.
    init(first: Duration, minimum: Duration) {
        self.first = first
        every = minimum + RateLimit.latencySpread(of: minimum)
    }
}
