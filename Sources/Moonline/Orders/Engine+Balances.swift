import Definitions
import Journal
import Logging
import OrderKernel

extension Engine {
    /// Reads the balance that a later one can be compared with, unless one is known.
    ///
    /// A failure is no reason not to buy: without it, a lost purchase stays unresolved.
    ///
    /// - Throws: `MoonlineError` with `cancelled` or `internal`.
    func takeBaseline(
        _ client: AccountClient,
        until deadline: Instant?
    ) async throws(MoonlineError) {
        let account = client.account.name
        // What a killed process was sending is lost, too, and the barrier is for it as well.
        try await loseSentByTheDead()
        try await passBarrier(client, until: deadline)
        let isKnown = try await journal.hasBalance(of: account)
        let isMoving = try await journal.awaitsRefunds(of: account, at: clock.now())
        guard !isKnown || isMoving || !baselines.isFresh(account, at: clock.now()) else { return }
        do throws(MoonlineError) {
            // Another reading may have been under way, and of use or not.
            for _ in 0..<2 {
                if try await takeReading(client, lane: .buy) { return }
                if baselines.isFresh(account, at: clock.now()) { return }
            }
        } catch {
            guard error.code != .cancelled, error.code != .internal else { throw error }
        }
        // What an old reading is compared with, somebody else may have changed since.
        if !baselines.isFresh(account, at: clock.now()) {
            try await journal.forgetBalance(of: account)
        }
    }

    // While a purchase waits for the balance to tell what became of it, others wait with it.
    private func passBarrier(
        _ client: AccountClient,
        until deadline: Instant?
    ) async throws(MoonlineError) {
        guard let deadline else { return }
        let account = client.account.name
        for attempt in 0..<3 {
            let blocking = try await journal.openPurchases().first {
                $0.account == account && $0.state == .unknown && $0.terms.means == .balance
            }
            guard let blocking, blocking.settlesAt <= deadline else { return }
            logger.info(
                """
                \(account): waits until \(blocking.settlesAt.rfc3339), when the balance tells what \
                became of the purchase \(blocking.id)
                """)
            try await pause(until: blocking.settlesAt)
            if case .again(let next) = await settleOnce(blocking, client, attempt: attempt) {
                try await pause(until: min(next, deadline))
            }
        }
    }

    /// Reads a balance and takes in what it proves, unless another reading of it is under way.
    ///
    /// - Returns: whether nothing was under way meanwhile, so that it could be used.
    /// - Throws: `MoonlineError`.
    func takeReading(_ client: AccountClient, lane: Lane) async throws(MoonlineError) -> Bool {
        let account = client.account
        guard try await readings.enter(account.name) else { return false }
        defer { readings.leave(account.name) }
        guard try await journal.isQuiet(account.name, at: clock.now()) else { return false }
        let activity = try await journal.activity(of: account.name)
        let asked = clock.now()
        let record = try await client.perform("balance", Arguments(), lane: lane).record
        guard let money = record.money("amount", currency: account.definition.currency) else {
            throw Self.namesNoCurrency(account)
        }
        let number = try await journal.beginProof(of: account.name)
        if let number, try await !areSeen(account.name, since: number) { return false }
        let isUsed = try await journal.takeReading(
            money, of: account.name, token: account.token, activity: activity, asked: asked,
            number: number, at: clock.now()
        )
        if isUsed { baselines.note(account.name, at: clock.now()) }
        return isUsed
    }

    /// Looks again at the orders that somebody waits for.
    ///
    /// One that its provider ended and paid back since the last look would hide the charge of a
    /// lost purchase in the balance.
    ///
    /// - Returns: `false` when the outcome of one is still to come.
    /// - Throws: `MoonlineError` of a look that failed for a passing reason.
    private func areSeen(
        _ account: String,
        since number: Int64
    ) async throws(MoonlineError) -> Bool {
        if PlantedFault.trustsOldLooks.isPlanted { return true }
        let orders = try await journal.orders(openOnly: true).filter {
            $0.account == account && $0.attendant != nil && !$0.hasEvidence
        }
        let settlesAt = try await journal.openPurchases()
            .filter { $0.account == account && $0.terms.means == .balance }.map(\.settlesAt).max()
        let patience = (settlesAt ?? clock.now()) + Self.findingGrace
        let looks = await withTaskGroup(of: Result<Bool, MoonlineError>.self) { group in
            for order in orders {
                group.addTask { await self.lookAgain(at: order, number, until: patience) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var areSeen = true
        for look in looks where try !look.get() { areSeen = false }
        return areSeen
    }

    // Whoever waits for the order looks at it as well, perhaps in another process, and makes every
    // other look moot then: what it saw is in the journal a moment later.
    private func lookAgain(
        at order: Order,
        _ number: Int64,
        until patience: Instant
    ) async -> Result<Bool, MoonlineError> {
        do throws(MoonlineError) {
            let client = try await client(of: order)
            let account = client.account
            guard account.missing == nil, !account.isUncertain, account.definition.showsOrders
            else { return .success(true) }
            for _ in 0..<Self.looksMaximum {
                if try await lookSeen(at: order, number, client) { return .success(true) }
                try await pause(until: clock.now() + Self.wordWithin)
                if try await journal.isOpen(order.id, since: number) { return .success(true) }
            }
            return .success(clock.now() > patience)
        } catch {
            // Where no look can tell, or none does for a while, the charge may be hidden.
            let isLasting = [.notFound, .protocol, .auth, .forbidden, .unsupported]
                .contains(error.code)
            return isLasting || clock.now() > patience ? .success(true) : .failure(error)
        }
    }

    private func lookSeen(
        at order: Order,
        _ number: Int64,
        _ client: AccountClient
    ) async throws(MoonlineError) -> Bool {
        guard let look = try await look(at: order, with: client) else { return false }
        let seen = try await observe(look, order, client.account)
        try await noteOpen(seen, by: look, since: number)
        return true
    }

    /// Writes down that an order was open after a reading of the balance, if a look said so.
    ///
    /// - Parameter number: the reading's; `nil` when nothing waits for it.
    func noteOpen(
        _ order: Order,
        by look: AccountClient.Look?,
        since number: Int64?
    ) async throws(MoonlineError) {
        guard let number, number > 0, look?.saysOpen == true, !order.state.isTerminal else {
            return
        }
        try await journal.noteOpen(order.id, since: number)
    }

    /// After so many looks of others the balance itself is read anew.
    private static let looksMaximum = 3
    /// How long the word of another process is waited for before the next look.
    private static let wordWithin = Duration.seconds(2)

    func readBalance(
        for purchase: Purchase,
        _ client: AccountClient
    ) async throws(MoonlineError) -> Instant {
        let isHasty = PlantedFault.readsBalanceAtOnce.isPlanted
        guard clock.now() >= purchase.settlesAt || isHasty else { return purchase.settlesAt }
        if client.account.definition.has(.balance) {
            if try await takeReading(client, lane: .settle) { return clock.now() }
            return clock.now() + .seconds(2)
        }
        _ = try await journal.settle(purchase.id, .givenUp(isCharged: false), at: clock.now())
        return clock.now()
    }
}
