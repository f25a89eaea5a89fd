/// One movement of an account's money.
struct LedgerEntry: Sendable {
    enum Kind: String, Sendable {
        case deposit
        case purchase
        case refund
    }

    let kind: Kind
    /// Negative for what was paid.
    let amount: Int64
    let balance: Int64
    let order: String?
    let at: Int64
}
