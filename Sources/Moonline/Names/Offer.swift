public import OrderKernel

/// What an account sells: a service in a country, for a price.
public struct Offer: Sendable, Hashable {
    /// The account that sells it.
    public let account: String
    /// The definition's id.
    public let provider: String
    /// Moonline's name of the service.
    public let service: String
    /// ISO 3166 alpha-2, or the verbatim id.
    public let country: String
    /// The network, where one was asked for.
    public let operatorName: String?
    /// What a number costs; `nil` where the provider does not say.
    public let price: Money?
    /// How many numbers there are; `nil` where the provider does not say.
    public let available: Int?
    /// The provider's own ids.
    let remoteService: String
    let remoteCountry: String
    /// The definition that told of it: the ids are its own.
    let sourceHash: String

    /// Cheapest first; what has no price or no rate comes last, and names decide ties.
    static func ranked(_ offers: [Offer], rates: ExchangeRates) -> [Offer] {
        offers.sorted { left, right in
            let first = left.price.flatMap { rates.microUSD($0) } ?? .max
            let second = right.price.flatMap { rates.microUSD($0) } ?? .max
            if first != second { return first < second }
            return (left.country, left.account) < (right.country, right.account)
        }
    }
}
