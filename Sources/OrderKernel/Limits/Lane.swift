/// The order of service among the requests of one token.
public enum Lane: Int, Sendable, Hashable, Comparable, CaseIterable, Codable {
    /// A cancel whose refund is about to be lost.
    case closing
    case buy
    case poll
    case finish
    /// A look that settles an unknown purchase.
    case settle
    case catalogue

    /// Whether the left lane is served first.
    public static func < (left: Lane, right: Lane) -> Bool { left.rawValue < right.rawValue }
}
