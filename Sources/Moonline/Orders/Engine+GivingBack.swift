import Definitions
import Journal
import Logging
public import OrderKernel

extension Engine {
    /// Gives an order back.
    ///
    /// Inside the provider's hold the cancel is accepted, written down and carried out later.
    ///
    /// Invariant O4: a number on which a message came is not cancelled.
    ///
    /// - Throws: `MoonlineError` with `unsupported`, `closed`, `refused`, or `too_early` with the
    ///   time until the scheduled cancel.
    @discardableResult
    public func cancel(_ id: String) async throws(MoonlineError) -> Order {
        let order = try await require(id)
        guard !order.state.isTerminal else {
            if order.state == .cancelled { return order }
            throw Self.closed(order)
        }
        guard !order.hasEvidence else { throw Self.messageCame(order) }
        let client = try await client(of: order)
        try Self.require(.cancel, client.account)
        let wanted = try await apply(.cancelWanted, to: order)
        guard wanted.isCancelRefused, client.account.definition.showsOrders else {
            return try await carryOutCancel(wanted, client)
        }
        // Somebody's cancel was refused, and nobody has seen yet whether a message was the reason.
        let seen = try await look(atRefused: wanted, client)
        guard !seen.hasEvidence else { throw Self.messageCame(seen) }
        return seen.isCancelWanted ? try await carryOutCancel(seen, client) : seen
    }

    private static func messageCame(_ order: Order) -> MoonlineError {
        MoonlineError(
            .refused,
            "a message came on \(order.phone), so \(order.account) "
                + "gives nothing back; `moonline finish \(order.id)` closes the order",
            provider: order.account)
    }

    /// Notes that nobody waits for an order any more: whoever owns the account next cancels it.
    ///
    /// - Throws: `MoonlineError` with `internal` or `not_found`.
    public func abandon(_ id: String) async throws(MoonlineError) {
        let order = try await require(id)
        unclaimed.note(id)
        _ = try await apply(.cancelWanted, to: order)
    }

    /// Cancels what nobody waits for, each after its hold, until nothing is left or the time is too
    /// short for the next attempt.
    ///
    /// - Parameters:
    ///   - ids: the orders that are meant; all when `nil`.
    ///   - onWait: called with what is left and with the next instant.
    /// - Returns: what is still open.
    /// - Throws: `MoonlineError` with `internal` or `cancelled`.
    @discardableResult
    public func settle(
        until deadline: Instant,
        only ids: Set<String>? = nil,
        onWait: @Sendable (_ open: [Order], _ next: Instant) async -> Void = { _, _ in }
    ) async throws(MoonlineError) -> [Order] {
        while true {
            let next = try await TurnPatience.until(deadline) { () async throws(MoonlineError) in
                try await cancelOnce(ids)
            }
            let left = try await cancellable(ids)
            guard !left.isEmpty, clock.now() < deadline, next < deadline else { return left }
            await onWait(left, next)
            try await pause(until: max(next, clock.now() + .milliseconds(200)))
        }
    }

    /// One attempt at each order that nobody waits for; returns when the next one makes sense.
    func cancelOnce(_ ids: Set<String>?) async throws(MoonlineError) -> Instant {
        let orders = try await cancellable(ids)
        let begin = clock.now()
        return try await eachKey(of: orders, account: \.account) { orders in
            var next = Instant(milliseconds: .max)
            for order in orders {
                let isHeld = self.isHeld(order)
                let again =
                    isHeld ? order.cancelNotBefore : await self.tryCancel(order, since: begin)
                next = min(next, again)
            }
            return next
        }.min() ?? Instant(milliseconds: .max)
    }

    func cancellable(_ ids: Set<String>?) async throws(MoonlineError) -> [Order] {
        var found: [Order] = []
        for order in try await journal.orders(openOnly: true)
        where ids?.contains(order.id) ?? true {
            if await isCancellable(order) { found.append(order) }
        }
        return found
    }

    private func isCancellable(_ order: Order) async -> Bool {
        guard order.isCancelWanted || order.isCancelRefused && !order.hasEvidence,
            let account = try? await shelf.account(
                named: order.account, madeFor: order.purchaseID),
            account.missing == nil
        else { return false }
        return account.definition.has(.cancel)
    }

    /// How soon a cancel that failed for a passing reason is tried again.
    static let retryInterval = Duration.seconds(5)

    // One attempt; returns when the next one makes sense.
    private func tryCancel(_ order: Order, since instant: Instant) async -> Instant {
        do throws(MoonlineError) {
            let client = try await client(of: order)
            let looks = order.isCancelRefused && client.account.definition.showsOrders
            let after =
                looks
                ? try await look(atRefused: order, client, since: instant)
                : try await carryOutCancel(order, client)
            return after.state.isTerminal ? clock.now() : after.cancelNotBefore
        } catch {
            logger.debug("\(order.account): cancelling \(order.id) failed, \(error)")
            return clock.now() + (error.retryAfter ?? Self.retryInterval)
        }
    }

