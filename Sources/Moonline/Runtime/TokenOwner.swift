import Journal
import OrderKernel

/// Where the requests of a token wait for their turn in this process.
///
/// One process of a host owns the token: its desk decides for all, and its journal holds what it
/// reserved ahead. The others ask it; when it is gone, one of them becomes the owner.
actor TokenOwner {
    private let token: String
    private let journal: Journal
    private let host: any ProcessHost
    private let clock: any EngineClock
    private let random: RandomSource
    private var limits: [RateLimit]
    private var role = Role.none
    /// The last looks that this process knows of.
    private var looks: [String: Instant] = [:]
    private var isReserving = false

    private enum Role {
        case none, guest
        case owner(TokenDesk)
    }

    /// An owner answers a guest before its request leaves; within that it has to.
    private static let guestSlack = Duration.milliseconds(100)
    /// How often a guest that waits asks again: in between its owner may have died.
    private static let guestPatience = Duration.milliseconds(500)
    /// A guest that has not asked for so long has died.
    private static let guestLifetime = Duration.seconds(2)

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

    /// Waits for a turn; when this returns, the request is counted and leaves at once.
    ///
    /// - Throws: `MoonlineError` with `cancelled`, with `deadline` when no turn came until then, or
    ///   with `internal` when the journal fails.
    func turn(
        lane: Lane,
        operation: String,
        until deadline: Instant? = nil
    ) async throws(MoonlineError) {
        let request = TurnRequest(
            id: random.number(), lane: lane, operation: operation, limits: limits
        )
        _ = try await wait(request, until: deadline)
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
        try await sleep(until: nextLook(at: order, polling: polling))
        let known = looks[order.id] ?? .distantPast
        var request = TurnRequest(
            id: random.number(), lane: .poll, operation: "check", limits: limits
        )
        request.poll = .init(boughtAt: order.createdAt, lookedAt: max(known, order.createdAt))
        request.look = .init(order: order.id, every: polling.every, known: known)
        return try await wait(request, until: nil)
    }

    /// When an order may be looked at next, as far as this process knows.
    func nextLook(at order: Order, polling: AccountPolling) -> Instant {
        let last = looks[order.id].map { $0 + polling.every } ?? .distantPast
        return max(order.createdAt + polling.first, last)
    }

    /// The provider answered 429.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    func refused(retryAfter: Duration?) async throws(MoonlineError) {
        let message = TurnMessage.refused(delay: retryAfter)
        guard case .owner = role else {
            _ = try? await host.ask(token, message)
            return
        }
        _ = await answer(message)
    }

    /// The provider answered; its headers may say how much is left.
    func answered(remaining: (count: Int, reset: Duration)?) async {
        let message = TurnMessage.answered(
            remaining: remaining?.count, reset: remaining?.reset ?? .zero
        )
        if case .owner = role {
            _ = await answer(message)
        } else if remaining != nil {
            _ = try? await host.ask(token, message)
        }
    }

    /// Gives the token back, with an exact note of its pace for the next owner.
    func release() async {
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
    ) async throws(MoonlineError) -> Bool {
        var request = request
        do throws(MoonlineError) {
            while true {
                if let deadline, clock.now() > deadline {
                    throw MoonlineError(
                        .deadline, "the request had to wait too long for its turn", isUnsent: true)
                }
                let asked = clock.now()
                switch try await ask(request) {
                case nil: role = .none
                case .go(let slack)?:
                    guard clock.now() - asked <= slack else { continue }
                    noteLook(request)
                    return true
                case .wait(let duration)?: try await sleep(until: clock.now() + duration)
                case .looked(let ago)?:
                    guard let look = request.look else { continue }
                    let isNews = look.known > .distantPast
                    looks[look.order] = clock.now() - ago
                    guard !isNews else { return false }
                    // A process that knew of no look waits for its own.
                    request.look = .init(
                        order: look.order, every: look.every, known: clock.now() - ago
                    )
                case .failed(let message)?: throw MoonlineError(.internal, message)
                case .done?: return true
                }
            }
        } catch {
            await leave(request.id)
            throw error
        }
    }

    private func noteLook(_ request: TurnRequest) {
        guard let look = request.look else { return }
        // The owner assumes that a guest used all the time that it was given.
        if case .owner = role {
            looks[look.order] = clock.now()
        } else {
            looks[look.order] = clock.now() + Self.guestSlack
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

    private func claim() async throws(MoonlineError) {
        let claimed = try await host.claim(token) { [weak self] message in
            await self?.answer(message) ?? .wait(Self.guestPatience)
        }
        guard case .owner(let note) = claimed else {
            if case .none = role { role = .guest }
            return
        }
        let time = clock.hostTime()
        let kept = try await journal.pace(of: token)?.translated(to: time)
        let noted = note?.translated(to: time)
        let record = kept.map { kept in noted.map { kept.merged(with: $0) } ?? kept } ?? noted
        role = .owner(TokenDesk(limits: limits, record: record))
    }

    // MARK: Deciding

    /// Answers a message of this process or of a guest.
    private func answer(_ message: TurnMessage) async -> TurnAnswer {
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
            let slack = isGuest ? Self.guestSlack : .zero
            let decided = desk.ask(
                TokenSchedule.Request(
                    id: request.id, lane: request.lane, operation: request.operation,
                    poll: request.poll, since: now,
                    expiry: isGuest ? now + Self.guestLifetime : nil
                ),
                look: request.look, slack: slack, at: now
            )
            role = .owner(desk)
            switch decided {
            case .go: return .go(within: isGuest ? slack : .seconds(1))
            case .looked(let instant): return .looked(ago: now - instant)
            case .wait(let instant):
                let wait = max(instant - now, .milliseconds(1))
                return .wait(isGuest ? min(wait, Self.guestPatience) : wait)
            case .reserve:
                if isReserving { return .wait(.milliseconds(2)) }
                if let failure = await reserve() { return failure }
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
        do {
            try await journal.keep(record, of: token)
        } catch {
            return .failed(message: error.message)
        }
        host.note(record, of: token)
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
