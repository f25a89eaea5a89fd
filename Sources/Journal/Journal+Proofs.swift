import GRDB
package import OrderKernel

/// What makes a reading of the balance a proof while orders are open: each was seen to be open
/// after the reading was answered, by whichever process looked. Readings are counted, so that no
/// clocks are compared.
extension Journal {
    /// A reading was answered: the looks that are asked for from now on speak of what it showed.
    ///
    /// - Returns: its number; `nil` when no purchase waits for a balance.
    /// - Throws: `MoonlineError` with `internal`.
    package func beginProof(of account: String) throws(MoonlineError) -> Int64? {
        try write { database in
            guard try !Self.unknown(account, database).isEmpty else { return nil }
            return try Int64.fetchOne(
                database,
                sql: """
                    INSERT INTO balance (account, activity, readings) VALUES (?, 0, 1)
                    ON CONFLICT (account) DO UPDATE SET readings = readings + 1 RETURNING readings
                    """,
                arguments: [account])
        }
    }

    /// The number of the last reading that a look which is asked for now speaks of.
    ///
    /// - Returns: `nil` when no purchase waits for a balance.
    /// - Throws: `MoonlineError` with `internal`.
    package func proof(of account: String) throws(MoonlineError) -> Int64? {
        try read { database in
            guard try !Self.unknown(account, database).isEmpty else { return nil }
            return try database.value(
                "SELECT readings FROM balance WHERE account = ?", [account])
        }
    }

    /// An order was open when it was looked at after a reading.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func noteOpen(_ id: String, since number: Int64) throws(MoonlineError) {
        // Most looks follow no new reading, and cost no commit.
        guard try !isOpen(id, since: number) else { return }
        try write { database in
            try database.run(
                """
                UPDATE "order" SET openSince = max(openSince, ?)
                WHERE id = ? AND state IN ('waiting', 'received')
                """,
                [number, id])
        }
    }

    /// Whether an order was open at a look after a reading.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func isOpen(_ id: String, since number: Int64) throws(MoonlineError) -> Bool {
        try read { try Self.openSince(id, $0) >= number }
    }

    private static func openSince(_ id: String, _ database: Database) throws -> Int64 {
        try database.value(#"SELECT openSince FROM "order" WHERE id = ?"#, [id]) ?? 0
    }

    /// Open orders that may have been paid back unseen: nobody waits for them, or, where the
    /// reading is to prove something of a purchase, nobody looked at them since.
    static func unseen(
        _ account: String,
        isProof: Bool,
        _ number: Int64?,
        _ database: Database
    ) throws -> [Order] {
        try OrderRow.rows(
            where: "account = ? AND state IN ('waiting', 'received')", with: [account], database
        ).map(\.order).filter { order in
            guard !order.hasEvidence else { return false }
            if order.attendant == nil { return true }
            guard isProof, !PlantedFault.trustsOldLooks.isPlanted else { return false }
            return try number.map { try openSince(order.id, database) < $0 } ?? true
        }
    }
}
