import Definitions
import Journal
import Logging
public import OrderKernel
import Synchronization

extension Engine {
    /// Settles what earlier runs left behind: finds out what became of purchases whose answer was
    /// lost, gives back numbers that nobody waits for, and closes orders that have expired.
    ///
    /// - Parameters:
    ///   - deadline: one attempt is made even when it has passed.
    ///   - includesKept: whether numbers are given back, too, that the user keeps for a later
    ///     command and that no process waits for now.
    ///   - onCode: called with each order that has a code which nobody waits for and nobody was
    ///     told, by this process or another one.
    ///   - onWait: called before each wait with what is left.
    /// - Returns: what is still open.
    /// - Throws: `MoonlineError` with `internal` or `cancelled`.
    @discardableResult
    public func sweep(
        until deadline: Instant,
        includesKept: Bool = false,
        onCode: (@Sendable (Order) async -> Void)? = nil,
        onWait: @Sendable (Leftovers) async -> Void = { _ in }
    ) async throws(MoonlineError) -> Leftovers {
        var attempt = 0
        var vain = 0
        var last: Leftovers?
        let open = try await journal.openPurchases()
        if includesKept { try await releaseKept() }
        while true {
            var left = try await TurnPatience.until(deadline) { () async throws(MoonlineError) in
                try await sweepOnce(attempt: attempt)
            }
            left.absent = try await absent(among: open)
            if let onCode { try await tellLateCodes(onCode) }
            attempt += 1
            // A provider that does not answer is not waited for as a hold is, nor as the time from
            // which on a list proves something.
            let isVain =
                left.orders == last?.orders && left.purchases == last?.purchases
                && left.next < clock.now() + .seconds(20)
                && left.settleable.allSatisfy { $0.settlesAt <= clock.now() }
                && !left.orders.contains { denials.isDenied($0.id) }
            vain = isVain ? vain + 1 : 0
            last = left
            guard !left.isSettled, clock.now() < deadline, left.next < deadline,
                vain < Self.vainMaximum
            else { return left }
            await onWait(left)
            try await pause(until: max(left.next, clock.now() + .milliseconds(200)))
        }
    }

    private func absent(among purchases: [Purchase]) async throws(MoonlineError) -> [Purchase] {
        var absent: [Purchase] = []
        for purchase in purchases {
            let now = try await journal.purchase(purchase.id)
            if let now, now.state == .absent { absent.append(now) }
        }
        return absent
    }

    // Those that a living run waits for are told to it.
    private func tellLateCodes(
        _ onCode: @Sendable (Order) async -> Void
    ) async throws(MoonlineError) {
        guard !PlantedFault.keepsLateCodes.isPlanted else { return }
        for order in try await journal.untold()
        where !host.isAlive(run: Self.waiting(for: order.id)) {
            let isAwaited = order.attendant.map { !isAbandoned(order, by: $0) } ?? false
            guard !isAwaited || order.isCancelWanted,
                handed.withLock({ $0[order.id] }) != order.revision
            else { continue }
            await onCode(order)
            await told(order.id, order.revision)
        }
    }

    /// So many attempts in a row that changed nothing, half a minute, end a sweep.
    private static let vainMaximum = 5

    /// The mark of those who wait for a number in a process of their own.
    static func waiting(for order: String) -> String { "order-\(order)" }

    // What the user keeps and nobody waits for is given back.
    private func releaseKept() async throws(MoonlineError) {
        for order in try await journal.orders(openOnly: true) where order.attendant == nil {
            guard !order.isCancelWanted, !host.isAlive(run: Self.waiting(for: order.id)) else {
                continue
            }
            _ = try await apply(.attended(run: Self.nobody), to: order)
        }
    }

    /// A run that never lives.
    private static let nobody = "nobody"

