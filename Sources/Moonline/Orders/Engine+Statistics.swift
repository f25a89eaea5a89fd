import Journal
public import OrderKernel

extension Engine {
    /// What the numbers of the last time brought, by account, service and country.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    public func statistics(
        within duration: Duration = .seconds(30 * 86_400)
    ) async throws(MoonlineError) -> [OrderStatistics] {
        OrderStatistics.groups(
            of: try await journal.attempts(since: clock.now() - duration))
    }

    /// Offers in the order in which a strategy would try them, by what numbers of the last 30 days
    /// brought.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    public func ranked(
        _ offers: [Offer],
        by strategy: OfferStrategy
    ) async throws(MoonlineError) -> [Offer] {
        let offers = Offer.ranked(offers, rates: settings.rates)
        if strategy == .cheapest || offers.count < 2 { return offers }
        let groups = try await statistics()
        var rates: [String: Int64] = [:]
        let scored = offers.enumerated().map { index, offer in
            let known = groups.first {
                $0.account == offer.account && $0.service == offer.service
                    && $0.country == offer.country
            }
            let price = offer.price.flatMap { settings.rates.microUSD($0) }
            let prospect = OfferProspect(microUSD: price, known)
            let group = "\(offer.account) \(offer.service) \(offer.country)"
            let rate = rates[group] ?? prospect.successRate(random.number)
            rates[group] = rate
            return (rank: (prospect.score(strategy, rate: rate), index), offer: offer)
        }
        return scored.sorted { $0.rank < $1.rank }.map(\.offer)
    }
}
