/// Who may send next: all requests of one token that wait, behind one pacer.
///
/// Invariant L5: one turn in eight goes to the request that has waited longest, so none starves.
public struct TokenSchedule: Sendable {
    /// The pace that all of them share.
    public var pacer: Pacer
    private var waiting: [Request] = []
    private var turns = 0

    /// One turn in this many goes to the oldest request.
    static let starvationGuard = 8

    /// How much later a request asks again for each one before it that could leave now.
    private static let interval = Duration.milliseconds(5)
    /// However many those are, it waits for so many intervals.
    private static let intervalsMaximum = 10
    /// However many are before it, it asks again so soon after it may leave: they may be gone.
    private static let shareMaximum = Duration.milliseconds(500)

    /// A request that wants to leave.
    public struct Request: Sendable, Hashable {
        /// Unique among the waiting.
        public let id: UInt64
        /// What it is for.
        public let lane: Lane
        /// Limits may bind by operation.
        public let operation: String
        /// For a poll: the order's age at its last look, and its birth, which weigh it.
        public let poll: PollIndex.Candidate?
        let since: Instant
        /// How late it may ask again before it no longer counts, since its process may have died;
        /// `nil` if nothing but leaving ends it.
        let grace: Duration?
        /// When it no longer counts.
        fileprivate var expiry: Instant?

        /// A request that waits since `since`.
        public init(
            id: UInt64,
            lane: Lane,
            operation: String,
            poll: PollIndex.Candidate? = nil,
            since: Instant,
            grace: Duration? = nil
        ) {
            self.id = id
            self.lane = lane
            self.operation = operation
            self.poll = poll
            self.since = since
            self.grace = grace
            expiry = grace.map { since + $0 }
        }

        fileprivate func isOlder(than other: Request) -> Bool {
            (since, id) < (other.since, other.id)
        }
    }

    /// What a request is told.
    public enum Decision: Sendable, Hashable {
        /// It leaves now, and is counted.
        case go
        /// It asks again at that time.
        case wait(until: Instant)
    }

    /// An empty schedule.
    public init(pacer: Pacer) { self.pacer = pacer }

    /// A request joins; one that is there already only counts for longer.
    public mutating func join(_ request: Request) {
        if let index = waiting.firstIndex(where: { $0.id == request.id }) {
            waiting[index].expiry = request.expiry
        } else {
            waiting.append(request)
        }
    }

    /// A request no longer wants to leave.
    public mutating func leave(_ id: UInt64) { waiting.removeAll { $0.id == id } }

    /// Whether a request may leave now.
    public mutating func decide(
        _ id: UInt64, slack: Duration = .zero, at now: Instant
    ) -> Decision {
        waiting.removeAll { $0.expiry.map { $0 < now } ?? false }
        guard let index = waiting.firstIndex(where: { $0.id == id }) else {
            return .wait(until: now)
        }
        let request = waiting[index]
        let earliest = pacer.earliest(for: request.operation)
        let ahead = ahead(of: request, at: now).map { pacer.earliest(for: $0.operation) }
        guard earliest <= now, !ahead.contains(where: { $0 <= now }) else {
            let next = nextQuestion(of: request, ahead, earliest, now)
            waiting[index].expiry = request.grace.map { next + $0 }
            return .wait(until: next)
        }
        leave(id)
        turns += 1
        pacer.take(request.operation, at: now + slack)
        return .go
    }

    // The further behind, the later: a crowd that asks all the time keeps a processor busy. With
    // half of what those before it take, a request asks a few times only and misses no turn.
    private func nextQuestion(
        of request: Request,
        _ ahead: [Instant],
        _ earliest: Instant,
        _ now: Instant
    ) -> Instant {
        let ready = ahead.count { $0 <= now }
        if ready > 0 {
            return max(earliest, now + Self.interval * min(ready, Self.intervalsMaximum))
        }
        let before = ahead.count { $0 <= earliest }
        let share = pacer.interval(for: request.operation) * before / 2
        return max(earliest + min(share, Self.shareMaximum), now + .milliseconds(1))
    }

    // Those that are served before it.
    private func ahead(of request: Request, at now: Instant) -> [Request] {
        if PlantedFault.servesNewestFirst.isPlanted {
            return waiting.filter { request.isOlder(than: $0) }
        }
        if turns % Self.starvationGuard == Self.starvationGuard - 1 {
            return waiting.filter { $0.isOlder(than: request) }
        }
        let weight = request.poll?.expectedDelay(at: now) ?? 0
        return waiting.filter { other in
            guard other.lane == request.lane else { return other.lane < request.lane }
            guard request.lane == .poll else { return other.isOlder(than: request) }
            let others = other.poll?.expectedDelay(at: now) ?? 0
            return others == weight ? other.id < request.id : others > weight
        }
    }
}
