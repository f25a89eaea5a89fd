/// What a caller authorised: one attempt at one offer, which is sent at most once.
public struct Purchase: Sendable, Hashable {
    /// Moonline's own id.
    public let id: String
    /// What kind of purchase it is.
    public let kind: PurchaseKind
    /// The account that pays.
    public let account: String
    /// The definition's id.
    public let provider: String
    /// Moonline's name of the service.
    public let service: String
    /// ISO 3166 alpha-2, or the verbatim id.
    public let country: String
    /// The price that the offer named.
    public let price: Money?
    /// What it counts for caps, in millionths of a US dollar.
    public let microUSD: Int64
    /// The run that it belongs to.
    public let run: String
    /// When it was authorised.
    public let createdAt: Instant
    /// It may not be sent after.
    public let notAfter: Instant
    /// Where it stands.
    public private(set) var state: PurchaseState = .intended

    /// A purchase that is authorised now.
    public init(
        id: String, kind: PurchaseKind, account: String, provider: String, service: String,
        country: String, price: Money?, microUSD: Int64, run: String, createdAt: Instant,
        notAfter: Instant, state: PurchaseState = .intended
    ) {
        self.id = id
        self.kind = kind
        self.account = account
        self.provider = provider
        self.service = service
        self.country = country
        self.price = price
        self.microUSD = microUSD
        self.run = run
        self.createdAt = createdAt
        self.notAfter = notAfter
        self.state = state
    }

    /// Takes in what came of sending it.
    ///
    /// Invariant M1: a purchase that was sent and not refused is never sent again.
    public mutating func handle(_ event: PurchaseEvent) throws(IllegalPurchaseEvent) {
        switch (state, event) {
        case (.intended, .sending): state = .sending
        case (.sending, .accepted(let order)): state = .accepted(order: order)
        case (.sending, .refused(let code)), (.intended, .refused(let code)): state = .refused(code)
        case (.sending, .outcomeLost): state = .unknown
        case (.sending, .unsent): state = .intended
        default: throw IllegalPurchaseEvent(state: state, event: event)
        }
    }
}

/// How a purchase is made.
public enum PurchaseKind: String, Sendable, Hashable, CaseIterable {
    case buy, reuse, swap
}

/// Where a purchase stands.
public enum PurchaseState: Sendable, Hashable {
    /// Written down, nothing sent.
    case intended
    /// The first byte may have left.
    case sending
    /// The provider made an order of it.
    case accepted(order: String)
    /// The provider refused; nothing was charged.
    case refused(ErrorCode)
    /// It was sent and the answer is lost, unreadable or a fault of the server.
    case unknown

    /// As it stands in the journal.
    public var name: String {
        switch self {
        case .intended: "intended"
        case .sending: "sending"
        case .accepted: "accepted"
        case .refused: "refused"
        case .unknown: "unknown"
        }
    }
}

/// What happens to a purchase.
public enum PurchaseEvent: Sendable, Hashable {
    case sending
    case accepted(order: String)
    case refused(ErrorCode)
    case outcomeLost
    /// It is certain that no byte left, or the provider answered 429.
    case unsent
}

/// An event that the state of a purchase does not allow: a fault of the program.
public struct IllegalPurchaseEvent: Error, Sendable, Hashable {
    /// Where the purchase stood.
    public let state: PurchaseState
    /// What came.
    public let event: PurchaseEvent
}
