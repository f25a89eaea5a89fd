import GRDB
package import OrderKernel

extension Journal {
    /// The order of an unknown purchase may still be made until then, since the one that was found
    /// may have been a rival's.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func postpone(_ id: String, until instant: Instant) throws(MoonlineError) {
        let instant = shift.kept(instant)
        try write { database in
            try database.execute(
                sql: "UPDATE purchase SET settlesAt = MAX(settlesAt, ?) WHERE id = ?",
                arguments: [instant.milliseconds, id]
            )
        }
    }

    /// Closes an unknown purchase that a list does not show: it is absent where that proves it, and
    /// unresolved otherwise. Nothing happens before it must have been carried out.
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
