import GRDB
package import OrderKernel

extension Journal {
    /// Takes in what the user knows of a purchase that nothing could prove: the spending follows
    /// it, and what the account must have is not known any more.
    ///
    /// - Returns: the purchase as it stands then.
    /// - Throws: `MoonlineError` with `closed` when something else may still tell, `not_found`, or
    ///   `internal`.
    package func state(
        _ id: String,
        isBought: Bool,
        at now: Instant
    ) throws(MoonlineError) -> Purchase {
        let now = shift.kept(now)
        let purchase = try write { database in
            guard var row = try PurchaseRow.row("id", id, database) else {
                throw MoonlineError(
                    .notFound, "there is no purchase '\(id)'; see `moonline orders --open`")
            }
            var purchase = row.purchase
            do throws(IllegalPurchaseEvent) {
                if purchase.state == .unknown, purchase.mayBeStated(at: now) {
                    try purchase.handle(.givenUp(isCharged: false))
                }
                try purchase.handle(.stated(isBought: isBought))
            } catch {
                throw MoonlineError(.closed, Self.refusal(of: purchase), provider: row.account)
            }
            row.update(purchase, microUSD: nil)
            try row.update(database)
            try Self.forgetBalance(row.account, database)
            try Self.note("\(row.kind) \(row.state)", id, now, database)
            return purchase
        }
        return shift.told(purchase)
    }

    private static func refusal(of purchase: Purchase) -> String {
        switch purchase.state {
        case .unknown, .sending, .intended:
            "the purchase \(purchase.id) may still be settled by the provider; run "
                + "`moonline sweep`, and where that tells nothing for a quarter of an hour after "
                + "the purchase, wait a minute or two and say this again"
        case .accepted(let order), .adopted(let order):
            "the purchase \(purchase.id) made the order \(order); `moonline status \(order)` "
                + "shows it"
        case .refused, .absent:
            "the purchase \(purchase.id) bought nothing; there is nothing to resolve"
        case .writtenOff, .unresolved:
            "the purchase \(purchase.id) is resolved as bought; there is nothing to do"
        }
    }
}
