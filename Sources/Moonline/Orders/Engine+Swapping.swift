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
        // The same order goes on, so the price was counted when it was bought.
        let purchase = newPurchase(
            .swap, account, order.service, order.country, order.price, 0
        )
        let permit = try await journal.intend(
            purchase, definitionHash: SourceHash.hexadecimal(account.definition.source),
            definitionSource: account.definition.source, caps: settings.caps
        )
        var sending = purchase
        try? sending.handle(.sending)
        let record = try await swapped(permit, sending, order, client)
        try? sending.handle(.accepted(order: order.id))
        try await journal.settle(sending, order: nil, at: clock.now())
        let now = clock.now()
        let holdAgain =
            record.instant("cancel_at")
            ?? account.definition.holds["cancel"].map { now + $0 }
        let changed = try await apply(
            .swapped(
                phone: record.text("phone") ?? order.phone, remoteID: record.text("id"),
                expiresAt: record.instant("expires_at"), hold: holdAgain
            ),
            to: order
        )
        return Number(order: changed, engine: self)
    }

    private func swapped(
        _ permit: consuming SendPermit,
        _ purchase: Purchase,
        _ order: Order,
        _ client: AccountClient
    ) async throws(MoonlineError) -> Record {
        let arguments = Arguments(text: ["id": order.remoteID, "phone": order.phone])
        do {
            return try await client.purchase(permit, PurchaseKind.swap.rawValue, arguments)
        } catch {
            var settled = purchase
            switch PurchaseVerdict(error) {
            case .unsent, .refused: try? settled.handle(.refused(error.code))
            case .unknown: try? settled.handle(.outcomeLost)
            }
            try? await journal.settle(settled, order: nil, at: clock.now())
            guard settled.state == .unknown else { throw error }
            throw MoonlineError(
                .unknownPurchase,
                "\(order.account) may or may not have swapped the "
                    + "number: \(error.message); see `moonline status \(order.id)`",
                provider: order.account)
        }
    }

    static func seconds(_ duration: Duration) -> Int64 { (duration.milliseconds + 999) / 1000 }
}
