import OrderKernel

/// The most that a number may cost.
struct PriceLimit: Sendable {
    let maximum: Money?
    let rates: ExchangeRates

    /// What an offer counts for the caps, in millionths of a US dollar.
    ///
    /// - Throws: `MoonlineError` with `spend_cap` when it is too dear, or when that cannot be known
    ///   and a maximum was given.
    func cost(of offer: Offer) throws(MoonlineError) -> Int64 {
        let cost = offer.price.flatMap { rates.microUSD($0) }
        guard let maximum else { return cost ?? SpendCaps.unknownPriceMicroUSD }
        guard let price = offer.price else {
            throw MoonlineError(
                .spendCap,
                "\(offer.account) names no price for it, so --max-price "
                    + "cannot be kept; leave it out to allow this, the caps in config.yaml hold",
                provider: offer.account)
        }
        let isWithin: Bool
        if price.currency == maximum.currency {
            isWithin = price.amount <= maximum.amount
        } else {
            guard let limit = rates.microUSD(maximum) else {
                throw MoonlineError(.invalid, Self.noRate(maximum.currency))
            }
            guard let cost else {
                throw MoonlineError(.spendCap, Self.noRate(price.currency), provider: offer.account)
            }
            isWithin = cost <= limit
        }
        guard isWithin else {
            let isForeign = price.currency != maximum.currency
            let rated = isForeign ? cost.map { " (\(Self.dollars($0)) USD by its rate)" } : nil
            throw MoonlineError(
                .spendCap,
                "\(offer.account) wants \(price)\(rated ?? ""), --max-price allows \(maximum)",
                provider: offer.account)
        }
        return cost ?? SpendCaps.unknownPriceMicroUSD
    }

    private static func dollars(_ microUSD: Int64) -> String {
        ExactDecimal(units: (microUSD + 99) / 100, scale: 4).description
    }

    private static func noRate(_ currency: String) -> String {
        "there is no rate for \(currency); add rates: \(currency): … to config.yaml to compare it "
            + "with --max-price"
    }
}
