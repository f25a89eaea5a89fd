/// The generic cell rate algorithm: one timestamp decides whether a request fits a limit.
struct GCRA: Sendable, Hashable {
    let limit: RateLimit
    /// The gap between requests once the burst is used.
    let interval: Duration
    /// How far ahead of the pace a burst may be.
    private let tolerance: Duration
    /// When the bucket is empty again: the theoretical arrival time.
    private(set) var arrival: Instant

    init(_ limit: RateLimit, arrival: Instant = .distantPast) {
        self.limit = limit
        self.arrival = arrival
        interval = limit.interval
        tolerance = interval * (limit.burst - 1)
    }

    /// The earliest instant at which one more request fits.
    var earliest: Instant { arrival - tolerance }

    /// Counts a request that leaves.
    mutating func take(at now: Instant) {
        arrival = max(arrival, now) + interval
    }

    /// As after the fullest use until `instant`: the next request fits one interval later.
    mutating func drain(until instant: Instant) {
        arrival = max(arrival, instant + interval + tolerance)
    }
}
