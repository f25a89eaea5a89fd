public import OrderKernel

/// How a purchase ended.
///
/// That the outcome may be unknown is a case, not an error: every caller has to say what then.
public enum PurchaseOutcome: Sendable {
    /// The provider gave a number.
    case bought(Number)
    /// Nothing was bought.
    case refused(MoonlineError)
    /// The request went out and its answer is lost, unreadable or a fault of the server. It counts
    /// as spent, and is sent again under its own idempotency key only.
    case unknown(Purchase, MoonlineError)
}

/// What a caller wants to buy.
public struct BuyRequest: Sendable, Hashable {
    /// Moonline's name, such as `whatsapp`; `=wa` hands the provider's own id over.
    public var service: String
    /// ISO 3166 alpha-2; `=6` hands the provider's own id over.
    public var country: String
    /// Accounts or providers to choose from; all when empty.
    public var providers: [String]
    /// The network, by the provider's name.
    public var operatorName: String?
    /// No number may cost more.
    public var maximumPrice: Money?

    /// A request for a number.
    public init(
        service: String,
        country: String,
        providers: [String] = [],
        operatorName: String? = nil,
        maximumPrice: Money? = nil
    ) {
        self.service = service
        self.country = country
        self.providers = providers
        self.operatorName = operatorName
        self.maximumPrice = maximumPrice
    }
}

extension Money {
    /// An amount in US dollars from a literal such as `.usd("1.50")`; zero when it is no number,
    /// which then allows nothing.
    public static func usd(_ text: String) -> Money {
        Money(ExactDecimal(text) ?? ExactDecimal(units: 0, scale: 0), "USD")
    }
}
