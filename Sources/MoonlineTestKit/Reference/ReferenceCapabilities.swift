/// What a reference provider offers beside offers and orders.
public struct ReferenceCapabilities: OptionSet, Sendable, Hashable {
    /// One bit for each capability.
    public let rawValue: Int

    /// A set from its bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// A purchase that is sent again with the same key is answered again, not executed again.
    public static let honoursKey = Self(rawValue: 1 << 0)
    /// The open orders can be listed.
    public static let listsOrders = Self(rawValue: 1 << 1)
    /// The balance can be asked for.
    public static let tellsBalance = Self(rawValue: 1 << 2)
    /// One order can be looked at.
    public static let tellsStatus = Self(rawValue: 1 << 3)
    /// An order can be cancelled.
    public static let cancels = Self(rawValue: 1 << 4)
    /// An order can be finished.
    public static let finishes = Self(rawValue: 1 << 5)
    /// A further code can be asked for.
    public static let resends = Self(rawValue: 1 << 6)
    /// A number can be bought again.
    public static let reuses = Self(rawValue: 1 << 7)
    /// A number can be exchanged within its order.
    public static let swaps = Self(rawValue: 1 << 8)
    /// The answer to a cancellation names the refund.
    public static let namesRefund = Self(rawValue: 1 << 9)
    /// An order says from when on it can be cancelled.
    public static let namesHold = Self(rawValue: 1 << 10)

    /// Everything.
    public static let all = Self(rawValue: (1 << 11) - 1)
}
