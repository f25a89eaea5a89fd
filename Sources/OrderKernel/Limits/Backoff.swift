/// Delays between attempts: documented floors, onto which jitter only adds.
public struct Backoff: Sendable, Hashable {
    /// The documented delays before the first, second … repetition; the last one doubles on.
    public var delays: [Duration]
    /// The longest delay.
    public var cap: Duration
    /// How many repetitions there may be.
    public var times: Int

    /// Jitter adds up to a tenth of a delay, so that clients do not come all at once.
    static let jitterShareMaximum: Int64 = 100

    /// Delays, their cap and how many there are.
    public init(delays: [Duration], cap: Duration, times: Int) {
        self.delays = delays
        self.cap = cap
        self.times = times
    }

    /// The delay before a repetition, or `nil` when there are no more.
    ///
    /// - Parameters:
    ///   - repetition: 0 for the first.
    ///   - retryAfter: what the server asked for, which counts when it is longer.
    ///   - jitter: a random number in 0…1000, for thousandths of a tenth.
    public func delay(
        before repetition: Int,
        retryAfter: Duration? = nil,
        jitter: Int64
    ) -> Duration? {
        guard repetition < times, let last = delays.last else { return nil }
        var delay = repetition < delays.count ? delays[repetition] : last
        if repetition >= delays.count {
            for _ in delays.count...repetition where delay < cap { delay = delay * 2 }
        }
        delay = max(min(delay, cap), retryAfter ?? .zero)
        return delay + delay.scaled(jitter * Self.jitterShareMaximum / 1000, of: 1000)
    }

    /// Reads that met a rate limit: five repetitions after 1, 2, 4, 8 and 16 s, at most 30 s
    /// (SMSCode's document).
    public static let rateLimited = Backoff(
        delays: [1, 2, 4, 8, 16].map { .seconds($0) }, cap: .seconds(30), times: 5
    )
    /// Reads that met a fault of the server: three repetitions of the same pattern (SMSCode's
    /// document).
    public static let unavailable = Backoff(
        delays: [1, 2, 4].map { .seconds($0) }, cap: .seconds(30), times: 3
    )
    /// Reads that met a fault of the network: twice, soon.
    public static let network = Backoff(
        delays: [.milliseconds(300), .milliseconds(600)], cap: .seconds(30), times: 2
    )
}
