/// The pace of everything that one token sends.
///
/// Invariant L1: in every window of every limit, at most its requests leave, whatever kind of
/// window the server counts. Invariant L3: nothing leaves before a pause ends.
public struct Pacer: Sendable, Hashable {
    private var buckets: [GCRA]
    /// Nothing leaves before; another process on the token has to know it too.
    public private(set) var pausedUntil: Instant = .distantPast
    private var consecutiveRefusals = 0

    /// A pacer that keeps all the limits.
    public init(limits: [RateLimit]) {
        buckets = limits.map { GCRA($0) }
    }

    /// The earliest instant at which a request of the operation may leave.
    public func earliest(for operation: String) -> Instant {
        buckets.lazy.filter { $0.binds(operation) }.map(\.earliest)
            .reduce(pausedUntil, max)
    }

    /// How far apart requests of the operation leave when many wait.
    func interval(for operation: String) -> Duration {
        buckets.lazy.filter { $0.binds(operation) }.map(\.interval).max() ?? .zero
    }

    /// Counts a request that leaves now.
    public mutating func take(_ operation: String, at now: Instant) {
        for index in buckets.indices where buckets[index].binds(operation) {
            buckets[index].take(at: now)
        }
    }

    /// The provider answered 429: somebody else uses the token too, or counts otherwise.
    ///
    /// - Parameter delay: what `Retry-After` said; without one, or where it names no time to come,
    ///   full seconds that double up to a minute.
    /// - Returns: how long the token pauses.
    @discardableResult
    public mutating func refused(at now: Instant, delay: Duration?) -> Duration {
        consecutiveRefusals += 1
        let doubled = Duration.seconds(1 << min(consecutiveRefusals - 1, 6))
        let said = delay.flatMap { $0 > .zero ? max($0, .milliseconds(100)) : nil }
        let pause = said ?? min(doubled, .seconds(60))
        pausedUntil = max(pausedUntil, now + pause)
        return pause
    }

    /// The provider took a request.
    public mutating func accepted() { consecutiveRefusals = 0 }

    /// What a server's RateLimit headers said is left: it may tighten, never loosen.
    public mutating func tighten(remaining: Int, reset: Duration, at now: Instant) {
        if remaining <= 0 { pausedUntil = max(pausedUntil, now + reset) }
    }

    /// When each limit is unused again: what another process on the token has to know.
    public var arrivals: [String: Instant] {
        Dictionary(buckets.map { ($0.limit.key, $0.arrival) }, uniquingKeysWith: max)
    }

    /// Goes on from what an earlier owner left.
    ///
    /// One that did not end in order may have used every limit in full up to its horizon; so may
    /// one that did not know a limit.
    public mutating func resume(from record: PaceRecord) {
        pausedUntil = max(pausedUntil, record.pausedUntil)
        if !record.isReleased { pausedUntil = max(pausedUntil, record.horizon) }
        for index in buckets.indices {
            let limit = buckets[index].limit
            if let arrival = record.arrivals[limit.key] {
                buckets[index] = GCRA(limit, arrival: max(buckets[index].arrival, arrival))
            }
            if !record.isReleased || record.arrivals[limit.key] == nil {
                buckets[index].drain(until: record.horizon)
            }
        }
    }

    /// Takes over further limits: two definitions on one token keep the limits of both.
    public mutating func add(limits: [RateLimit], at now: Instant) {
        for limit in limits where !buckets.contains(where: { $0.limit == limit }) {
            var bucket = GCRA(limit)
            // What was sent before was not counted for it.
            bucket.drain(until: now)
            buckets.append(bucket)
        }
    }
}

extension GCRA {
    fileprivate func binds(_ operation: String) -> Bool {
        limit.operations?.contains(operation) ?? true
    }
}
