/// Where an order stands.
public enum OrderState: String, Sendable, Hashable, CaseIterable {
    /// No code yet.
    case waiting
    /// A code came.
    case received
    /// Reported as used.
    case finished
    /// Given back.
    case cancelled
    /// The provider ended it.
    case expired
    /// The provider no longer knows it.
    case lost

    /// Whether nothing changes any more, except that a late code may be noted.
    public var isTerminal: Bool {
        switch self {
        case .waiting, .received: false
        case .finished, .cancelled, .expired, .lost: true
        }
    }
}

/// Whether the money of an order came back; believed on evidence only.
public enum Refund: String, Sendable, Hashable, CaseIterable {
    /// The order is open.
    case none
    /// The provider's rules say that it comes back.
    case due
    /// The provider named the amount that came back.
    case seen
    /// It should have come back by now.
    case overdue
    /// It was earned: a message came.
    case kept
}
