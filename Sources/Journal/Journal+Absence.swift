import GRDB
package import OrderKernel

extension Journal {
    /// A purchase goes without an order that could have been its: notes what its absence from
    /// later lists can still prove.
    ///
    /// - Parameter purchase: it, after it gave way to those that got the orders.
    /// - Throws: `MoonlineError` with `internal`.
    package func noteRivals(of purchase: Purchase) throws(MoonlineError) {
        let purchase = shift.kept(purchase)
        try write { database in
            guard var row = try PurchaseRow.row("id", purchase.id, database) else { return }
            var after = row.purchase
            after.giveWay(to: purchase)
            row.update(after, microUSD: nil)
            row.terms = after.terms
            try row.update(database)
        }
    }

    /// Closes an unknown purchase that a list does not show: it is absent where that proves it, and
    /// unresolved otherwise.
    ///
    /// Nothing happens before it must have been carried out.
    ///
    /// - Parameters:
    ///   - asked: when the list was asked for.
    ///   - isInDoubt: whether a row without a purchase might be its.
    /// - Throws: `MoonlineError` with `internal`.
    package func closeUnlisted(
        _ id: String,
        asked: Instant,
        isInDoubt: Bool,
        at now: Instant
    ) throws(MoonlineError) {
        let (asked, now) = (shift.kept(asked), shift.kept(now))
        try write { database in
            // Another process may have postponed it since the caller looked.
            guard let purchase = try PurchaseRow.row("id", id, database)?.purchase,
                purchase.state == .unknown,
                asked >= purchase.settlesAt || PlantedFault.looksOnce.isPlanted
            else { return }
            let isProof = purchase.isAbsenceProof(at: asked) && !isInDoubt
            let event: PurchaseEvent = isProof ? .provenAbsent : .givenUp(isCharged: false)
            try Self.close(purchase, event, now, database)
            if isProof {
                try Self.touch(purchase.account, database)
            } else {
                try Self.forgetBalance(purchase.account, database)
            }
        }
    }
}
