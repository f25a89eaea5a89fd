import Journal
import OrderKernel

/// Where the requests of a token wait for their turn in this process.
///
/// One process of a host owns the token: its desk decides for all, and its journal holds what it
/// reserved ahead. The others ask it; when it is gone, one of them becomes the owner.
actor TokenOwner {
    let token: String
    let journal: Journal
    let host: any ProcessHost
    let clock: any EngineClock
    private let random: RandomSource
    var limits: [RateLimit]
    var role = Role.none
    /// The last looks that this process knows of.
    private var looks: [String: Instant] = [:]
    /// What this process looked at last, and no other one.
    private var ownLooks: Set<String> = []
    /// Whether the last thing that this process heard of the provider's limits was a refusal.
    private var isRefused = false
    private var isReserving = false
    var isReleased = false

    enum Role {
        case none, guest
        case owner(TokenDesk)
    }

    /// An owner answers a guest before its request leaves; within that it has to.
    private static let guestSlack = Duration.milliseconds(100)
    /// How often a guest that waits asks again: in between its owner may have died.
    static let guestPatience = Duration.milliseconds(500)
    /// A guest that is so late in asking again has died, or was stopped: the others go on.
    private static let guestGrace = Duration.milliseconds(250)

    init(
        token: String, limits: [RateLimit], journal: Journal, host: any ProcessHost,
        clock: any EngineClock, random: RandomSource
    ) {
        self.token = token
        self.limits = limits
        self.journal = journal
        self.host = host
        self.clock = clock
        self.random = random
    }

    /// Takes over the limits of a further definition on the same token.
    func add(limits more: [RateLimit]) {
        limits += more.filter { !limits.contains($0) }
        guard case .owner(var desk) = role else { return }
        desk.add(limits: more, at: clock.now())
        role = .owner(desk)
    }

    /// A turn that a request has: it leaves at once, or not on this turn.
    struct Turn: Sendable {
        /// When it was given, or before that.
        let at: Instant
        /// What is looked at, for a look.
        let subject: String?
    }

    /// Waits for a turn; when this returns, the request is counted and leaves at once.
    ///
    /// - Throws: `MoonlineError` with `cancelled`, with `deadline` when no turn came until then,
    ///   with `rate_limited` when a pause is longer than `TurnPatience`, or with `internal` when
    ///   the journal fails.
    func turn(
        lane: Lane,
        operation: String,
        until deadline: Instant? = nil
    ) async throws(MoonlineError) -> Turn {
        let request = TurnRequest(
            id: random.number(), lane: lane, operation: operation, limits: limits
        )
        // Only looks are told that another process was faster.
        return try await wait(request, until: deadline) ?? Turn(at: clock.now(), subject: nil)
    }

    /// Waits until an order may be looked at again, and for a turn.
    ///
    /// Invariant L2: no two looks at an order are closer than its minimum, not even when looks
    /// fail, nor over processes.
    ///
    /// - Returns: its turn; `nil` when another process looked meanwhile, so that the journal may
    ///   know more.
    /// - Throws: `MoonlineError` as `turn` does.
    func look(at order: Order, polling: AccountPolling) async throws(MoonlineError) -> Turn? {
        try await awaitLook(at: order, polling: polling)
        return try await look(
            at: order.id, operation: "check", lane: .poll, every: polling.every,
            age: clock.now() - order.createdAt
        )
    }

    /// Waits until an order may be looked at again, as far as this process knows.
    ///
    /// - Throws: `MoonlineError` with `cancelled`, or with `rate_limited` when that is longer than
    ///   `TurnPatience`.
    func awaitLook(at order: Order, polling: AccountPolling) async throws(MoonlineError) {
        let (now, next) = (clock.now(), nextLook(at: order, polling: polling))
        guard next <= TurnPatience.turn(at: now) else {
            throw TurnPatience.isTooShort(for: next - now, at: now)
        }
        try await sleep(until: next)
    }

    /// Waits until a list may be read again, and for a turn.
    ///
    /// Whoever read it last leaves the next turn to others: what it read proves nothing to them.
    ///
    /// - Returns: its turn; `nil` when another process read it meanwhile.
    /// - Throws: `MoonlineError` as `turn` does.
    func lookAtList(
        _ subject: String,
        operation: String,
        every: Duration
    ) async throws(MoonlineError) -> Turn? {
        let isOwn = ownLooks.contains(subject)
        return try await look(
            at: subject, operation: operation, lane: .settle,
            every: isOwn ? every + Self.courtesy : every)
    }

    /// More than a guest may be late.
    private static let courtesy = Duration.milliseconds(250)

    // Waits until something may be looked at again, and for a turn.
    private func look(
        at subject: String,
        operation: String,
        lane: Lane,
        every: Duration,
        age: Duration? = nil
    ) async throws(MoonlineError) -> Turn? {
        var request = TurnRequest(
            id: random.number(), lane: lane, operation: operation, limits: limits
        )
        request.look = LookRequest(subject: subject, every: every, age: age)
        return try await wait(request, until: nil)
    }

    /// Takes turns until one is not too late: then the request leaves.
    ///
    /// - Returns: whether there was a turn at all.
    /// - Throws: what taking a turn throws.
    @discardableResult
    func depart(
        on take: @Sendable () async throws(MoonlineError) -> Turn?
    ) async throws(MoonlineError) -> Bool {
        while let turn = try await take() {
            if departs(on: turn) { return true }
        }
        return false
    }

    /// Whether a request may leave on its turn now.
    ///
    /// A process that was stopped in between comes too late: its turn has passed, and others may
    /// have had theirs since.
    func departs(on turn: Turn) -> Bool {
        let now = clock.now()
        guard case .owner(var desk) = role else { return now - turn.at <= Self.guestSlack }
        guard now - turn.at <= Self.turnLifetime else { return false }
        if let subject = turn.subject {
            desk.departs(look: subject, at: now)
            looks[subject] = now
            role = .owner(desk)
        }
        return true
    }

    /// A turn of the owner's own is used within milliseconds, unless the process was stopped.
    private static let turnLifetime = Duration.milliseconds(250)

    /// When an order may be looked at next, as far as this process knows.
    func nextLook(at order: Order, polling: AccountPolling) -> Instant {
        let last = looks[order.id].map { $0 + polling.every } ?? .distantPast
        return max(order.createdAt + polling.first, last)
    }

    /// The provider answered 429.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    func refused(retryAfter: Duration?) async throws(MoonlineError) {
        isRefused = true
        try await tell(.refused(delay: retryAfter))
    }

    /// The provider said how much is left; without that, that it took a request.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    func answered(remaining: (count: Int, reset: Duration)?) async throws(MoonlineError) {
        // The owner need not be told of each request that a guest's provider took, but of the first
        // one after a refusal: it counts those.
        let isOwner = if case .owner = role { true } else { false }
        guard isOwner || remaining != nil || isRefused else { return }
        if remaining == nil { isRefused = false }
        try await tell(.answered(remaining: remaining?.count, reset: remaining?.reset ?? .zero))
    }

    // What binds all processes has to reach whoever owns the token, also when that one ends now.
    private func tell(_ message: TurnMessage) async throws(MoonlineError) {
        for _ in 0..<Self.tellings {
            if case .none = role { try await claim() }
            if case .owner = role {
                _ = await answer(message)
                return
            }
            if try await host.ask(token, message) == .done { return }
            role = .none
        }
    }

    /// Owners that may end one after another while something is told.
    private static let tellings = 3

    /// Gives the token back, with an exact note of its pace for the next owner.
    func release() async {
        isReleased = true
        guard case .owner(let desk) = role else { return }
        role = .none
        let record = desk.release(at: clock.hostTime())
        try? await journal.keep(record, of: token)
        host.note(record, of: token)
        await host.release(token)
    }

    // MARK: Waiting

    private func wait(
        _ request: TurnRequest,
        until deadline: Instant?
    ) async throws(MoonlineError) -> Turn? {
        var request = request
        do throws(MoonlineError) {
            while true {
                if let deadline, clock.now() > deadline {
                    throw MoonlineError(
                        .deadline, "the request had to wait too long for its turn", isUnsent: true)
                }
                let asked = clock.now()
                request.patience = TurnPatience.end(at: asked) - asked
                if let known = request.look.flatMap({ looks[$0.subject] }) {
                    request.look?.knownAgo = asked - known
                }
                switch try await ask(request) {
                case nil:
                    role = .none
                    // An owner that is there and does not understand is not asked without a pause.
                    try await sleep(until: clock.now() + .milliseconds(20))
                case .go(let slack)?:
                    guard clock.now() - asked <= slack else { continue }
                    noteLook(request)
                    // A guest's time runs from its question, the owner's own from the decision.
                    let given = if case .owner = role { clock.now() } else { asked }
                    return Turn(at: given, subject: request.look?.subject)
                case .wait(let duration)?:
                    let next = clock.now() + duration
                    try await sleep(
                        until: deadline.map { min(next, $0 + .milliseconds(1)) } ?? next)
                case .paused(let duration)?:
                    throw TurnPatience.isTooShort(for: duration, at: clock.now())
                case .looked(let ago)?:
                    guard let look = request.look else { continue }
                    looks[look.subject] = clock.now() - ago
                    ownLooks.remove(look.subject)
                    // A process that knew of no look waits for its own.
                    if look.knownAgo != nil { return nil }
                case .failed(let message)?: throw MoonlineError(.internal, message)
                case .done?: return Turn(at: asked, subject: nil)
                }
            }
        } catch {
            await leave(request.id)
            throw error
        }
    }

    private func noteLook(_ request: TurnRequest) {
        guard let look = request.look else { return }
        ownLooks.insert(look.subject)
        // The owner assumes that a guest used all the time that it was given.
        if case .owner = role {
            looks[look.subject] = clock.now()
        } else {
            looks[look.subject] = clock.now() + Self.guestSlack
        }
    }

    private func leave(_ id: UInt64) async {
        switch role {
        case .none: break
        case .guest: _ = try? await host.ask(token, .leave(id: id))
        case .owner: _ = await answer(.leave(id: id))
        }
    }

    // `nil` when the owner is gone.
    private func ask(_ request: TurnRequest) async throws(MoonlineError) -> TurnAnswer? {
        if case .none = role { try await claim() }
        switch role {
        case .none: return .wait(.milliseconds(20))
        case .guest: return try await host.ask(token, .turn(request))
        case .owner: return await turn(request, isGuest: false)
        }
    }

    // MARK: Deciding

    /// Answers a message of this process or of a guest.
    func answer(_ message: TurnMessage) async -> TurnAnswer {
        if case .turn(let request) = message { return await turn(request, isGuest: true) }
        guard case .owner(var desk) = role else { return .wait(Self.guestPatience) }
        switch message {
        case .turn: break
        case .leave(let id): desk.leave(id)
        case .refused(let delay): desk.refused(at: clock.now(), delay: delay)
        case .answered(let remaining, let reset):
            desk.answered(remaining: remaining.map { ($0, reset) }, at: clock.now())
        }
        role = .owner(desk)
        // A pause has to survive this process.
        if case .refused = message, let failure = await reserve() { return failure }
        return .done
    }

    private func turn(_ request: TurnRequest, isGuest: Bool) async -> TurnAnswer {
        while true {
            guard case .owner(var desk) = role else { return .wait(.milliseconds(20)) }
            let now = clock.now()
            if isGuest { desk.add(limits: request.limits, at: now) }
            if let patience = request.patience, desk.pausedUntil > now + patience {
                return .paused(desk.pausedUntil - now)
            }
            let slack = isGuest ? Self.guestSlack : .zero
            let decided = desk.ask(
                TokenSchedule.Request(
                    id: request.id, lane: request.lane, operation: request.operation,
                    poll: request.look.flatMap { $0.candidate(at: now) }, since: now,
                    grace: isGuest ? Self.guestGrace : nil
                ),
                look: request.look.map { $0.look(at: now) }, slack: slack, at: now
            )
            role = .owner(desk)
            switch decided {
            case .go: return .go(within: isGuest ? slack : .seconds(1))
            case .looked(let instant): return .looked(ago: now - instant)
            case .wait(let instant):
                let wait = max(instant - now, .milliseconds(1))
                if let patience = request.patience,
                    wait > max(patience, TurnPatience.turnStandard)
                {
                    return .paused(wait)
                }
                return .wait(isGuest ? min(wait, Self.guestPatience) : wait)
            case .reserve:
                if isReserving { return .wait(.milliseconds(2)) }
                if let failure = await reserve() { return failure }
                // What has waited for the disk would come to a guest too late to be used.
                if isGuest { return .wait(.milliseconds(1)) }
            }
        }
    }

    // Writes down how far ahead this owner may send; nothing leaves before that is durable.
    private func reserve() async -> TurnAnswer? {
        guard case .owner(var desk) = role else { return nil }
        isReserving = true
        defer { isReserving = false }
        let record = desk.reservation(at: clock.hostTime())
        role = .owner(desk)
        if !PlantedFault.reservesInMemory.isPlanted {
            do {
                try await journal.keep(record, of: token)
            } catch {
                return .failed(message: error.message)
            }
            host.note(record, of: token)
        }
        guard case .owner(var current) = role else { return nil }
        current.reserved(record)
        role = .owner(current)
        return nil
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
