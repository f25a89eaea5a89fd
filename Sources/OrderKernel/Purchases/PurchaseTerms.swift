/// What a purchase sends, and how its outcome can be found out when the answer is lost.
public struct PurchaseTerms: Sendable, Hashable, Codable {
    /// The strongest proof that the definition offers.
    public var means: SettlementMeans
    /// Sent with every attempt, and the same each time.
    public var idempotencyKey: String?
    /// How long the provider remembers a key.
    public var keyLifetime: Duration
    /// How long the provider may work on a request that it has received.
    public var settlesWithin: Duration
    /// How long an order lives: later on, one that was made may have ended and been paid back.
    public var lifetime: Duration
    /// The arguments as they are sent, so that a later process can send the same again.
    public var arguments: [String: String]
    /// For a reuse or a swap: the order that it is about.
    public var subject: String?
    /// The rows that the list had before, where those do not say when their orders were made;
    /// `nil` when they are not known.
    public var listedBefore: [String]?
    /// Where it is sent to, and with whose key.
    public var payer: Payer?

    /// Whose money it is: under another key or address the same account may be another one.
    public struct Payer: Sendable, Hashable, Codable {
        /// The provider's address.
        public var origin: String
        /// A digest of the address and the key.
        public var token: String

        /// A payer.
        public init(origin: String, token: String) {
            self.origin = origin
            self.token = token
        }
    }

    /// How long keys are remembered where a definition says nothing: Stripe's 24 hours, less an
    /// hour for clocks that differ.
    public static let keyLifetimeDefault = Duration.seconds(23 * 3600)
    /// The longest processing that is assumed of a provider: thrice what clients usually wait.
    public static let settlesWithinDefault = Duration.seconds(90)

    /// iSMScode's document: "typically 15-20 minutes".
    public static let lifetimeDefault = Duration.seconds(20 * 60)

    /// Terms without any proof, unless said otherwise.
    public init(
        means: SettlementMeans = .nothing, idempotencyKey: String? = nil,
        keyLifetime: Duration = keyLifetimeDefault,
        settlesWithin: Duration = settlesWithinDefault,
        lifetime: Duration = lifetimeDefault,
        arguments: [String: String] = [:], subject: String? = nil,
        listedBefore: [String]? = nil, payer: Payer? = nil
    ) {
        self.means = means
        self.idempotencyKey = idempotencyKey
        self.keyLifetime = keyLifetime
        self.settlesWithin = settlesWithin
        self.lifetime = lifetime
        self.arguments = arguments
        self.subject = subject
        self.listedBefore = listedBefore
        self.payer = payer
    }
}

/// What settles a purchase whose answer was lost, strongest first.
public enum SettlementMeans: String, Sendable, Hashable, CaseIterable, Codable {
    /// The same request under the same idempotency key, until a definite answer.
    case sameKey = "key"
    /// The provider's list of orders.
    case list
    /// The balance, with nothing else open on the account.
    case balance
    /// Nothing.
    case nothing
}
