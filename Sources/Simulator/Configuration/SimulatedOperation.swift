/// What a request asks a provider to do, named alike for every provider.
public enum SimulatedOperation: String, CaseIterable, Sendable {
    /// Buys a number.
    case buy
    /// Asks for the state of one order and for its code.
    case check
    /// Gives an order back for its money.
    case cancel
    /// Closes an order whose code was used.
    case finish
    /// Asks for another message on the same order.
    case resend
    /// Buys an earlier number once more.
    case reuse
    /// Exchanges the number of an open order.
    case swap
    /// Lists orders.
    case list
    /// Asks for the money left.
    case balance
    /// Lists countries.
    case countries
    /// Lists services.
    case services
    /// Lists the carriers of a country.
    case operators
    /// Asks for price and stock.
    case offers
    /// Asks for the account's own data.
    case profile
    /// Lists what was paid and refunded.
    case transactions
    /// Reads or changes webhook subscriptions.
    case webhooks
    /// Anything that names no known action.
    case other
}
