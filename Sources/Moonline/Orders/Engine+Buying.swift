import Definitions
import Journal
import Logging
public import OrderKernel

extension Engine {
    /// Buys the cheapest number that is in stock.
    ///
    /// The number belongs to this engine's run: when the process ends without an end of the order,
    /// the next owner of the account gives it back, unless `keep` was called.
    ///
    /// - Throws: `MoonlineError`; `unknown_purchase` when the outcome is not known. `purchase`
    ///   tells the outcomes apart by type.
    public func buy(_ request: BuyRequest) async throws(MoonlineError) -> Number {
        let found = try await offers(
            service: request.service, countries: [request.country],
            providers: request.providers, operatorName: request.operatorName,
            patience: Self.purchasePatience([request.country])
        )
        return try await buyFirst(
            found, service: request.service, maximumPrice: request.maximumPrice
        )
    }

    func buyFirst(
        _ found: (offers: [Offer], failures: [MoonlineError]),
        service: String,
        maximumPrice: Money?
    ) async throws(MoonlineError) -> Number {
        var failures = found.failures
        var dropped: Set<String> = []
        for offer in found.offers where !dropped.contains(offer.account) {
            switch await purchase(offer, maximumPrice: maximumPrice) {
            case .bought(let number): return number
            case .unknown(_, let error): throw error
            case .refused(let error):
                failures.append(error)
                guard FallbackRule.goesOn(after: error) else { throw error }
                if FallbackRule.dropsAccount(error) { dropped.insert(offer.account) }
            }
        }
        throw FallbackRule.verdict(failures, service: service)
    }

    /// Makes one attempt at one offer.
    ///
    /// Invariant M5: the intent is on disk before the first byte leaves. Invariant M1: once a byte
    /// left, it is sent again only after 429 or under the same idempotency key. When the answer is
    /// lost, the outcome is looked for where the provider tells it.
    ///
    /// - Parameter deadline: how long the outcome is looked for; as long as it takes when `nil`.
    public func purchase(
        _ offer: Offer,
        maximumPrice: Money? = nil,
        until deadline: Instant? = nil
    ) async -> PurchaseOutcome {
        do throws(MoonlineError) {
            if offer.available == 0 {
                throw MoonlineError(
                    .noNumbers,
                    "\(offer.account) has no \(offer.service) number in "
                        + "\(offer.country)", provider: offer.account)
            }
            let cost = try PriceLimit(maximum: maximumPrice, rates: settings.rates).cost(of: offer)
            let account = try directory.account(named: offer.account)
            try account.checkCredential()
            guard offer.sourceHash == account.sourceHash else {
                throw MoonlineError(
                    .unavailable,
                    "the definition of \(offer.account) was edited since this offer; ask for "
                        + "offers again", provider: offer.account)
            }
            var arguments = ["service": offer.remoteService, "country": offer.remoteCountry]
            arguments["operator"] = offer.operatorName
            arguments["max_price"] = ceiling(of: offer, account, maximumPrice)?.description
            let draft = PurchaseDraft(
                kind: .buy, service: offer.service, country: offer.country, price: offer.price,
                microUSD: cost, arguments: arguments
            )
            return try await send(draft, account, until: deadline)
        } catch {
            return .refused(error)
        }
    }

    // The most that the provider may charge, as the bare number that it reads in its own currency:
    // the user's maximum, else the cap of an order, as the price may have risen since the offer.
    private func ceiling(
        of offer: Offer,
        _ account: Account,
        _ maximum: Money?
    ) -> ExactDecimal? {
        if let maximum {
            let isForeign = offer.price.map { $0.currency != maximum.currency } ?? false
            return (isForeign ? offer.price : maximum)?.amount
        }
        let cap = caps(of: account).map(\.caps.perOrder).min() ?? .max
        guard let price = offer.price, let most = settings.rates.amount(cap, in: price.currency)
        else { return nil }
        return max(most, price.amount)
    }

    /// How long a purchase may wait for its turn before it is given up unsent.
    static let turnWithin = Duration.seconds(120)
    /// How often a purchase that met 429 is sent again (SMSCode's document).
    private static let repetitions = 5

    /// Sends a purchase until it has an outcome: at most once with effect.
    ///
    /// - Throws: `MoonlineError` when nothing was sent.
    func send(
        _ draft: PurchaseDraft,
        _ account: Account,
        until deadline: Instant? = nil
    ) async throws(MoonlineError) -> PurchaseOutcome {
        let outcome = try await sendOnce(draft, account, until: deadline)
        switch outcome {
        case .unknown(let purchase, _): unclaimed.note(purchase.id)
        // Whoever was stopped meanwhile may not see the number at all.
        case .bought(let number) where Task.isCancelled: unclaimed.note(number.id)
        case .bought, .refused: break
        }
        return outcome
    }