    private func sweepOnce(attempt: Int) async throws(MoonlineError) -> Leftovers {
        var left = Leftovers()
        left.next = try await prepareSettling()
        let accounts = Set(
            try await journal.openPurchases().map(\.account)
                + journal.orders(openOnly: true).map(\.account))
        let parts = try await eachKey(of: accounts.sorted(), account: \.self) {
            accounts async throws(MoonlineError) in
            try await self.sweepOnce(Set(accounts), attempt: attempt)
        }
        left.next = parts.map(\.next).reduce(left.next, min)
        let unseen = parts.reduce(into: Set<String>()) { $0.formUnion($1.unseen) }
        try await followRefunds()
        left.orders = try await journal.orders(openOnly: true)
            .filter { isLeftBehind($0) || unseen.contains($0.id) }
        left.purchases = try await journal.openPurchases().filter { !isAttended($0) }
        for purchase in left.purchases where await isUnreachable(purchase) {
            left.unreachable.insert(purchase.id)
        }
        return left
    }

    // What belongs to one key. Returns when the next attempt makes sense, and the abandoned orders
    // that could not be looked at.
    private func sweepOnce(
        _ accounts: Set<String>,
        attempt: Int
    ) async throws(MoonlineError) -> (next: Instant, unseen: Set<String>) {
        let purchases = try await journal.openPurchases().filter { accounts.contains($0.account) }
        var next = try await settle(purchases, attempt: attempt)
        let unseen = try await release(abandoned: try await openOrders(of: accounts))
        if !unseen.isEmpty { next = min(next, clock.now() + Self.retryInterval) }
        next = min(next, try await close(expired: try await openOrders(of: accounts)))
        let ids = Set(try await openOrders(of: accounts).map(\.id))
        return (min(next, try await cancelOnce(ids)), unseen)
    }

    private func openOrders(of accounts: Set<String>) async throws(MoonlineError) -> [Order] {
        try await journal.orders(openOnly: true).filter { accounts.contains($0.account) }
    }

    private func isLeftBehind(_ order: Order) -> Bool {
        order.isCancelWanted || order.isCancelRefused && !order.hasEvidence
            || order.expiresAt <= clock.now()
    }

    func isAttended(_ purchase: Purchase) -> Bool {
        purchase.run != run && host.isAlive(run: purchase.run)
    }

    /// Numbers whose run has ended without them: nobody waits for them any more.
    ///
    /// One on which a message came is reported as used; its code is in the journal.
    ///
    /// Invariant O4: what their run has seen may not be on disk, so that none is cancelled before
    /// it was looked at; returns those that could not be, which are looked at again.
    private func release(
        abandoned orders: [Order]
    ) async throws(MoonlineError) -> Set<String> {
        var unseen: Set<String> = []
        if PlantedFault.forgetsAbandoned.isPlanted { return unseen }
        let begin = clock.now()
        for order in orders {
            guard let attendant = order.attendant, isAbandoned(order, by: attendant),
                let client = try? await client(of: order), client.account.missing == nil
            else { continue }
            guard let order = try? await lookedAt(order, client, since: begin) else {
                unseen.insert(order.id)
                continue
            }
            // Somebody may have begun to wait for it during the look.
            let current = try await require(order.id)
            guard !order.state.isTerminal, current.attendant == attendant,
                !host.isAlive(run: Self.waiting(for: order.id))
            else { continue }
            if order.hasEvidence {
                _ = try? await finish(order.id)
            } else if client.account.definition.has(.cancel) {
                _ = try await apply(.cancelWanted, to: order)
            }
        }
        return unseen
    }

    private func isAbandoned(_ order: Order, by run: String) -> Bool {
        run == self.run ? unclaimed.contains(order) : !host.isAlive(run: run)
    }

    /// An abandoned order after a look at it, where it can be looked at.
    ///
    /// - Throws: `MoonlineError` when it is not known whether a message came.
    private func lookedAt(
        _ order: Order,
        _ client: AccountClient,
        since instant: Instant
    ) async throws(MoonlineError) -> Order {
        guard !order.hasEvidence, client.account.definition.showsOrders else { return order }
        do throws(MoonlineError) {
            guard let look = try await look(at: order, with: client, since: instant) else {
                throw MoonlineError(.unavailable, "another process may have looked at it")
            }
            return try await observe(look, order, client.account)
        } catch {
            guard error.code == .notFound else { throw error }
            // A provider that denies it has no message on it either.
            if client.account.definition.has(.check) { return order }
            // From the list of those that are open, it may be gone for its message.
            guard isGone(order, error, client) else { throw error }
            return try await apply(.missing, to: order)
        }
    }

