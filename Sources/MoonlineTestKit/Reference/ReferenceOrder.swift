public import OrderKernel

/// An order as the provider knows it, which is the truth of a simulation.
public struct ReferenceOrder: Sendable, Hashable {
    /// Where an order stands.
    public enum State: String, Sendable, Hashable {
        /// No message came yet.
        case waiting
        /// A message came.
        case received
        /// It ended after a message: the price is kept.
        case finished
        /// It was cancelled before a message: the price is given back.
        case cancelled
        /// It ran out before a message: the price is given back.
        case expired

        /// Whether the number can still receive.
        public var isOpen: Bool { self == .waiting || self == .received }
    }

    /// A message that came.
    public struct Message: Sendable, Hashable {
        /// When it came.
        public let at: Instant
        /// What it says.
        public let text: String
        /// The code in it.
        public let code: String?
    }

    /// Where an order comes from.
    public struct Origin: Sendable, Hashable {
        /// The authorisation that the purchase named.
        public var authorisation: String?
        /// The idempotency key of the purchase, whether it was honoured or not.
        public var key: String?
        /// Whether somebody else bought it with the same account.
        public var isForeign = false
        /// The order whose number was bought again.
        public var reusedFrom: String?
    }

    /// How the provider calls it.
    public let id: String
    /// What was bought.
    public let product: ReferenceProduct
    /// Its price in millionths.
    public let price: Int64
    /// Where it comes from.
    public let origin: Origin
    /// When it was bought.
    public let createdAt: Instant
    /// When it ends by itself.
    public let expiresAt: Instant
    /// The number; an exchange changes it.
    public internal(set) var phone: String
    /// From when on it can be cancelled; an exchange moves it.
    public internal(set) var cancelAt: Instant
    /// Where it stands.
    public internal(set) var state = State.waiting
    /// When it ended.
    public internal(set) var endedAt: Instant?
    /// When its refund was booked.
    public internal(set) var refundedAt: Instant?
    /// What came, in order.
    public internal(set) var messages: [Message] = []
    /// All that was charged for it, in millionths, fees of exchanges included.
    public internal(set) var charged: Int64 = 0
    /// All that was given back, in millionths.
    public internal(set) var refunded: Int64 = 0
    /// Messages that were planned for a number that was exchanged do not come.
    var exchanges = 0
    /// Its row in the list of open orders; written at each change, as it is read far more often.
    var rowJSON = ""
    /// What a look answers; written at each change too.
    var statusJSON = ""

    /// How many messages came.
    public var revision: Int { messages.count }
}
