/// Where everything that one token sends asks for its turn: the pace, the order of service, the
/// minimum between looks, and the horizon that is reserved ahead.
///
/// Invariants L1 and L2 over processes and restarts: nothing is told to go unless the reservation
/// in the journal covers it, and whoever comes later begins after that reservation.
public struct TokenDesk: Sendable {
    private var schedule: TokenSchedule
    private var looks: [String: Instant]
    /// Orders that are not in `looks` may have been looked at until then.
    private let lookFloor: Instant
    private var horizon: Instant

    /// What a request is told.
    public enum Answer: Sendable, Hashable {
        /// It leaves now, and is counted.
        case go
        /// It asks again at that time.
        case wait(until: Instant)
        /// The order was looked at meanwhile, at that time.
        case looked(at: Instant)
        /// A reservation has to be written first; then it asks again.
        case reserve
    }

    /// A look at an order: two of them have to be so far apart.
    public struct Look: Sendable, Hashable, Codable {
        /// The order.
        public let order: String
        /// The minimum between two looks.
        public let every: Duration
        /// The last look that the asking one knows of.
        public let known: Instant

        /// A look at an order.
        public init(order: String, every: Duration, known: Instant) {
            self.order = order
            self.every = every
            self.known = known
        }
    }

    /// The desk of a new owner.
    ///
    /// - Parameter record: what the last owner left, in the words of today's clock.
    public init(limits: [RateLimit], record: PaceRecord?) {
        var pacer = Pacer(limits: limits)
        if let record { pacer.resume(from: record) }
        schedule = TokenSchedule(pacer: pacer)
        looks = PlantedFault.looksEarlyAfterRestart.isPlanted ? [:] : record?.looks ?? [:]
        horizon = record?.horizon ?? .distantPast
        // An owner that did not end in order may have looked at anything up to its horizon.
        let floor = record.map { $0.isReleased ? $0.lookFloor : max($0.lookFloor, $0.horizon) }
        let isForgotten = PlantedFault.looksEarlyAfterRestart.isPlanted
        lookFloor = isForgotten ? .distantPast : floor ?? .distantPast
    }

    /// Takes over the limits of a further definition on the same token.
    public mutating func add(limits: [RateLimit], at now: Instant) {
        schedule.pacer.add(limits: limits, at: now)
    }

    /// Whether a request may leave now; it waits in the schedule until it is told to go or leaves.
    ///
    /// - Parameter slack: how much later than now it may leave when it is told to go.
    public mutating func ask(
        _ request: TokenSchedule.Request,
        look: Look?,
        slack: Duration = .zero,
        at now: Instant
    ) -> Answer {
        if let look, let last = lastLook(at: look.order), last > look.known {
            schedule.leave(request.id)
            return .looked(at: last)
        }
        if let look, look.known + look.every > now { return .wait(until: look.known + look.every) }
        schedule.join(request)
        var decided = schedule
        switch decided.decide(request.id, slack: slack, at: now) {
        case .wait(let instant):
            schedule = decided
            return .wait(until: instant)
        case .go:
            guard now + slack <= horizon else { return .reserve }
            schedule = decided
            if let look { looks[look.order] = now + slack }
            return .go
        }
    }

    /// A look that was told to go leaves now.
    public mutating func departs(look order: String, at now: Instant) {
        looks[order] = max(looks[order] ?? now, now)
    }

    /// When the pause ends that the provider asked for last.
    public var pausedUntil: Instant { schedule.pacer.pausedUntil }

    /// A request no longer wants to leave.
    public mutating func leave(_ id: UInt64) { schedule.leave(id) }

    /// When an order was looked at last, as far as anybody knows.
    public func lastLook(at order: String) -> Instant? {
        if let look = looks[order] { return max(look, lookFloor) }
        return lookFloor > .distantPast ? lookFloor : nil
    }

    /// The provider answered 429.
    public mutating func refused(at now: Instant, delay: Duration?) {
        if PlantedFault.ignoresRetryAfter.isPlanted { return }
        schedule.pacer.refused(at: now, delay: delay)
    }

    /// The provider said how much is left; without that, that it took a request.
    public mutating func answered(remaining: (count: Int, reset: Duration)?, at now: Instant) {
        guard let remaining else {
            schedule.pacer.accepted()
            return
        }
        schedule.pacer.tighten(remaining: remaining.count, reset: remaining.reset, at: now)
    }

    /// What is to be written before anything leaves up to a second from now.
    public mutating func reservation(at now: HostTime) -> PaceRecord {
        looks = looks.filter { now.wall - $0.value < Self.lookMemory }
        return record(horizon: max(horizon, now.wall + PaceRecord.reservation), at: now)
    }

    /// The reservation is written.
    public mutating func reserved(_ record: PaceRecord) { horizon = max(horizon, record.horizon) }

    /// What an owner leaves that ends in order.
    public func release(at now: HostTime) -> PaceRecord {
        var record = record(horizon: now.wall, at: now)
        record.isReleased = true
        return record
    }

    private func record(horizon: Instant, at now: HostTime) -> PaceRecord {
        PaceRecord(
            horizon: horizon, isReleased: false, pausedUntil: schedule.pacer.pausedUntil,
            arrivals: schedule.pacer.arrivals, looks: looks, lookFloor: lookFloor,
            written: now
        )
    }

    /// Looks are forgotten after a day: no interval is as long.
    private static let lookMemory = Duration.seconds(86_400)
}
