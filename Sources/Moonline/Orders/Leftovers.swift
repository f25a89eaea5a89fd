public import OrderKernel

/// What is not settled yet, and what a sweep brought to light.
public struct Leftovers: Sendable, Hashable {
    /// Orders that nobody waits for and that are not over.
    public var orders: [Order] = []
    /// Purchases whose outcome is not known.
    public var purchases: [Purchase] = []
    /// Those among them that were made with another key, at another address or by another text of
    /// the definition than their account has now: only with that one can they be settled.
    public var unreachable: Set<String> = []
    /// Purchases that turned out to have bought nothing.
    public var absent: [Purchase] = []
    /// When the next attempt makes sense.
    public var next = Instant(milliseconds: .max)

    /// Whether a further attempt can settle something; what is unresolved, nothing more will.
    public var isSettled: Bool { orders.isEmpty && settleable.isEmpty }

    /// Purchases that an answer, a list or a balance may settle.
    var settleable: [Purchase] {
        purchases.filter {
            ($0.state == .unknown || $0.state == .sending) && !unreachable.contains($0.id)
        }
    }
}
