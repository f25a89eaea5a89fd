/// The only door to the wire for a purchase: handed out by the journal's commit, used up by the
/// sending.
///
/// It cannot be copied, so sending twice does not compile. Invariant M5: no purchase leaves
/// without a durable intent, nor after `notAfter`.
public struct SendPermit: ~Copyable, Sendable {
    /// The purchase that may be sent.
    public let purchaseID: String
    /// It may not be sent after.
    public let notAfter: Instant

    /// For a repetition: when all attempts before it must have been carried out.
    public let earlierSettlesAt: Instant?

    /// For the journal alone, once the intent is on disk.
    package init(purchaseID: String, notAfter: Instant, earlierSettlesAt: Instant? = nil) {
        self.purchaseID = purchaseID
        self.notAfter = notAfter
        self.earlierSettlesAt = earlierSettlesAt
    }
}