    private func sendOnce(
        _ draft: PurchaseDraft,
        _ account: Account,
        until deadline: Instant?
    ) async throws(MoonlineError) -> PurchaseOutcome {
        let client = await client(for: account)
        let now = clock.now()
        try await journal.check(
            draft.purchase(id: "", key: "", account: account, run: run, at: now),
            caps: caps(of: account)
        )
        var draft = draft
        draft.sharesBalance = !directory.siblings(of: account).isEmpty
        draft.listedBefore = try await prepare(draft, client, until: deadline)
        for repetition in 0...Self.repetitions {
            let patience = clock.now() + Self.turnWithin
            let turn = try await client.purchaseTurn(
                draft.kind, until: deadline.map { min($0, patience) } ?? patience)
            if Task.isCancelled { throw MoonlineError(.cancelled, "nothing more is bought") }
            let purchase = draft.purchase(
                id: random.identifier(), key: random.key(), account: account, run: run,
                at: clock.now()
            )
            let permit = try await journal.intend(
                purchase, definition: account.journalDefinition, caps: caps(of: account)
            )
            let passage = underway.begin()
            defer { passage.end() }
            switch await Self.result(client, permit, purchase, on: turn) {
            case .success(let record):
                let order = newOrder(of: purchase, record, client.account)
                do throws(MoonlineError) {
                    return try await accept(purchase, order, client, until: deadline)
                } catch {
                    answers.keep(.init(purchase: purchase, order: order, account: account))
                    return .unknown(purchase, unwritten(purchase, order, error))
                }
            case .failure(let error):
                let outcome = await conclude(purchase, error, client, passage, until: deadline)
                let again = error.code == .rateLimited && outcome.isRateLimited
                guard again, repetition < Self.repetitions, !Task.isCancelled else {
                    return outcome
                }
            }
        }
        return .refused(MoonlineError(.rateLimited, "\(account.name) refuses requests; try later"))
    }

    // What has to be known before a purchase so that a lost one can be settled: the balance, or the
    // rows of a list. Without a deadline it waits for its turn as long as a purchase does.
    private func prepare(
        _ draft: PurchaseDraft,
        _ client: AccountClient,
        until deadline: Instant?
    ) async throws(MoonlineError) -> [String]? {
        let definition = client.account.definition
        let means = draft.means(definition)
        let prepared = try await Race.first(
            until: deadline ?? clock.now() + Self.turnWithin, clock: clock
        ) { () async throws(MoonlineError) -> [String]? in
            if means == .balance { try await self.takeBaseline(client, until: deadline) }
            guard means == .list, definition.listHidesTimes else { return nil }
            return try await self.idsInList(client)
        }
        guard let prepared else {
            if means == .balance { try await journal.forgetBalance(of: client.account.name) }
            throw MoonlineError(
                .deadline,
                "\(client.account.name) had to be waited for too long before the purchase; nothing "
                    + "was bought", provider: client.account.name, isUnsent: true)
        }
        return prepared
    }

    static func result(
        _ client: AccountClient,
        _ permit: consuming SendPermit,
        _ purchase: Purchase,
        on turn: TokenOwner.Turn
    ) async -> Result<Record, MoonlineError> {
        do {
            return .success(try await client.purchase(permit, purchase, on: turn))
        } catch {
            return .failure(error)
        }
    }

    // What a failure means: a refusal, or an unknown outcome that is looked for.
    private func conclude(
        _ purchase: Purchase,
        _ error: MoonlineError,
        _ client: AccountClient,
        _ passage: UnderwayBook.Passage,
        until deadline: Instant?
    ) async -> PurchaseOutcome {
        switch PurchaseVerdict(error) {
        case .unsent, .refused:
            do throws(MoonlineError) {
                _ = try await journal.settle(purchase.id, .refused(error.code), at: clock.now())
                return .refused(error)
            } catch let failure {
                return .refused(unwritten(purchase, refusedWith: error, failure))
            }
        case .unknown:
            do throws(MoonlineError) {
                let lost = try await journal.settle(purchase.id, .outcomeLost, at: clock.now())
                passage.end()
                return await find(lost.purchase, error, client, until: deadline)
            } catch {
                // It stays as it was written down: being sent, which counts as unknown.
                return .unknown(purchase, unknown(purchase, error))
            }
        }
    }

    /// Writes down the orders that could not be written down when they were sold.
    ///
    /// - Returns: whether there are none any more.
    func writeAnswers() async -> Bool {
        for answer in answers.answers {
            let (purchase, order) = (answer.purchase, answer.order)
            let client = await client(for: answer.account)
            guard (try? await accept(purchase, order, client, until: clock.now())) != nil
            else { return false }
            answers.drop(answer)
        }
        return true
    }