    private func carryOutCancel(
        _ order: Order,
        _ client: AccountClient
    ) async throws(MoonlineError) -> Order {
        guard !isHeld(order) else { throw held(order, order.cancelNotBefore - clock.now()) }
        guard try await !isBeingSwapped(order) else { throw Self.swapping(order) }
        let lane: Lane = order.expiresAt - clock.now() < .seconds(60) ? .closing : .finish
        // Where no look can tell why, the next attempt is the only one who asks.
        let hasLook = client.account.definition.showsOrders
        do throws(MoonlineError) {
            let record = try await client.change(.cancel, order, lane: lane) {
                () async throws(MoonlineError) in
                // Another process may have learnt of a message or of a hold, or cancelled it, or
                // been refused.
                let now = try await self.require(order.id)
                let isMoot =
                    !now.isCancelWanted || now.isCancelRefused && hasLook || self.isHeld(now)
                if isMoot { return true }
                return try await self.isBeingSwapped(now)
            }
            guard let record else {
                let now = try await require(order.id)
                guard now.isCancelWanted, isHeld(now) else { return now }
                throw held(now, now.cancelNotBefore - clock.now())
            }
            let refund = record.money(
                "refund", currency: order.price?.currency ?? client.account.definition.currency
            )
            // A swap meanwhile may have made it another order at the provider.
            return try await apply(.cancelled(refund: refund), to: order, saidOf: order.remoteID)
        } catch {
            if PlantedFault.believesCancels.isPlanted, error.code == .timeout {
                return try await apply(.cancelled(refund: order.price), to: order)
            }
            switch error.code {
            case .tooEarly:
                let hold = error.retryAfter ?? Self.holdDefault
                let later = try await note(.cancelHeld(until: clock.now() + hold), of: order)
                throw held(later, hold)
            // It is over already, or a message came: the provider knows which.
            case .closed, .refused, .notFound:
                // Until it is known which, nobody else is to try.
                let refused = try await note(.cancelRefused, of: order)
                return try await afterRefusal(refused, error, client)
            default: throw error
            }
        }
    }

    // Whether it may be another number by now, so that a cancel would hit the wrong one.
    private func isBeingSwapped(_ order: Order) async throws(MoonlineError) -> Bool {
        let now = clock.now()
        return try await journal.openPurchases().contains { $0.isSwapping(order.id, at: now) }
    }

    private static func swapping(_ order: Order) -> MoonlineError {
        MoonlineError(
            .unavailable,
            "the number of \(order.id) is being swapped, and it is not known yet for which; the "
                + "cancel is scheduled", provider: order.account)
    }

    // Whether it is too early to cancel.
    private func isHeld(_ order: Order) -> Bool {
        order.cancelNotBefore > clock.now() && !PlantedFault.ignoresHolds.isPlanted
    }

    /// When a provider says "too early" without a time.
    private static let holdDefault = Duration.seconds(15)

    private func held(_ order: Order, _ hold: Duration) -> MoonlineError {
        MoonlineError(
            .tooEarly,
            "\(order.account) cancels after its hold, in \(Self.seconds(hold)) s; the cancel is "
                + "scheduled; `moonline cancel \(order.id) --settle \(Self.seconds(hold) + 5)s` "
                + "stays for it",
            provider: order.account, retryAfter: hold
        )
    }

    // What a look shows is believed, and nothing else: the refusal may have been of a message.
    private func afterRefusal(
        _ order: Order,
        _ error: MoonlineError,
        _ client: AccountClient
    ) async throws(MoonlineError) -> Order {
        guard client.account.definition.showsOrders else {
            if error.code == .closed, !client.account.isUncertain {
                return try await apply(.cancelled(refund: nil), to: order)
            }
            if isGone(order, error, client) { return try await apply(.missing, to: order) }
            _ = try await note(.cancelHeld(until: clock.now() + Self.holdDefault), of: order)
            throw error
        }
        let seen = try await look(atRefused: order, client)
        if seen.state.isTerminal || seen.hasEvidence { return seen }
        // Nobody knows why, so nobody knows when it will do.
        _ = try await note(.cancelHeld(until: clock.now() + Self.holdDefault), of: seen)
        throw error
    }

    func look(
        atRefused order: Order,
        _ client: AccountClient,
        since instant: Instant? = nil
    ) async throws(MoonlineError) -> Order {
        do throws(MoonlineError) {
            let look = try await look(at: order, with: client, since: instant)
            return try await observe(look, order, client.account)
        } catch {
            guard isGone(order, error, client) else { throw error }
            return try await apply(.missing, to: order)
        }
    }

    func isGone(
        _ order: Order,
        _ error: MoonlineError,
        _ client: AccountClient
    ) -> Bool {
        error.code == .notFound && !client.account.isUncertain
            && denials.takeDenial(of: order, at: clock.now())
    }
}
