/// Why an account does not do what it was asked; each provider has its own words for it.
enum Refusal: Error, Sendable {
    case outOfStock
    /// Listed with stock, yet the provider's own source has no number.
    case listedButGone
    case insufficientBalance(required: Int64, available: Int64)
    case orderNotFound
    case closed(Order.State)
    case codeReceived
    case noCodeYet
    /// Milliseconds until the order may be cancelled or swapped.
    case tooEarly(Int64)
    case notReusable
    case noReplacement
}