    private func accept(
        _ purchase: Purchase,
        _ order: Order,
        _ client: AccountClient,
        until deadline: Instant?
    ) async throws(MoonlineError) -> PurchaseOutcome {
        let settled = try await journal.settle(
            purchase.id, .accepted(order: order.id), order: order,
            microUSD: order.price.flatMap { settings.rates.microUSD($0) }, at: clock.now()
        )
        guard let known = settled.order else {
            if settled.isOurs {
                return await take(heldOrder: order, for: settled.purchase, client, until: deadline)
            }
            // Others took its sender for dead, and settled it or gave its order to another one.
            let late = MoonlineError(
                .protocol, "its answer came late and names the order \(order.remoteID)")
            return .unknown(settled.purchase, unknown(settled.purchase, late))
        }
        warn(ofPriceOf: known, offeredAt: purchase.price)
        return .bought(Number(order: known, engine: self))
    }

    // What was taken is counted as it is; whether it was right, only the user can ask.
    private func warn(ofPriceOf order: Order, offeredAt offered: Money?) {
        guard let offered, let price = order.price, offered.currency == price.currency,
            offered.amount < price.amount
        else { return }
        logger.warning(
            "\(order.account) took \(price) for \(order.phone), where \(offered) was offered")
    }

    // The provider named an order that is here already. Under the same key it would do so again.
    private func take(
        heldOrder order: Order,
        for purchase: Purchase,
        _ client: AccountClient,
        until deadline: Instant?
    ) async -> PurchaseOutcome {
        let error = MoonlineError(
            .protocol,
            "it answered with its order \(order.remoteID), which was bought before and is still "
                + "open; a definition that sends the same key or request id each time gets that, "
                + "`idempotency` sends a new one for each purchase", provider: purchase.account)
        guard purchase.terms.means == .sameKey else {
            return await find(purchase, error, client, until: deadline)
        }
        let settled = try? await journal.settle(
            purchase.id, .givenUp(isCharged: false), at: clock.now())
        return .unknown(
            settled?.purchase ?? purchase, unknown(settled?.purchase ?? purchase, error))
    }

    // The number is there, and only the journal does not know it.
    private func unwritten(
        _ purchase: Purchase,
        _ order: Order,
        _ error: MoonlineError
    ) -> MoonlineError {
        MoonlineError(
            .unknownPurchase,
            "\(purchase.account) sold \(order.phone) as its order "
                + "\(order.remoteID), but \(error.message); it counts as spent "
                + "(purchase \(purchase.id)); `moonline sweep` looks for it",
            provider: purchase.account
        )
    }

    // The journal still holds it as being sent, so nothing may be bought in its place.
    private func unwritten(
        _ purchase: Purchase,
        refusedWith error: MoonlineError,
        _ failure: MoonlineError
    ) -> MoonlineError {
        MoonlineError(
            .internal,
            "nothing was bought (\(error.message)), but \(failure.message); until that is written "
                + "down it counts as spent (purchase \(purchase.id)); `moonline sweep` settles it",
            provider: purchase.account
        )
    }

    /// The order that a reply or a row of the list describes; this run waits for it.
    func newOrder(of purchase: Purchase, _ record: Record, _ account: Account) -> Order {
        let definition = account.definition
        let now = clock.now()
        // A number that is used again may show when it was bought first.
        let made = purchase.kind == .reuse ? nil : record.instant("created_at")
        // Nothing was made later than now, whatever the provider's clock says: it is looked at.
        let createdAt =
            purchase.state == .unknown ? min(now, max(made ?? now, purchase.createdAt)) : now
        // Where the reply tells when the order was made, its other times are counted from there:
        // so a clock that differs from the provider's neither shortens a hold nor a life.
        func local(_ field: String) -> Instant? {
            guard let said = record.instant(field) else { return nil }
            return made.map { createdAt + (said - $0) } ?? said
        }
        // What was sold just now, or waits, is not over, whatever the two clocks say.
        let isAlive = purchase.state != .unknown || record.text("status") == "waiting"
        let said = local("expires_at") ?? record.end(after: now)
        let end = said.flatMap { isAlive && $0 <= now ? nil : $0 }
        var order = Order(
            id: random.identifier(), purchaseID: purchase.id, account: account.name,
            provider: definition.id, remoteID: record.text("id") ?? "",
            phone: record.text("phone") ?? purchase.terms.arguments["phone"] ?? "",
            service: purchase.service, country: purchase.country,
            price: record.money("price", currency: definition.currency) ?? purchase.price,
            createdAt: createdAt,
            expiresAt: end ?? createdAt + definition.lifetime,
            cancelNotBefore: local("cancel_at") ?? now + (definition.holds["cancel"] ?? .zero),
            swapNotBefore: local("swap_at") ?? now + (definition.holds["swap"] ?? .zero)
        )
        order.handle(.attended(run: purchase.run), at: clock.now())
        return order
    }

    func caps(of account: Account) -> [CapScope] {
        var scopes = [CapScope(account: nil, caps: settings.caps)]
        if let own = settings.accounts[account.name]?.caps, own != .unlimited {
            scopes.append(CapScope(account: account.name, caps: own))
        }
        return scopes
    }
}

extension PurchaseOutcome {
    fileprivate var isRateLimited: Bool {
        if case .refused(let error) = self { error.code == .rateLimited } else { false }
    }
}
