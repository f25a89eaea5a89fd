/// What happens to an order.
public enum OrderEvent: Sendable, Hashable {
    /// A reply, a list row or a message said something about it.
    case observed(OrderObservation)
    /// Nobody waits for it any more.
    case cancelWanted
    /// The provider will not cancel it before.
    case cancelHeld(until: Instant)
    /// The provider cancelled it; with the amount it gave back, where it said so.
    case cancelled(refund: Money?)
    /// The provider will not cancel it at all.
    case cancelRefused
    /// The provider took it as used.
    case finished
    /// Another code was asked for.
    case resent
    /// The number was replaced.
    case swapped(phone: String, remoteID: String?, expiresAt: Instant?, hold: Instant?)
    /// Its time is over.
    case expired
    /// The provider says that it is over, and not how it ended.
    case closed
    /// The provider denies it.
    case missing
    /// A run waits for it: when that run ends, nobody does.
    case attended(run: String)
    /// The user keeps it: it waits for a later command.
    case kept
    /// The money was seen to come back.
    case refundSeen
    /// The money should have been back by now.
    case refundLate
}

/// What a provider said about an order.
public struct OrderObservation: Sendable, Hashable {
    /// The provider's status.
    public var status: OrderStatus
    /// The code, where one is there.
    public var code: String?
    /// The message's text.
    public var message: String?
    /// When the order ends.
    public var expiresAt: Instant?
    /// Before that it cannot be cancelled.
    public var cancelNotBefore: Instant?
    /// What it cost.
    public var price: Money?
    /// The provider's own count of messages or changes: of two observations the higher is newer.
    public var revision: Int?

    /// An observation; most of it is often not said.
    public init(
        status: OrderStatus,
        code: String? = nil,
        message: String? = nil,
        expiresAt: Instant? = nil,
        cancelNotBefore: Instant? = nil,
        price: Money? = nil,
        revision: Int? = nil
    ) {
        self.status = status
        self.code = code.flatMap { $0.isEmpty ? nil : $0 }
        self.message = message.flatMap { $0.isEmpty ? nil : $0 }
        self.expiresAt = expiresAt
        self.cancelNotBefore = cancelNotBefore
        self.price = price
        self.revision = revision
    }

    /// Whether it tells of a message, with or without a code.
    public var isEvidence: Bool { status == .received || code != nil || message != nil }
}

/// What an event changed.
public enum OrderChange: Sendable, Hashable {
    /// Something; the order is to be written down.
    case changed
    /// A code that is new, and whether the order was over already.
    case code(String, isLate: Bool)
    /// The state.
    case state(OrderState)
}

extension OrderEvent: ClockShiftable {
    /// The event as a clock says it that is ahead by so much.
    public func shifted(by duration: Duration) -> OrderEvent {
        switch self {
        case .observed(var observation):
            observation.expiresAt = observation.expiresAt?.shifted(by: duration)
            observation.cancelNotBefore = observation.cancelNotBefore?.shifted(by: duration)
            return .observed(observation)
        case .cancelHeld(let until): return .cancelHeld(until: until.shifted(by: duration))
        case .swapped(let phone, let remoteID, let expiry, let hold):
            return .swapped(
                phone: phone, remoteID: remoteID, expiresAt: expiry?.shifted(by: duration),
                hold: hold?.shifted(by: duration))
        default: return self
        }
    }
}
