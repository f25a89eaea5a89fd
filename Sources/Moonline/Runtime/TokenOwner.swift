import Journal
import OrderKernel

/// The one place where requests of a token wait for their turn.
///
/// The schedule decides who of this process is next; the journal counts the request for all
/// processes in one commit, so that several of them, and one that starts again, keep the limits.
actor TokenOwner {
    private let token: String
    private let journal: Journal
    private let clock: any EngineClock
    private var schedule: TokenSchedule
    private var isBooking = false
    private var nextID: UInt64 = 0

    init(token: String, limits: [RateLimit], journal: Journal, clock: any EngineClock) {
        self.token = token
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
    func turn(lane: Lane, operation: String) async throws(MoonlineError) {
        let request = request(lane, operation, poll: nil)
        _ = try await turn(request, look: nil)
    }

    /// Waits until an order may be looked at again, and for a turn.
    ///
    /// Invariant L2: no two looks at an order are closer than its minimum, not even when looks
    /// fail, nor over processes.
    ///
    /// - Returns: whether it is this one's turn; `false` when another process looked meanwhile, so
    ///   that the journal may know more.
    /// - Throws: `MoonlineError` as `turn` does.
    func look(at order: Order, polling: AccountPolling) async throws(MoonlineError) -> Bool {
        try await sleep(until: try await nextLook(at: order, polling: polling))
        let last = try await journal.lastLook(at: order.id) ?? order.createdAt
        let candidate = PollIndex.Candidate(boughtAt: order.createdAt, lookedAt: last)
        let request = request(.poll, "check", poll: candidate)
        return try await turn(request, look: (order.id, polling.every))
    }

    /// When an order may be looked at next.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    func nextLook(
        at order: Order,
        polling: AccountPolling
    ) async throws(MoonlineError) -> Instant {
        let last = try await journal.lastLook(at: order.id)
        return max(order.createdAt + polling.first, last.map { $0 + polling.every } ?? .distantPast)
    }

    /// The provider answered 429.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    func refused(retryAfter: Duration?) async throws(MoonlineError) {
        schedule.pacer.refused(at: clock.now(), delay: retryAfter)
        try await journal.pause(token: token, pacer: schedule.pacer)
    }

    /// The provider answered; its headers may say how much is left.
    func answered(remaining: (count: Int, reset: Duration)?) {
        schedule.pacer.accepted()
        guard let remaining else { return }
        schedule.pacer.tighten(
            remaining: remaining.count, reset: remaining.reset, at: clock.now()
        )
    }

    private func request(
        _ lane: Lane,
        _ operation: String,
        poll: PollIndex.Candidate?
    ) -> TokenSchedule.Request {
        nextID += 1
        return TokenSchedule.Request(
            id: nextID, lane: lane, operation: operation, poll: poll, since: clock.now()
        )
    }

    private func turn(
        _ request: TokenSchedule.Request,
        look: (order: String, every: Duration)?
    ) async throws(MoonlineError) -> Bool {
        schedule.join(request)
        defer { schedule.leave(request.id) }
        while true {
            guard !isBooking else {
                try await sleep(until: clock.now() + .milliseconds(1))
                continue
            }
            let before = schedule.pacer
            switch schedule.decide(request.id, at: clock.now()) {
            case .wait(let instant): try await sleep(until: instant)
            case .go:
                switch try await book(request, before, look) {
                case .booked: return true
                case .wait(let instant, _):
                    // Only another process can have looked since: the journal may know the code.
                    if look != nil, instant > clock.now() + .milliseconds(500) { return false }
                    schedule.join(request)
                    try await sleep(until: instant)
                }
            }
        }
    }

    private func book(
        _ request: TokenSchedule.Request,
        _ pacer: Pacer,
        _ look: (order: String, every: Duration)?
    ) async throws(MoonlineError) -> TokenBooking {
        isBooking = true
        defer { isBooking = false }
        schedule.pacer = pacer
        let booking = try await journal.book(
            token: token, operation: request.operation, pacer: pacer, look: look,
            now: clock.now()
        )
        switch booking {
        case .booked(let state), .wait(_, let state):
            schedule.pacer.merge(arrivals: state.arrivals, pausedUntil: state.pausedUntil)
        }
        return booking
    }

    private func sleep(until instant: Instant) async throws(MoonlineError) {
        do {
            if instant > clock.now() {
                try await clock.sleep(until: instant)
            } else {
                try Task.checkCancellation()
            }
        } catch {
            throw MoonlineError(.cancelled, "the wait was stopped")
        }
    }
}
