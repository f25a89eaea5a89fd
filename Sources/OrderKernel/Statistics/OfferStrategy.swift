/// How one chooses among offers.
///
/// All but `cheapest` are Thompson sampling: for each account, service and country a success rate
/// is drawn from what is believed of it after its numbers so far, and the offers are ranked as if
/// the draws were true. What brought codes is taken most of the time, and what is little known is
/// tried now and then. The belief is a Beta distribution; before the first number every rate is
/// equally likely, which is the prior Beta(1, 1).
public enum OfferStrategy: String, Sendable, Hashable, CaseIterable {
    /// The lowest price; experience plays no part.
    case cheapest
    /// The least time until a code, with the time that numbers without one cost.
    case fastest
    /// The highest success rate.
    case reliable
    /// The least money for a code: price divided by success rate.
    case balanced
}

/// What is known of an offer when one is to be chosen.
public struct OfferProspect: Sendable, Hashable {
    /// Its price in millionths of a US dollar; `nil` when it is not known.
    public let microUSD: Int64?
    /// The numbers that were bought so far.
    public let attempts: Int
    /// Those of them that got a code.
    public let codes: Int
    /// The median time to a code; `nil` without a code.
    public let timeToCode: Duration?

    /// A prospect; one that has never been tried has no attempts.
    public init(microUSD: Int64?, attempts: Int, codes: Int, timeToCode: Duration?) {
        self.microUSD = microUSD
        // Nobody buys so many; it keeps the arithmetic below within its bounds.
        self.attempts = min(max(attempts, 0), 1_000_000)
        self.codes = min(max(codes, 0), self.attempts)
        self.timeToCode = timeToCode
    }

    /// A prospect of an offer with its statistics.
    public init(microUSD: Int64?, _ statistics: OrderStatistics?) {
        self.init(
            microUSD: microUSD, attempts: statistics?.attempts.count ?? 0,
            codes: statistics?.codes ?? 0, timeToCode: statistics?.timeToCode(percent: 50))
    }

    /// More experience than this counts in proportion: a provider may change, and an old success
    /// must not weigh for ever.
    public static let attemptsMaximum = 100
    /// The time that is assumed of a provider without a code so far: a little above the median of
    /// the arrivals that `PollIndex` counts on.
    public static let timeToCodeDefault = Duration.seconds(30)
    /// What a number without a code costs in time: the wait for one, by default.
    public static let waitDefault = Duration.seconds(90)

    /// A success rate drawn from what is believed, in millionths, never 0.
    ///
    /// Beta(a, b) for whole a and b is the a-th smallest of a + b − 1 equally distributed numbers.
    ///
    /// - Parameter draw: gives 64 random bits.
    public func successRate(_ draw: () -> UInt64) -> Int64 {
        let scale = max(attempts, 1)
        let counted = min(attempts, Self.attemptsMaximum)
        let successes = codes * counted / scale
        let draws = (0..<(counted + 1)).map { _ in Int64(draw() % 1_000_001) }.sorted()
        return max(draws[successes], 1)
    }

    /// What a strategy makes as small as possible.
    ///
    /// - Parameter rate: drawn by `successRate`, one for all offers of an account, service and
    ///   country.
    public func score(_ strategy: OfferStrategy, rate: Int64) -> Int64 {
        switch strategy {
        case .cheapest: return microUSD ?? .max
        case .reliable: return -rate
        case .balanced:
            guard let microUSD else { return .max }
            let (product, overflows) = microUSD.multipliedReportingOverflow(by: 1_000_000)
            return overflows ? .max : product / rate
        case .fastest:
            let time = (timeToCode ?? Self.timeToCodeDefault).milliseconds
            return time + Self.waitDefault.milliseconds * (1_000_000 - rate) / rate
        }
    }
}
