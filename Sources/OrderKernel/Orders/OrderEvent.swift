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
    /// Another code than this one, which was known before, was asked for.
    case resent(known: String?)
    /// The number was replaced.
    case swapped(SwappedNumber)
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
    /// Somebody was told the code of this revision.
    case told(revision: Int)
    /// The money was seen to come back.
    case refundSeen
    /// The money should have been back by now.
    case refundLate
}

/// The number that an order has after a swap, and its times where they were said.
public struct SwappedNumber: Sendable, Hashable {
    /// E.164.
    public var phone: String
    /// The provider's id, where it is another one.
    public var remoteID: String?
    /// When the order ends.
    public var expiresAt: Instant?
    /// Before that it cannot be cancelled.
    public var cancelNotBefore: Instant?
    /// Before that it cannot be swapped again.
    public var swapNotBefore: Instant?

    /// A number; most of its times are often not said.
    public init(
        phone: String,
        remoteID: String? = nil,
        expiresAt: Instant? = nil,
        cancelNotBefore: Instant? = nil,
        swapNotBefore: Instant? = nil
    ) {
        self.phone = phone
        self.remoteID = remoteID
        self.expiresAt = expiresAt
        self.cancelNotBefore = cancelNotBefore
        self.swapNotBefore = swapNotBefore
    }
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
    /// How many cancels were known to be refused when the provider was asked: what it said does not
    /// speak of a later one.
    public var cancelRefusals: Int

    /// An observation; most of it is often not said.
    public init(
        status: OrderStatus,
        code: String? = nil,
        message: String? = nil,
        expiresAt: Instant? = nil,
        cancelNotBefore: Instant? = nil,
        price: Money? = nil,
        revision: Int? = nil,
        cancelRefusals: Int = 0
    ) {
        self.status = status
        self.code = code.flatMap { $0.isEmpty ? nil : $0 }
        self.message = message.flatMap { $0.isEmpty ? nil : $0 }
        self.expiresAt = expiresAt
        self.cancelNotBefore = cancelNotBefore
        self.price = price
        self.revision = revision
        self.cancelRefusals = cancelRefusals
    }

    /// Whether it tells of a message, with or without a code.
    public var isEvidence: Bool { status == .received || code != nil || message != nil }

    /// Whether the order is over.
    public var isEnd: Bool { status != .waiting && status != .received }
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
        case .swapped(var number):
            number.expiresAt = number.expiresAt?.shifted(by: duration)
            number.cancelNotBefore = number.cancelNotBefore?.shifted(by: duration)
            number.swapNotBefore = number.swapNotBefore?.shifted(by: duration)
            return .swapped(number)
        default: return self
        }
    }
}
