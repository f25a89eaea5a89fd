import Definitions
import Journal
import Logging
public import OrderKernel

extension Engine {
    /// One attempt at each purchase whose outcome is not known and that no living run looks for;
    /// returns when the next one makes sense.
    func settlePurchases(attempt: Int) async throws(MoonlineError) -> Instant {
        let next = try await prepareSettling()
        let open = try await journal.openPurchases()
        let again = try await eachKey(of: open, account: \.account) {
            purchases async throws(MoonlineError) in
            try await self.settle(purchases, attempt: attempt)
        }
        return again.reduce(next, min)
    }

    /// What comes before each settling, for all keys; returns when the next one makes sense.
    func prepareSettling() async throws(MoonlineError) -> Instant {
        let never = Instant(milliseconds: .max)
        if PlantedFault.neverSettles.isPlanted { return never }
        let isWritten = await writeAnswers()
        try await loseSentByTheDead()
        return isWritten ? never : clock.now() + .seconds(1)
    }

    /// Reads the list or the balance that may tell what became of a purchase.
    ///
    /// Nothing is sent again under its key: that might buy it now.
    ///
    /// - Throws: `MoonlineError` with `cancelled`.
    func ask(for purchase: Purchase) async throws(MoonlineError) {
        guard let client = await client(of: purchase) else { return }
        do throws(MoonlineError) {
            if client.account.definition.has(.list) {
                _ = try await searchList(of: client)
            } else if purchase.terms.means == .balance {
                _ = try await readBalance(for: purchase, client)
            }
        } catch {
            guard error.code != .cancelled else { throw error }
            logger.debug("\(purchase.account): asking for \(purchase.id) failed, \(error)")
        }
    }

    /// One attempt at each of the purchases of one key; returns when the next one makes sense.
    func settle(
        _ purchases: [Purchase],
        attempt: Int
    ) async throws(MoonlineError) -> Instant {
        var next = Instant(milliseconds: .max)
        if PlantedFault.neverSettles.isPlanted { return next }
        var listed: Set<String> = []
        for purchase in purchases {
            guard !isAttended(purchase) else { continue }
            guard let client = await client(of: purchase) else {
                try await giveUpUnreachable(purchase)
                continue
            }
            // A later list may still prove what nothing proved before.
            let isForList =
                purchase.terms.means == .list
                || purchase.state != .unknown && purchase.terms.means == .sameKey
                    && client.account.definition.has(.list)
            guard purchase.state == .unknown || isForList else { continue }
            // One reading of a list settles all that it can.
            let definition = "\(purchase.account) \(client.account.sourceHash)"
            if isForList, !listed.insert(definition).inserted { continue }
            let step = await settleOnce(purchase, client, attempt: attempt)
            if case .again(let again) = step,
                try await hasUnknown(purchase.account, orElse: purchase.id)
            {
                next = min(next, again)
            }
        }
        return next
    }

    // Whether there is more to settle, where a list is read for all purchases of an account.
    private func hasUnknown(
        _ account: String,
        orElse id: String
    ) async throws(MoonlineError) -> Bool {
        try await journal.openPurchases().contains { purchase in
            purchase.state == .unknown
                && (purchase.id == id
                    || purchase.account == account && purchase.terms.means == .list)
        }
    }

    /// This run's purchases whose answers are lost and of which more can be learnt.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    public func ownLostPurchases() async throws(MoonlineError) -> [Purchase] {
        try await journal.openPurchases()
            .filter { $0.run == run && ($0.state == .unknown || $0.state == .sending) }
    }

    /// Stays until it is known what became of this run's purchases whose answers were lost.
    ///
    /// - Parameter onWait: called before each wait with what is left and with the next instant.
    /// - Returns: those of which it is still not known.
    /// - Throws: `MoonlineError` with `internal` or `cancelled`.
    @discardableResult
    public func settleOwnPurchases(
        until deadline: Instant,
        onWait: @Sendable (_ left: [Purchase], _ next: Instant) async -> Void = { _, _ in }
    ) async throws(MoonlineError) -> [Purchase] {
        var attempt = 0
        while true {
            let next = try await TurnPatience.until(deadline) { () async throws(MoonlineError) in
                try await settlePurchases(attempt: attempt)
            }
            let left = try await ownLostPurchases()
            guard !left.isEmpty, next < deadline, clock.now() < deadline else { return left }
            let freed = try await TurnPatience.until(deadline) { () async throws(MoonlineError) in
                try await cancelBeside(left)
            }
            await onWait(left, next)
            try await pause(until: max(min(next, freed), clock.now() + .milliseconds(200)))
            attempt += 1
        }
    }

    // No balance tells anything while a cancel may be under way.
    private func cancelBeside(_ lost: [Purchase]) async throws(MoonlineError) -> Instant {
        let accounts = Set(lost.filter { $0.terms.means == .balance }.map(\.account))
        let open = try await journal.orders(openOnly: true)
            .filter { accounts.contains($0.account) }
        return try await cancelOnce(Set(open.map(\.id)))
    }

    /// Purchases whose process died while they were being sent: nobody hears their answer any more.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    func loseSentByTheDead() async throws(MoonlineError) {
        for purchase in try await journal.openPurchases() where purchase.state == .sending {
            // A request of this process may still be on its way.
            guard !isAttended(purchase), purchase.run != run || clock.now() > purchase.settlesAt
            else { continue }
            // What a dead one sent may be on its way for as long as a living one would wait.
            let lostAt = max(clock.now(), purchase.notAfter + Purchase.exchangeMaximum)
            _ = try await journal.settle(purchase.id, .outcomeLost, at: lostAt)
        }
    }

    private func client(of purchase: Purchase) async -> AccountClient? {
        guard
            let account = try? await shelf.account(
                named: purchase.account, madeFor: purchase.id),
            account.missing == nil, !account.isUncertain
        else { return nil }
        return await client(for: account)
    }

    /// Whether no list, balance or answer that its account gets now says anything of it: it was
    /// made with another key, at another address, by an account that is gone or by a text of the
    /// definition that cannot be read any more.
    ///
    /// The present one would buy again.
    func isUnreachable(_ purchase: Purchase) async -> Bool {
        guard let current = try? directory.account(named: purchase.account) else { return true }
        if let payer = purchase.terms.payer, payer != current.payer { return true }
        let account = try? await shelf.account(named: purchase.account, madeFor: purchase.id)
        return account?.isUncertain ?? false
    }

    // Its key, account or definition may come back for a day; then only the user can tell.
    private func giveUpUnreachable(_ purchase: Purchase) async throws(MoonlineError) {
        guard purchase.state == .unknown, clock.now() > purchase.settlesAt + SpendCaps.day else {
            return
        }
        _ = try await journal.settle(purchase.id, .givenUp(isCharged: false), at: clock.now())
    }
}
