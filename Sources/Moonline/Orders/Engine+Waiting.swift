import Definitions
import Journal
import Logging
public import OrderKernel
import Synchronization

extension Engine {
    /// Waits for a code of an order.
    ///
    /// No failed look ends the wait: looks keep their interval. When the time runs out and the last
    /// look had failed, its failure is thrown.
    ///
    /// - Throws: `MoonlineError` with `deadline`, `expired`, `closed`, or the last look's failure.
    public func code(
        of id: String,
        within duration: Duration
    ) async throws(MoonlineError) -> String {
        let order = try await require(id)
        // Whoever waits for a number that its run left behind keeps it.
        if let run = order.attendant, run != self.run, !host.isAlive(run: run) {
            try await keep(id)
        }
        unclaimed.claim(order)
        let mark = Self.waiting(for: id)
        try host.begin(run: mark)
        defer { host.end(run: mark) }
        let (code, revision) = try await waitForCode(of: id, until: clock.now() + duration)
        handed.withLock { $0[id] = revision }
        return code
    }

    /// Whoever was handed an order's code goes on, so that it was told.
    func confirmHanded(_ id: String) async {
        guard let revision = handed.withLock({ $0.removeValue(forKey: id) }) else { return }
        await told(id, revision)
    }

    /// Codes of orders were handed out to what ended before it showed them: a sweep tells them.
    package func forgetHanded(_ ids: Set<String>) {
        handed.withLock { handed in handed = handed.filter { !ids.contains($0.key) } }
        for id in ids { unclaimed.note(id) }
    }

    /// Notes that somebody was told an order's code of a revision; a note that is lost makes it
    /// told twice.
    package func told(_ id: String, _ revision: Int) async {
        guard let order = try? await journal.order(id), order.isUntold else { return }
        _ = try? await apply(.told(revision: revision), to: order)
    }

    /// Invariant O2: a code is returned, and told, when it is durable.
    func waitForCode(
        of id: String,
        until deadline: Instant,
        onLook: @Sendable (Order) async -> Void = { _ in }
    ) async throws(MoonlineError) -> (code: String, revision: Int) {
        var order = try await require(id)
        var failure: MoonlineError?
        var heardAt = Instant(milliseconds: .min)
        var isHeardOpen = false
        while true {
            if order.hasNewCode, let code = order.code { return (code, order.revision) }
            try Self.checkOpen(order)
            let client = try await client(of: order)
            let next = await client.owner.nextLook(at: order, polling: client.account.polling)
            guard next < deadline else {
                try await pause(until: deadline)
                order = try await require(id)
                if order.hasNewCode, let code = order.code { return (code, order.revision) }
                throw failure ?? Self.deadline(order)
            }
            if order.expiresAt + OrphanMatch.clockSkewMaximum < clock.now() {
                // A provider that is not heard may have a code: a later sweep asks it again.
                if let failure { throw failure }
                // One that was heard before the end may have got a code since, and an order may
                // have become known only after its time. Of one that the provider calls open, this
                // machine's clock may be ahead.
                let isOver =
                    !isHeardOpen || Self.isOver(order, client.account, at: clock.now())
                if heardAt >= order.expiresAt, isOver {
                    order = try await apply(.expired, to: order)
                    continue
                }
            }
            do throws(MoonlineError) {
                let proof = try await journal.proof(of: order.account)
                let shown = try await look(at: order, with: client, until: deadline)
                // A look of another process says nothing of this one's failures.
                if let shown {
                    (heardAt, failure) = (clock.now(), nil)
                    isHeardOpen = shown.saysOpen
                }
                order = try await observe(shown, order, client.account)
                try await noteOpen(order, by: shown, since: proof)
            } catch {
                if endsWait(error, until: deadline) { return try await known(id, orElse: error) }
                if error.code == .deadline { throw failure ?? error }
                failure = error
                if error.code == .notFound, !client.account.isUncertain,
                    denials.takeDenial(of: order, at: clock.now())
                {
                    order = try await apply(.missing, to: order)
                }
                order = try await require(id)
                logger.debug("\(order.account): a look failed, \(error)")
            }
            await onLook(order)
        }
    }

    // Somebody else's look may have brought it.
    private func known(
        _ id: String,
        orElse error: MoonlineError
    ) async throws(MoonlineError) -> (code: String, revision: Int) {
        guard let order = try? await require(id), order.hasNewCode, let code = order.code else {
            throw error
        }
        return (code, order.revision)
    }

    private func endsWait(_ error: MoonlineError, until deadline: Instant) -> Bool {
        // Nobody may look before the end of a pause.
        if error.code == .rateLimited, let pause = error.retryAfter {
            return clock.now() + pause >= deadline
        }
        return [.cancelled, .internal, .auth, .forbidden, .unsupported].contains(error.code)
    }

    private static func deadline(_ order: Order) -> MoonlineError {
        MoonlineError(
            .deadline,
            "no code came in time on \(order.phone); `moonline wait \(order.id)` goes on waiting, "
                + "`moonline cancel \(order.id)` gives the number back",
            provider: order.account
        )
    }

