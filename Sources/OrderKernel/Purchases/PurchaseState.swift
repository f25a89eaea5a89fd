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
    /// Its order was found afterwards.
    case adopted(order: String)
    /// It is proved that nothing was bought.
    case absent
    /// Nothing can prove what became of it; it counts as spent, and a later sight of its order
    /// still adopts it. `isCharged` tells that the balance proves the charge.
    case unresolved(isCharged: Bool)
    /// It was unresolved, and the user says that the provider sold it: it counts as spent, and
    /// Moonline looks for its order no more.
    case writtenOff

    /// As it stands in the journal.
    public var name: String {
        switch self {
        case .intended: "intended"
        case .sending: "sending"
        case .accepted: "accepted"
        case .refused: "refused"
        case .unknown: "unknown"
        case .adopted: "adopted"
        case .absent: "absent"
        case .unresolved: "unresolved"
        case .writtenOff: "written_off"
        }
    }

    /// Whether an order may exist that the journal does not hold.
    public var isOpen: Bool {
        switch self {
        case .sending, .unknown, .unresolved: true
        case .intended, .accepted, .refused, .adopted, .absent, .writtenOff: false
        }
    }

    /// Whether its answer is lost, so that a later sight of its order finds it.
    public var isLost: Bool {
        switch self {
        case .unknown, .unresolved: true
        default: false
        }
    }

    /// The order that came of it.
    public var order: String? {
        switch self {
        case .accepted(let order), .adopted(let order): order
        default: nil
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
    /// Its order was found: under its key, in the provider's list, or through a message.
    case found(order: String)
    /// It is certain that it was not carried out and never will be.
    case provenAbsent
    /// Nothing is left that could tell.
    case givenUp(isCharged: Bool)
    /// The user knows what nothing could prove, from the provider's pages or its support.
    case stated(isBought: Bool)
}
