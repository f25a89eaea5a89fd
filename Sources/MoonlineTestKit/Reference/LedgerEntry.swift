public import OrderKernel

/// A movement of the account.
public struct LedgerEntry: Sendable, Hashable {
    /// Why money moved.
    public enum Kind: String, Sendable, Hashable {
        /// Money that was paid in, the opening balance included.
        case topUp
        /// The client bought something.
        case charge
        /// The price of an order came back.
        case refund
        /// Somebody else bought something with the same account.
        case foreign
    }

    /// The order that it belongs to.
    public let order: String?
    /// The change of the balance in millionths: a charge is negative.
    public let amount: Int64
    /// Why money moved.
    public let kind: Kind
    /// When it was booked.
    public let at: Instant
    /// The authorisation that the request named.
    public let authorisation: String?
    /// The idempotency key of the request.
    public let key: String?
}
