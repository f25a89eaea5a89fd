import GRDB
package import OrderKernel

extension Journal {
    /// Writes a purchase down and hands out the permit to send it.
    ///
    /// The spending is summed up and the purchase written in one transaction, so two processes
    /// cannot break a cap together. When this returns, the intent survives a loss of power.
    ///
    /// - Throws: `MoonlineError` with `spend_cap`, or with `internal` when nothing can be written.
    package func intend(
        _ purchase: Purchase,
        definitionHash: String,
        definitionSource: String,
        caps: SpendCaps
    ) throws(MoonlineError) -> SendPermit {
        try write { database in
            if let violation = try Self.violation(of: caps, by: purchase, database) {
                throw SpendCapMessage(violation).error
            }
            try database.execute(
                sql: "INSERT OR IGNORE INTO definition (hash, source) VALUES (?, ?)",
                arguments: [definitionHash, definitionSource]
            )
            var sending = purchase
            try sending.handle(.sending)
            try PurchaseRow(sending, definition: definitionHash).insert(database)
            try Self.note(
                "\(purchase.kind.rawValue) intended", purchase.id, purchase.createdAt,
                database)
        }
        return SendPermit(purchaseID: purchase.id, notAfter: purchase.notAfter)
    }

    private static func violation(
        of caps: SpendCaps,
        by purchase: Purchase,
        _ database: Database
    ) throws -> SpendCaps.Violation? {
        caps.violation(
            price: purchase.microUSD,
            spentInRun: try spent(where: "run = ?", [purchase.run], database),
            spentInDay: try spent(
                where: "createdAt > ?",
                [(purchase.createdAt - .seconds(86_400)).milliseconds], database
            )
        )
    }

    // Everything counts that was not refused and whose money was not seen to come back.
    private static func spent(
        where condition: String,
        _ arguments: StatementArguments,
        _ database: Database
    ) throws -> Int64 {
        try Int64.fetchOne(
            database,
            sql: """
                SELECT COALESCE(SUM(microUSD), 0) FROM purchase
                WHERE \(condition) AND state NOT IN ('refused', 'intended') AND NOT EXISTS (
                    SELECT 1 FROM "order" WHERE "order".purchase = purchase.id
                    AND "order".refund = 'seen')
                """,
            arguments: arguments
        ) ?? 0
    }

    /// Writes down what came of a purchase; an accepted one together with its order.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func settle(
        _ purchase: Purchase,
        order: Order?,
        microUSD: Int64? = nil,
        at now: Instant
    ) throws(MoonlineError) {
        try write { database in
            guard var row = try PurchaseRow.fetchOne(database, key: purchase.id) else { return }
            let settled = PurchaseRow(purchase, definition: row.definition)
            row.state = settled.state
            row.detail = settled.detail
            row.microUSD = microUSD ?? row.microUSD
            try row.update(database)
            if let order { try OrderRow(order).insert(database) }
            try Self.note("\(row.kind) \(row.state)", purchase.id, now, database)
        }
    }

    /// Purchases whose outcome is not known, oldest first. One that another process sends right
    /// now is among them, so that nothing is ever missing from the list.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func unknownPurchases() throws(MoonlineError) -> [Purchase] {
        try read { database in
            try PurchaseRow
                .filter(["sending", "unknown"].contains(Column("state")))
                .order(Column("createdAt"))
                .fetchAll(database).map(\.purchase)
        }
    }

    static func note(
        _ what: String,
        _ subject: String,
        _ now: Instant,
        _ database: Database
    ) throws {
        try database.execute(
            sql: "INSERT INTO event (subject, what, at) VALUES (?, ?, ?)",
            arguments: [subject, what, now.milliseconds]
        )
    }
}

/// What a person reads when a cap stops a purchase.
private struct SpendCapMessage {
    let error: MoonlineError

    init(_ violation: SpendCaps.Violation) {
        let limit = Self.dollars(violation.limit)
        let needed = Self.dollars(violation.needed)
        let text =
            switch violation.cap {
            case .order: "the order would cost \(needed) USD, the cap for one order is \(limit) USD"
            case .run: "this run would have spent \(needed) USD, its cap is \(limit) USD"
            case .day: "24 hours would have cost \(needed) USD, their cap is \(limit) USD"
            }
        let setting = "per_\(violation.cap.rawValue)"
        error = MoonlineError(
            .spendCap,
            "\(text); raise caps: \(setting) in config.yaml to allow "
                + "it"
                + (violation.cap == .day ? ", or wait until older purchases are a day old" : ""))
    }

    private static func dollars(_ micro: Int64) -> String {
        ExactDecimal(units: (micro + 9999) / 10_000, scale: 2).description
    }
}
