import LuaSandbox
package import OrderKernel

/// A provider, as its file describes it: plain data, and a machine where the file has functions.
package struct ProviderDefinition: Sendable {
    /// Whether a text can be an id, and the name of a file.
    package static func isID(_ text: String) -> Bool {
        text.first?.isLetter == true
            && text.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }
    }

    package var id: String
    package var name: String
    package var version: String
    package var docs: String?
    package var baseURL: BaseURL
    package var credentials: [Credential]
    /// The ways to send a credential, by the value of the setting that chooses.
    package var auth: Auth
    package var limits: [RateLimit]
    package var polling: Polling
    /// How long answers of an operation may be served again.
    package var cache: [String: Duration]
    /// Of amounts that come without one.
    package var currency: String?
    /// How the replies write amounts.
    package var amountUnit = AmountUnit.decimal
    /// How far the clock is ahead of UTC that times without a zone are told by.
    package var timeZone = Duration.zero
    /// Of orders whose reply has no `expires_at`.
    package var lifetime: Duration
    /// The age that an order must have before an operation is allowed.
    package var holds: [String: Duration]
    package var reuseWithin: Duration?
    /// By when a purchase whose answer was lost has happened or never will.
    package var settlesWithin: Duration
    /// By when money that is due has come back.
    package var refundsWithin: Duration
    /// How the provider tells two attempts at one purchase from two purchases.
    package var idempotency: Idempotency?
    package var names: Names
    package var retry: [ErrorCode: Backoff]
    package var operations: [String: Operation]
    package var tests: [DefinitionTest]
    /// The file that it was read from.
    package var file: String
    /// The text it was read from, with that of its dialect.
    package var source: String
    var machine: LuaMachine?

    /// What a number stands for that a provider gives as an amount.
    package enum AmountUnit: String, Sendable, Hashable, CaseIterable {
        /// The currency itself: `0.5`.
        case decimal
        /// Its hundredths: `50`.
        case cents
    }

    /// A secret that the provider asks for.
    package struct Credential: Sendable, Hashable {
        package let name: String
        package let label: String
        package let help: String?
    }

    /// How credentials are sent.
    package struct Auth: Sendable, Hashable {
        /// The setting that chooses, and its values in the order of the file.
        package let setting: String?
        package let choices: [String]
        package let schemes: [String: AuthScheme]

        package init(setting: String? = nil, choices: [String], schemes: [String: AuthScheme]) {
            self.setting = setting
            self.choices = choices
            self.schemes = schemes
        }

        /// Where credentials may go.
        var places: [CredentialPlace] { schemes.values.flatMap { $0.parts.map(\.place) } }

        /// The credentials with which functions may sign.
        var signers: [String] { Set(schemes.values.compactMap(\.signer)).sorted() }

        /// The scheme for an account's settings; the first choice without one.
        package func scheme(settings: [String: String]) -> AuthScheme {
            let choice = setting.flatMap { settings[$0] } ?? choices.first
            return choice.flatMap { schemes[$0] } ?? .none
        }
    }

    /// A header that carries a key, and how long the provider remembers one.
    package struct Idempotency: Sendable, Hashable {
        package let header: String
        package let within: Duration
    }

    /// How often an order may be looked at.
    package struct Polling: Sendable, Hashable {
        package var first: Duration
        package var every: Duration
    }

    /// How the provider's ids relate to Moonline's names.
    package struct Names: Sendable, Hashable {
        /// Whether country ids are sms-activate's numbers.
        package var countriesAreSMSActivate = false
        /// Whether service ids are sms-activate's codes.
        package var servicesAreSMSActivate = false
        package var countryAliases: [String: String] = [:]
        package var serviceAliases: [String: String] = [:]
    }

    /// Whether the rows of its list do not say when their orders were made; what a function reads
    /// is not known.
    package var listHidesTimes: Bool { listFields.map { !$0.contains("created_at") } ?? false }

    /// Whether it can be asked for codes; what a function reads is not known.
    package var tellsCodes: Bool {
        if has(.check) { return true }
        let told: Set = ["code", "message", "messages"]
        return has(.list) && !(listFields?.isDisjoint(with: told) ?? false)
    }

    // What the rows of its list give; `nil` when a function reads them.
    private var listFields: Set<String>? {
        guard case .request(_, let reply)? = operations[CommonOperation.list.rawValue]?.body,
            case .list(_, let rules) = reply.shape
        else { return nil }
        return Set(rules.map(\.name))
    }

    /// Whether it can be asked about an order: by itself, or where there is no such operation, in
    /// the list.
    package var showsOrders: Bool { has(.check) || has(.list) }

    /// Whether the file can do it.
    package func has(_ operation: CommonOperation) -> Bool {
        operations[operation.rawValue] != nil
    }
}

extension ProviderDefinition {
    /// A file that says nothing of its limit gets a polite one: a request a second.
    static let limitDefault = RateLimit(requests: 60, window: .seconds(60))
    /// The slowest minimum that any of the documents names.
    static let pollingDefault = Polling(first: .seconds(5), every: .seconds(5))
    /// No document names a time; a day is how long a support desk may take.
    static let refundsWithinDefault = Duration.seconds(24 * 3600)
}
