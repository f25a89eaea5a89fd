/// How a reference provider behaves.
public struct ReferenceTraits: Sendable, Hashable {
    /// What it offers.
    public var capabilities: ReferenceCapabilities = .all
    /// What the bearer header has to say when there is one; `nil` takes anything.
    public var credential: String?
    /// ISO 4217, in upper case.
    public var currency = "USD"
    /// What is sold.
    public var products = [ReferenceProduct(service: "acme", country: "us")]
    /// What an order costs, in millionths.
    public var price: Int64 = 500_000
    /// What the exchange of a number costs, in millionths; it is not given back.
    public var swapFee: Int64 = 0
    /// The balance at the start, in millionths.
    public var openingBalance: Int64 = 100_000_000
    /// Numbers of each product; an order that ends gives its number back.
    public var stock = 1000
    /// Requests in any window; the window slides over a log of what was let through, which is the
    /// strictest kind of window.
    public var limit = 300
    /// The length of that window, fixed at the start.
    public var window: Duration = .seconds(60)
    /// The gap that looks at an order have to keep; a shorter one is noted, not refused.
    public var pollMinimum: Duration = .seconds(5)
    /// How long an order lasts.
    public var lifetime: Duration = .seconds(1200)
    /// How long an order cannot be cancelled.
    public var cancelHold: Duration = .seconds(120)
    /// How long after the end of an order without a message its refund is booked.
    public var refundDelay: Duration = .zero
    /// Whether an order that ended without a message is only said to be over, and not how.
    public var isCurt = false
    /// Whether the list goes on to show orders on which a message came.
    public var keepsListed = false
    /// Of a thousand rows in its lists, those that only say that the order is `archived`.
    public var oddRowsPerMille = 0
    /// Of a thousand cancels, those that are refused for no reason that is said.
    public var refusalsPerMille = 0
    /// Of a thousand readings of the balance, those before which the provider ends an order early,
    /// by itself.
    public var withdrawalsPerMille = 0
    /// How long a key is remembered.
    public var keyMemory: Duration = .seconds(86_400)
    /// The longest time that a purchase is worked on before its reply leaves.
    public var processingMaximum: Duration = .zero

    /// The usual behaviour, in which everything is offered.
    public init() {}

    /// The usual behaviour with some capabilities only.
    public init(capabilities: ReferenceCapabilities) { self.capabilities = capabilities }
}
