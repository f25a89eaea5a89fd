public import OrderKernel

/// What a reply tells the client to respect, in a form that needs no reading of the body.
public enum ReferenceAnnouncement: Sendable, Hashable {
    /// Nothing may be sent before.
    case pause(until: Instant)
    /// An order cannot be cancelled before.
    case hold(order: String, until: Instant)
    /// A message came for an order, so that it cannot be cancelled any more.
    case evidence(order: String)
}
