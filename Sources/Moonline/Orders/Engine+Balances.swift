import Definitions
import Journal
import Logging
import OrderKernel

extension Engine {
    /// Reads the balance that a later one can be compared with, unless one is known. A failure is
    /// no reason not to buy: without it, a lost purchase stays unresolved.
    ///
    /// - Throws: `MoonlineError` with `cancelled` or `internal`.
    func takeBaseline(
        _ client: AccountClient,
        until deadline: Instant?
    ) async throws(MoonlineError) {
        let account = client.account.name
        try await passBarrier(client, until: deadline)
        let isKnown = try await journal.hasBalance(of: account)
        let isMoving = try await journal.awaitsRefunds(of: account, at: clock.now())
        guard !isKnown || isMoving || !baselines.isFresh(account, at: clock.now()) else { return }
        do throws(MoonlineError) {
            if try await takeReading(client, lane: .buy) {
                return baselines.note(account, at: clock.now())
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
            _ = await settleOnce(blocking, client, attempt: attempt)
        }
    }

    /// Reads a balance and takes in what it proves.
    ///
    /// - Returns: whether nothing was under way meanwhile, so that it could be used.
    /// - Throws: `MoonlineError`.
    func takeReading(_ client: AccountClient, lane: Lane) async throws(MoonlineError) -> Bool {
        let account = client.account
        guard try await readings.enter(account.name) else { return false }
        defer { readings.leave(account.name) }
        let activity = try await journal.activity(of: account.name)
        let asked = clock.now()
        let record = try await client.perform("balance", Arguments(), lane: lane).record
        guard let money = record.money("amount", currency: account.definition.currency),
            let open = try await seenOpen(on: client)
        else { return false }
        return try await journal.takeReading(
            money, of: account.name, token: account.token, activity: activity, asked: asked,
            seenOpen: open, at: clock.now()
        )
    }

    /// The orders that somebody waits for and that are open still, after the balance was read. One
    /// that its provider ended and paid back since the last look would hide the charge of a lost
    /// purchase, so where a purchase waits for the balance each is looked at once more.
    ///
    /// - Returns: `nil` when one could not be looked at, as others did at that moment.
    /// - Throws: `MoonlineError` of a look that failed.
    private func seenOpen(on client: AccountClient) async throws(MoonlineError) -> Set<String>? {
        let account = client.account
        guard account.definition.has(.check), try await journal.awaitsBalance(of: account.name)
        else { return [] }
        let orders = try await journal.orders(openOnly: true).filter {
            $0.account == account.name && $0.attendant != nil && !$0.hasEvidence
        }
        if PlantedFault.trustsOldLooks.isPlanted { return Set(orders.map(\.id)) }
        let looks = await withTaskGroup(of: Result<Order?, MoonlineError>.self) { group in
            for order in orders { group.addTask { await self.lookAgain(at: order, client) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var open: Set<String> = []
        for look in looks {
            guard let order = try look.get() else { return nil }
            if !order.state.isTerminal { open.insert(order.id) }
        }
        return open
    }

    // Whoever waits for the order looks at it as well, and every other look is moot: of two that
    // want the next one, each gets it in turn.
    private func lookAgain(
        at order: Order,
        _ client: AccountClient
    ) async -> Result<Order?, MoonlineError> {
        do throws(MoonlineError) {
            for _ in 0..<Self.looksMaximum {
                guard let look = try await client.look(at: order) else { continue }
                return .success(try await observe(look, order, client.account))
            }
            return .success(nil)
        } catch {
            return .failure(error)
        }
    }

    /// After so many looks of others the balance itself is read anew.
    private static let looksMaximum = 3

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
