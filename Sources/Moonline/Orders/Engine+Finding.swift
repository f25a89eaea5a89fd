import Definitions
import Journal
import Logging
import OrderKernel

extension Engine {
    /// Looks for the outcome of a purchase whose answer was lost, as long as its caller waits.
    ///
    /// Invariant M2: every order that the provider made is in the journal, or covered by a purchase
    /// that is not settled.
    func find(
        _ purchase: Purchase,
        _ error: MoonlineError,
        _ client: AccountClient,
        until deadline: Instant?
    ) async -> PurchaseOutcome {
        var (purchase, error) = (purchase, error)
        let patience = deadline ?? purchase.settlesAt + Self.findingGrace
        var attempts = 0
        while purchase.state == .unknown {
            // Without a key or a list there is no number to be found, only the money to be known.
            guard purchase.terms.means == .sameKey || purchase.terms.means == .list else { break }
            let next: Instant
            switch await settleOnce(purchase, client, attempt: attempts) {
            case .again(let instant): next = instant
            case .refused(let refusal): (next, error) = (clock.now(), refusal)
            }
            attempts += 1
            if let settled = try? await journal.purchase(purchase.id) { purchase = settled }
            guard purchase.state == .unknown else { break }
            guard next <= patience, (try? await pause(until: next)) != nil else { break }
        }
        if purchase.terms.means == .nothing {
            _ = try? await journal.settle(
                purchase.id, .givenUp(isCharged: false), at: clock.now())
        }
        return await outcome(of: purchase, error)
    }

    /// How long a purchase that can be settled is looked for after it must have happened.
    static let findingGrace = Duration.seconds(60)

    private func outcome(of purchase: Purchase, _ error: MoonlineError) async -> PurchaseOutcome {
        switch purchase.state {
        case .accepted(let id), .adopted(let id):
            if let order = try? await journal.order(id) {
                return .bought(Number(order: order, engine: self))
            }
        case .absent, .refused:
            var refusal = error
            // What the first attempt met is of no meaning once it is proved that it had no effect.
            if PurchaseVerdict(error) == .unknown {
                refusal.code = .unavailable
                refusal.message += "; it is proved that nothing was bought"
            }
            return .refused(refusal)
        case .intended, .sending, .unknown, .unresolved, .writtenOff: break
        }
        if PlantedFault.buysAgainAfterLoss.isPlanted {
            return .refused(MoonlineError(.unavailable, error.message))
        }
        return .unknown(purchase, unknown(purchase, error))
    }

    func unknown(_ purchase: Purchase, _ error: MoonlineError) -> MoonlineError {
        let isLeft = if case .unresolved = purchase.state { true } else { false }
        let wayOut =
            isLeft || purchase.terms.means == .nothing
            ? "look at the provider's own list of orders, then `moonline resolve`"
            : "`moonline sweep` settles it after \(purchase.settlesAt.rfc3339)"
        return MoonlineError(
            .unknownPurchase,
            "\(purchase.account) may or may not have sold one: \(error.message); it is not sent "
                + "again blindly and counts as spent, \(wayOut) (purchase \(purchase.id))",
            provider: purchase.account
        )
    }

    /// What an attempt to settle a purchase led to.
    enum SettlingStep: Sendable {
        /// The next attempt, where one is needed, makes sense then.
        case again(at: Instant)
        /// The provider refused it: nothing was bought.
        case refused(MoonlineError)
    }

    /// One attempt to settle an unknown purchase by what its definition offers.
    func settleOnce(
        _ purchase: Purchase,
        _ client: AccountClient,
        attempt: Int
    ) async -> SettlingStep {
        do throws(MoonlineError) {
            switch purchase.terms.means {
            case .sameKey: return try await repeatUnderKey(purchase, client, attempt: attempt)
            case .list: return .again(at: try await searchList(of: client))
            case .balance: return .again(at: try await readBalance(for: purchase, client))
            case .nothing:
                _ = try await journal.settle(
                    purchase.id, .givenUp(isCharged: false), at: clock.now())
                return .again(at: clock.now())
            }
        } catch {
            logger.debug("\(purchase.account): settling \(purchase.id) failed, \(error)")
            return .again(at: clock.now() + max(error.retryAfter ?? .zero, Self.delay(attempt)))
        }
    }

    /// The pauses between attempts: 1, 2, 4, 8 and then 15 s.
    static func delay(_ attempt: Int) -> Duration {
        min(.seconds(1 << min(attempt, 4)), .seconds(15))
    }

    // The same request under the same key: the provider answers as it did, or does it now.
    private func repeatUnderKey(
        _ purchase: Purchase,
        _ client: AccountClient,
        attempt: Int
    ) async throws(MoonlineError) -> SettlingStep {
        guard purchase.mayRepeat(at: clock.now()), client.account.definition.idempotency != nil
        else {
            if client.account.definition.has(.list) {
                return .again(at: try await searchList(of: client))
            }
            _ = try await journal.settle(purchase.id, .givenUp(isCharged: false), at: clock.now())
            return .again(at: clock.now())
        }
        let turn = try await client.purchaseTurn(
            lane: .settle, purchase.kind, until: clock.now() + .seconds(60))
        let permit = try await journal.permitRepetition(
            of: purchase.id, notAfter: clock.now() + .seconds(5), at: clock.now()
        )
        let (notAfter, earlier) = (permit.notAfter, permit.earlierSettlesAt ?? purchase.settlesAt)
        // What is answered later may have been decided now.
        let isOver = clock.now() >= earlier
        switch await Self.result(client, permit, purchase, on: turn) {
        case .success(let record):
            if purchase.kind == .swap {
                _ = try await completeSwap(
                    purchase, record, client.account, cost: Self.cost(record, client.account))
            } else {
                _ = try await adopt(purchase, record, client.account)
            }
            // An answer that settled nothing, since it names another one's order, comes again.
            return .again(at: clock.now() + Self.delay(attempt))
        case .failure(let error):
            await swapRefused(purchase, error, client)
            if PurchaseVerdict(error) != .unknown {
                try await journal.repetitionAnswered(
                    purchase.id, notAfter: notAfter, earlierSettlesAt: earlier)
            }
            if PurchaseVerdict(ofRepetition: error, isOver: isOver) == .refused {
                _ = try await journal.settle(purchase.id, .provenAbsent, at: clock.now())
                return .refused(error)
            }
            return .again(at: clock.now() + max(error.retryAfter ?? .zero, Self.delay(attempt)))
        }
    }

    /// Writes down the order that was found for a purchase.
    ///
    /// When the run that wanted it is gone, nobody waits for it.
    func adopt(
        _ purchase: Purchase,
        _ record: Record,
        _ account: Account
    ) async throws(MoonlineError) -> Order? {
        let now = clock.now()
        var order = newOrder(of: purchase, record, account)
        if let status = record.text("status").flatMap(OrderStatus.init(rawValue:)) {
            order.handle(
                .observed(
                    Self.observation(record, status, account.definition.currency, at: now)),
                at: now
            )
        }
        let settled = try await journal.settle(
            purchase.id, .found(order: order.id), order: order,
            microUSD: order.price.flatMap { settings.rates.microUSD($0) }, at: clock.now()
        )
        logger.info("\(account.name): found the order of purchase \(purchase.id)")
        return settled.order
    }
}
