import GRDB
package import OrderKernel

extension Journal {
    /// The numbers that were bought since then and are over, or got a code.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func attempts(since instant: Instant) throws(MoonlineError) -> [OrderAttempt] {
        let instant = shift.kept(instant)
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT "order".*, purchase.microUSD AS cost,
                        (SELECT MIN(event.at) FROM event WHERE event.subject = "order".id
                            AND event.what = 'observed received') AS codeAt
                    FROM "order" JOIN purchase ON purchase.id = "order".purchase
                    WHERE "order".createdAt >= ? AND (code IS NOT NULL
                        OR "order".state NOT IN ('waiting', 'received'))
                    ORDER BY "order".createdAt, "order".id
                    """,
                arguments: [instant.milliseconds]
            ).map(Self.attempt)
        }
    }

    private static func attempt(_ row: Row) -> OrderAttempt {
        let boughtAt = Instant(milliseconds: row["createdAt"])
        let hasCode = (row["code"] as String?) != nil
        // A code that came with the purchase's own answer has no event.
        let codeAt = (row["codeAt"] as Int64?).map { Instant(milliseconds: $0) } ?? boughtAt
        let refund = (row["refund"] as String?).flatMap(Refund.init(rawValue:)) ?? .none
        return OrderAttempt(
            account: row["account"], service: row["service"], country: row["country"],
            boughtAt: boughtAt, timeToCode: hasCode ? codeAt - boughtAt : nil,
            priceMicroUSD: row["cost"], isRefunded: [.due, .seen].contains(refund)
        )
    }
}