    /// Orders whose time is over and that nobody looks at any more; returns when the next look
    /// makes sense.
    ///
    /// Invariant O5: every order comes to an end.
    private func close(expired orders: [Order]) async throws(MoonlineError) -> Instant {
        var next = Instant(milliseconds: .max)
        if PlantedFault.forgetsAbandoned.isPlanted { return next }
        let begin = clock.now()
        for order in orders {
            if let attendant = order.attendant, attendant != run, host.isAlive(run: attendant) {
                continue
            }
            guard order.expiresAt + Self.expiryGrace <= clock.now() else { continue }
            guard let client = try? await client(of: order), client.account.missing == nil else {
                // Its key or address is another one now: nobody can look any more.
                if order.expiresAt + Self.silencePatience <= clock.now() {
                    _ = try await apply(.expired, to: order)
                }
                continue
            }
            let (seen, isSure, saysOpen) = await lookAtExpired(order, client, since: begin)
            guard !seen.state.isTerminal else { continue }
            let patience = isSure ? Self.expiryPatience : Self.silencePatience
            let isOver =
                saysOpen
                ? Self.isOver(seen, client.account, at: clock.now())
                : clock.now() >= seen.expiresAt + patience
            if !isOver {
                next = min(next, clock.now() + Self.retryInterval)
            } else {
                _ = try await apply(.expired, to: seen)
            }
        }
        return next
    }

    /// Whether an order is over that its provider calls open: not before its end, with patience for
    /// clocks, nor before it had its life by this machine's clock alone, as its end may have been
    /// told by a clock that is far behind.
    static func isOver(_ order: Order, _ account: Account, at now: Instant) -> Bool {
        now >= order.expiresAt + expiryPatience
            && now >= order.createdAt + account.definition.lifetime
    }

    // Whether the provider was heard, or has nothing to say, and whether it calls the order open.
    private func lookAtExpired(
        _ order: Order,
        _ client: AccountClient,
        since instant: Instant
    ) async -> (Order, isSure: Bool, saysOpen: Bool) {
        guard client.account.definition.showsOrders else { return (order, true, false) }
        do throws(MoonlineError) {
            guard let look = try await look(at: order, with: client, since: instant) else {
                return (order, false, false)
            }
            return (try await observe(look, order, client.account), true, look.saysOpen)
        } catch {
            // A provider that no longer knows it has been heard.
            return (order, error.code == .notFound && !client.account.isUncertain, false)
        }
    }

    /// The first look after the expiry is for a code that came in its last moment.
    private static let expiryGrace = Duration.seconds(15)

    /// How long a provider that does not say that it is over is asked about an order whose time is
    /// over (O5): twice the time in which a purchase settles, and a little.
    private static let expiryPatience = Duration.seconds(2 * 100)
    /// A provider that does not answer at all may have a code; after a day nobody waits for it.
    private static let silencePatience = SpendCaps.day

    /// Money that is due: a balance may show that it came, and time that it did not.
    private func followRefunds() async throws(MoonlineError) {
        let due = try await journal.refundsDue()
        for name in Set(due.map(\.account)).sorted() {
            guard let account = try? directory.account(named: name), account.missing == nil,
                account.definition.has(.balance), try await journal.proof(of: name) == nil
            else { continue }
            _ = try? await takeReading(await client(for: account), lane: .catalogue)
        }
        for order in due where order.refund == .due {
            guard let account = try? directory.account(named: order.account),
                let endedAt = order.endedAt,
                endedAt + account.definition.refundsWithin <= clock.now()
            else { continue }
            _ = try await apply(.refundLate, to: order)
        }
    }
}
