import Definitions
import Journal
import LuaSandbox
public import OrderKernel

extension Engine {
    /// Buys the cheapest number that is in stock.
    ///
    /// - Throws: `MoonlineError`; `unknown_purchase` when the outcome is not known. `purchase`
    ///   tells the outcomes apart by type.
    public func buy(_ request: BuyRequest) async throws(MoonlineError) -> Number {
        let found = try await offers(
            service: request.service, countries: [request.country],
            providers: request.providers, operatorName: request.operatorName
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
    /// left, only 429 proves that it may be sent again.
    public func purchase(
        _ offer: Offer,
        maximumPrice: Money? = nil
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
            var arguments = Arguments(text: [
                "service": offer.remoteService, "country": offer.remoteCountry,
            ])
            if let name = offer.operatorName { arguments["operator"] = .string(name) }
            if let maximumPrice { arguments["max_price"] = .string("\(maximumPrice.amount)") }
            let purchase = newPurchase(
                .buy, account, offer.service, offer.country, offer.price, cost)
            return await send(purchase, arguments, account)
        } catch {
            return .refused(error)
        }
    }

    func newPurchase(
        _ kind: PurchaseKind,
        _ account: Account,
        _ service: String,
        _ country: String,
        _ price: Money?,
        _ microUSD: Int64
    ) -> Purchase {
        let now = clock.now()
        return Purchase(
            id: random.identifier(), kind: kind, account: account.name,
            provider: account.definition.id, service: service, country: country, price: price,
            microUSD: microUSD, run: run, createdAt: now, notAfter: now + Self.sendWithin
        )
    }

    /// How long a purchase may wait for its turn before it is given up unsent.
    private static let sendWithin = Duration.seconds(120)
    /// How often a purchase that met 429 is sent again (SMSCode's document).
    private static let repetitions = 5

    /// Sends a purchase until it has an outcome: at most once with effect.
    func send(
        _ purchase: Purchase,
        _ arguments: Arguments,
        _ account: Account
    ) async -> PurchaseOutcome {
        let client = await client(for: account)
        for repetition in 0...Self.repetitions {
            var attempt = repetition == 0 ? purchase : renewed(purchase)
            do throws(MoonlineError) {
                let permit = try await journal.intend(
                    attempt, definitionHash: SourceHash.hexadecimal(account.definition.source),
                    definitionSource: account.definition.source, caps: settings.caps
                )
                try? attempt.handle(.sending)
                let answer = await Self.result(client, permit, attempt, arguments)
                switch answer {
                case .success(let record): return try await accept(attempt, record, account)
                case .failure(let error):
                    let isLast = repetition == Self.repetitions
                    if let outcome = await settle(attempt, error, isLast: isLast) { return outcome }
                }
            } catch {
                return .refused(error)
            }
        }
        return .refused(MoonlineError(.rateLimited, "\(account.name) refuses requests; try later"))
    }

    private static func result(
        _ client: AccountClient,
        _ permit: consuming SendPermit,
        _ purchase: Purchase,
        _ arguments: Arguments
    ) async -> Result<Record, MoonlineError> {
        do {
            return .success(
                try await client.purchase(permit, purchase.kind.rawValue, arguments)
            )
        } catch {
            return .failure(error)
        }
    }

    private func renewed(_ purchase: Purchase) -> Purchase {
        let now = clock.now()
        return Purchase(
            id: random.identifier(), kind: purchase.kind, account: purchase.account,
            provider: purchase.provider, service: purchase.service, country: purchase.country,
            price: purchase.price, microUSD: purchase.microUSD, run: purchase.run, createdAt: now,
            notAfter: now + Self.sendWithin
        )
    }

    // The outcome of a failure; nil when the same purchase may go out again.
    private func settle(
        _ purchase: Purchase,
        _ error: MoonlineError,
        isLast: Bool
    ) async -> PurchaseOutcome? {
        var purchase = purchase
        switch PurchaseVerdict(error) {
        case .unsent, .refused:
            try? purchase.handle(.refused(error.code))
            try? await journal.settle(purchase, order: nil, at: clock.now())
            return error.code == .rateLimited && !isLast && !Task.isCancelled
                ? nil : .refused(error)
        case .unknown:
            try? purchase.handle(.outcomeLost)
            try? await journal.settle(purchase, order: nil, at: clock.now())
            return .unknown(purchase, unknown(purchase, error))
        }
    }

    private func unknown(_ purchase: Purchase, _ error: MoonlineError) -> MoonlineError {
        MoonlineError(
            .unknownPurchase,
            "\(purchase.account) may or may not have sold one: \(error.message); it is not sent "
                + "again and counts as spent, look at the provider's own list of orders (purchase "
                + "\(purchase.id))",
            provider: purchase.account
        )
    }

    private func accept(
        _ purchase: Purchase,
        _ record: Record,
        _ account: Account
    ) async throws(MoonlineError) -> PurchaseOutcome {
        let definition = account.definition
        let now = clock.now()
        let price = record.money("price", currency: definition.currency) ?? purchase.price
        let order = Order(
            id: random.identifier(), purchaseID: purchase.id, account: account.name,
            provider: definition.id, remoteID: record.text("id") ?? "",
            phone: record.text("phone") ?? "", service: purchase.service,
            country: purchase.country, price: price, createdAt: now,
            expiresAt: record.instant("expires_at") ?? now + definition.lifetime,
            cancelNotBefore: record.instant("cancel_at")
                ?? now + (definition.holds["cancel"] ?? .zero),
            swapNotBefore: record.instant("swap_at") ?? now + (definition.holds["swap"] ?? .zero)
        )
        var accepted = purchase
        try? accepted.handle(.accepted(order: order.id))
        let cost = price.flatMap { settings.rates.microUSD($0) }
        try await journal.settle(accepted, order: order, microUSD: cost, at: now)
        return .bought(Number(order: order, engine: self))
    }
}
