import Journal
import OrderKernel

/// The one place where requests of a token wait for their turn.
///
/// It reserves the token in the journal a second ahead, so that several processes together, and
/// one that starts again, keep the limits and the minimum between two looks at an order.
actor TokenOwner {
    private let token: String
    private let owner: String
    private let journal: Journal
    private let clock: any EngineClock
    private var schedule: TokenSchedule
    private var limits: [RateLimit]
    private var reservedUntil: Instant = .distantPast
    private var lookedAt: [String: Instant] = [:]
    /// Another process may have looked at any order until then.
    private var lookFloor: Instant = .distantPast
    private var lastSent: Instant = .distantPast
    private var nextID: UInt64 = 0

    /// How far ahead a token is reserved (design, "Limits and polling").
    private static let reservation = Duration.seconds(1)

    init(
        token: String,
        owner: String,
        limits: [RateLimit],
        journal: Journal,
        clock: any EngineClock
    ) {
        self.token = token
        self.owner = owner
        self.limits = limits
        self.journal = journal
        self.clock = clock
        schedule = TokenSchedule(pacer: Pacer(limits: limits))
    }

    /// Takes over the limits of a further definition on the same token.
    func add(limits: [RateLimit]) {
        schedule.pacer.add(limits: limits, at: clock.now())
    }

    /// Waits for a turn; when this returns, the request is counted and leaves at once.
    ///
    /// - Throws: `MoonlineError` with `cancelled`, or with `internal` when the journal fails.
    func turn(
        lane: Lane,
        operation: String,
        poll: PollIndex.Candidate? = nil
    ) async throws(MoonlineError) {
        nextID += 1
        let id = nextID
        schedule.join(
            TokenSchedule.Request(
                id: id, lane: lane, operation: operation, poll: poll, since: clock.now()
            )
        )
        defer { schedule.leave(id) }
        while true {
            try await reserve()
            switch schedule.decide(id, at: clock.now()) {
            case .go:
                lastSent = clock.now()
                return
            case .wait(let instant): try await sleep(until: instant)
            }
        }
    }

    /// Waits until an order may be looked at again, and for a turn.
    ///
    /// Invariant L2: no two looks at an order are closer than its minimum, not even when looks
    /// fail, nor across processes.
    ///
    /// - Throws: `MoonlineError` as `turn` does.
    func look(at order: Order, polling: AccountPolling) async throws(MoonlineError) {
        while true {
            try await sleep(until: nextLook(at: order, polling: polling))
            try await reserve()
            // The reservation may have shown that another process looked meanwhile.
            if nextLook(at: order, polling: polling) <= clock.now() { break }
        }
        // Claimed before the turn, so that two waiters of this process do not look together.
        let last = lookedAt[order.id] ?? order.createdAt
        lookedAt[order.id] = clock.now()
        try await turn(
            lane: .poll, operation: "check",
            poll: PollIndex.Candidate(boughtAt: order.createdAt, lookedAt: last)
        )
        lookedAt[order.id] = clock.now()
    }

    /// When an order may be looked at next.
    func nextLook(at order: Order, polling: AccountPolling) -> Instant {
        let floor = lookFloor == .distantPast ? lookFloor : lookFloor + polling.every
        let first = order.createdAt + polling.first
        return max(first, floor, lookedAt[order.id].map { $0 + polling.every } ?? .distantPast)
    }

    /// The provider answered 429.
    func refused(retryAfter: Duration?) {
        schedule.pacer.refused(at: clock.now(), delay: retryAfter)
    }

    /// The provider answered; its headers may say how much is left.
    func answered(remaining: (count: Int, reset: Duration)?) {
        schedule.pacer.accepted()
        guard let remaining else { return }
        schedule.pacer.tighten(
            remaining: remaining.count, reset: remaining.reset, at: clock.now()
        )
    }

    /// Gives the token back, so that the next process need not wait.
    func release() async {
        guard reservedUntil != .distantPast else { return }
        try? await journal.release(
            token: token, owner: owner, lastSent: lastSent, pacer: schedule.pacer
        )
        reservedUntil = .distantPast
    }

    private func reserve() async throws(MoonlineError) {
        while clock.now() >= reservedUntil {
            let reservation = try await journal.reserve(
                token: token, owner: owner, now: clock.now(), ahead: Self.reservation,
                pausedUntil: schedule.pacer.pausedUntil
            )
            switch reservation {
            case .busy(let until): try await sleep(until: until + .milliseconds(1))
            case .granted(let until, let foreign):
                if let foreign { follow(foreign) }
                reservedUntil = until
            }
        }
    }

    private func follow(_ foreign: TokenReservation.Foreign) {
        lookFloor = max(lookFloor, foreign.horizon)
        schedule.pacer.resume(arrivals: foreign.arrivals, pausedUntil: foreign.pausedUntil)
        if foreign.arrivals.count != schedule.pacer.arrivals.count {
            schedule.pacer.drain(until: foreign.horizon)
        }
    }

    private func sleep(until instant: Instant) async throws(MoonlineError) {
        guard instant > clock.now() else {
            if Task.isCancelled { throw MoonlineError(.cancelled, "the wait was stopped") }
            return
        }
        do {
            try await clock.sleep(until: instant)
        } catch {
            throw MoonlineError(.cancelled, "the wait was stopped")
        }
    }
}
