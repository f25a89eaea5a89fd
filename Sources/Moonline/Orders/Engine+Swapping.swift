import Definitions
import Journal
public import OrderKernel

extension Engine {
    /// Replaces the number of an order that got no code, after the provider's hold.
    ///
    /// A swap may cost, so it goes through the journal like any purchase.
    ///
    /// - Throws: `MoonlineError` with `too_early` and the time to wait inside the hold, with
    ///   `unknown_purchase` when the outcome is not known.
    public func swap(_ id: String) async throws(MoonlineError) -> Number {
        let order = try await require(id)
        guard !order.state.isTerminal else { throw Self.closed(order) }
        let client = try await client(of: order)
        let account = client.account
        try Self.require(.swap, account)
        let hold = order.swapNotBefore - clock.now()
        guard hold <= .zero else {
            throw MoonlineError(
                .tooEarly,
                "\(account.name) swaps a number only after its hold, in "
                    + "\(Self.seconds(hold)) s", provider: account.name, retryAfter: hold)
        }
        // What it costs, no provider says before: as much as the number at most, until its answer
        // has told.
        let assumed = order.price.flatMap { settings.rates.microUSD($0) }
        let draft = PurchaseDraft(
            kind: .swap, service: order.service, country: order.country, price: order.price,
            microUSD: assumed ?? SpendCaps.unknownPriceMicroUSD,
            arguments: ["id": order.remoteID, "phone": order.phone], subject: order.id
        )
        // Nobody takes it for one that is not used any more.
        let mark = Self.waiting(for: order.id)
        try host.begin(run: mark)
        defer { host.end(run: mark) }
        let turn = try await client.purchaseTurn(
            .swap, until: clock.now() + Self.turnWithin)
        // Others may have learnt more, or swapped it, while this one waited.
        let current = try await require(id)
        guard !current.state.isTerminal else { throw Self.closed(current) }
        guard !current.hasEvidence || order.hasEvidence else {
            throw MoonlineError(
                .refused,
                "a message came on \(current.phone) meanwhile, so it is not swapped; "
                    + "`moonline wait \(id)` shows its code", provider: account.name)
        }
        guard current.remoteID == order.remoteID, current.phone == order.phone else {
            throw MoonlineError(
                .refused, "the number was swapped meanwhile, it is \(current.phone) now",
                provider: account.name)
        }
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
            return Number(
                order: try await completeSwap(
                    purchase, record, account, cost: Self.cost(record, account)), engine: self)
        case .failure(let error):
            return try await concludeSwap(purchase, error, client, passage)
        }
    }

    private func concludeSwap(
        _ purchase: Purchase,
        _ error: MoonlineError,
        _ client: AccountClient,
        _ passage: UnderwayBook.Passage
    ) async throws(MoonlineError) -> Number {
        guard PurchaseVerdict(error) == .unknown else {
            _ = try await journal.settle(purchase.id, .refused(error.code), at: clock.now())
            await swapRefused(purchase, error, client)
            throw error
        }
        let lost = try await journal.settle(purchase.id, .outcomeLost, at: clock.now()).purchase
        passage.end()
        switch await find(lost, error, client, until: nil) {
        case .bought(let number): return number
        case .refused(let refusal): throw refusal
        case .unknown(_, let unknown): throw unknown
        }
    }

    /// The provider refused a swap: a message may have come, so that the order is looked at before
    /// anybody cancels it (O4).
    func swapRefused(
        _ purchase: Purchase,
        _ error: MoonlineError,
        _ client: AccountClient
    ) async {
        guard purchase.kind == .swap, [.refused, .closed, .notFound].contains(error.code),
            client.account.definition.showsOrders, let id = purchase.terms.subject,
            let order = try? await require(id), !order.state.isTerminal, !order.hasEvidence,
            let refused = try? await note(.cancelRefused, of: order)
        else { return }
        _ = try? await look(atRefused: refused, client)
    }

    /// Writes down the new number of an order and that the swap is done; a repetition of the same
    /// reply changes nothing more.
    ///
    /// - Parameter cost: what the swap itself cost; where its reply names no price, nothing, since
    ///   the same order goes on.
    func completeSwap(
        _ purchase: Purchase,
        _ record: Record,
        _ account: Account,
        cost: Money?
    ) async throws(MoonlineError) -> Order {
        let id = purchase.terms.subject ?? ""
        let order = try await require(id)
        let now = clock.now()
        let holds = account.definition.holds
        let number = SwappedNumber(
            phone: record.text("phone") ?? order.phone, remoteID: record.text("id"),
            expiresAt: record.end(after: now),
            cancelNotBefore: record.instant("cancel_at") ?? holds["cancel"].map { now + $0 },
            swapNotBefore: record.instant("swap_at") ?? holds["swap"].map { now + $0 })
        let changed = try await apply(.swapped(number), to: order)
        _ = try await journal.settle(
            purchase.id, purchase.state.isLost ? .found(order: id) : .accepted(order: id),
            microUSD: cost.flatMap { settings.rates.microUSD($0) } ?? 0, at: now)
        return changed
    }

    /// A look that names another number tells what became of a swap whose answer was lost.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    func noticeSwap(
        _ record: Record,
        of order: Order,
        _ account: Account
    ) async throws(MoonlineError) {
        guard let phone = record.text("phone"), phone != order.phone else { return }
        for purchase in try await journal.openPurchases()
        where purchase.terms.subject == order.id && purchase.kind == .swap
            && purchase.state != .sending
        {
            _ = try await completeSwap(purchase, record, account, cost: nil)
        }
    }

    /// The price that a reply names.
    static func cost(_ record: Record, _ account: Account) -> Money? {
        record.money("price", currency: account.definition.currency)
    }

    static func seconds(_ duration: Duration) -> Int64 { (duration.milliseconds + 999) / 1000 }
}