    private static func checkOpen(_ order: Order) throws(MoonlineError) {
        switch order.state {
        case .waiting, .received: return
        case .expired:
            throw MoonlineError(
                .expired, "the order \(order.id) expired without a code",
                provider: order.account)
        case .cancelled:
            throw MoonlineError(
                .expired, "the order \(order.id) was cancelled, no code came",
                provider: order.account)
        case .lost:
            throw MoonlineError(
                .notFound, "\(order.account) no longer knows the order \(order.id)",
                provider: order.account)
        case .finished:
            throw MoonlineError(
                .closed, "the order \(order.id) is finished", provider: order.account)
        }
    }

    // One look, which must not outlast the deadline.
    private func look(
        at order: Order,
        with client: AccountClient,
        until deadline: Instant
    ) async throws(MoonlineError) -> AccountClient.Look? {
        let looked = try await Race.first(until: deadline, clock: clock) {
            () async throws(MoonlineError) in
            try await TurnPatience.until(deadline) { () async throws(MoonlineError) in
                try await self.look(at: order, with: client)
            }
        }
        guard let looked else {
            // Somebody else's look may have brought it.
            if try await require(order.id).hasNewCode { return nil }
            throw Self.deadline(order)
        }
        return looked
    }

    /// Writes down what a look showed; without one, what the journal knows by now.
    func observe(
        _ look: AccountClient.Look?,
        _ order: Order,
        _ account: Account
    ) async throws(MoonlineError) -> Order {
        switch look {
        case nil: try await require(order.id)
        case .over:
            try await journal.apply(
                .closed, to: order.id, saidOf: order.remoteID, at: clock.now()
            ).order
        case .record(let record): try await observe(record, order, account)
        }
    }

    /// Writes down what a provider says of an order.
    ///
    /// - Parameter refusals: how many of its cancels were refused before the provider was asked;
    ///   those of `order` without one.
    func observe(
        _ record: Record,
        _ order: Order,
        _ account: Account,
        after refusals: Int? = nil
    ) async throws(MoonlineError) -> Order {
        denials.forget(order.id)
        try await noticeSwap(record, of: order, account)
        let status = record.text("status").flatMap(OrderStatus.init(rawValue:)) ?? .waiting
        var observation = Self.observation(
            record, status, account.definition.currency, at: clock.now(), known: order.expiresAt)
        observation.cancelRefusals = refusals ?? order.cancelRefusals
        // A swap meanwhile may have made it another order at the provider.
        return try await note(.observed(observation), of: order, saidOf: order.remoteID)
    }

    /// Writes down what a provider said of an order, or remembers it where that is impossible.
    func note(
        _ event: OrderEvent,
        of order: Order,
        saidOf remoteID: String? = nil
    ) async throws(MoonlineError) -> Order {
        do throws(MoonlineError) {
            return try await journal.apply(
                event, to: order.id, saidOf: remoteID, at: clock.now()
            ).order
        } catch {
            observations.keep(event, of: order.remoteID, order.account)
            throw error
        }
    }

    static func observation(
        _ record: Record,
        _ status: OrderStatus,
        _ currency: String?,
        at now: Instant,
        known: Instant? = nil
    ) -> OrderObservation {
        OrderObservation(
            status: status,
            code: record.text("code"),
            message: record.text("message"),
            expiresAt: record.end(after: now, known: known),
            cancelNotBefore: record.instant("cancel_at"),
            price: record.money("price", currency: currency),
            revision: record.count("revision")
        )
    }

    func apply(
        _ event: OrderEvent,
        to order: Order,
        saidOf remoteID: String? = nil
    ) async throws(MoonlineError) -> Order {
        try await journal.apply(event, to: order.id, saidOf: remoteID, at: clock.now()).order
    }

    /// An order by its id, with what this process knows of it and could not write down before.
    ///
    /// - Throws: `MoonlineError` with `not_found`, `unknown_purchase` for a purchase without an
    ///   order, or `internal`.
    func require(_ id: String) async throws(MoonlineError) -> Order {
        if let order = try await journal.order(id) {
            let events = observations.unwritten(of: order)
            var known = order
            for event in events { known = try await apply(event, to: order) }
            observations.drop(events, of: order)
            return known
        }
        if let purchase = try await journal.purchase(id), purchase.state.isOpen {
            throw MoonlineError(
                .unknownPurchase,
                "'\(id)' is a purchase on \(purchase.account) that has no order yet; `moonline "
                    + "sweep` says what is known of it", provider: purchase.account)
        }
        throw MoonlineError(.notFound, "there is no order '\(id)'; see `moonline orders`")
    }

    func pause(until instant: Instant) async throws(MoonlineError) {
        do {
            try await clock.sleep(until: instant)
        } catch {
            throw MoonlineError(.cancelled, "the wait was stopped")
        }
    }
}
