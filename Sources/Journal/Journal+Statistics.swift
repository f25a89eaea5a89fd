import GRDB
package import OrderKernel

extension Journal {
    /// The numbers that were bought since then and are over, or got a code.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func attempts(since instant: Instant) throws(MoonlineError) -> [OrderAttempt] {
        let instant = shift.kept(instant)
        return try read { database in
            try AttemptRow.fetchAll(
                database,
                sql: """
                    SELECT "order".*, purchase.microUSD AS cost, purchase.keptMicroUSD AS kept,
                        (SELECT MIN(event.at) FROM event WHERE event.subject = "order".id
                            AND event.what = 'observed received') AS codeAt
                    FROM "order" JOIN purchase ON purchase.id = "order".purchase
                    WHERE "order".createdAt >= ? AND (code IS NOT NULL
                        OR "order".state NOT IN ('waiting', 'received'))
                    ORDER BY "order".createdAt, "order".id
                    """,
                arguments: [instant.milliseconds]
            ).map(Self.attempt) + Self.lost(since: instant, database)
        }
    }

    // What a provider has charged for and nobody can name was paid for nothing.
    private static func lost(
        since instant: Instant,
        _ database: Database
    ) throws -> [OrderAttempt] {
        try PurchaseRow.filter(
            ["unresolved", "written_off"].contains(Column("state"))
                && Column("createdAt") >= instant.milliseconds
        )
        .order(Column("createdAt"), Column("id")).fetchAll(database).map(\.purchase)
        .filter { $0.state != .unresolved(isCharged: false) }
        .map { purchase in
            OrderAttempt(
                account: purchase.account, service: purchase.service, country: purchase.country,
                boughtAt: purchase.createdAt, timeToCode: nil, priceMicroUSD: purchase.microUSD,
                isRefunded: false)
        }
    }

    private static func attempt(_ row: AttemptRow) -> OrderAttempt {
        let boughtAt = Instant(milliseconds: row.createdAt)
        // A code that came with the purchase's own answer has no event.
        let codeAt = row.codeAt.map { Instant(milliseconds: $0) } ?? boughtAt
        let refund = Refund(rawValue: row.refund) ?? .none
        return OrderAttempt(
            account: row.account, service: row.service, country: row.country, boughtAt: boughtAt,
            timeToCode: row.code == nil ? nil : codeAt - boughtAt,
            // What was not paid back of it.
            priceMicroUSD: row.kept > 0 ? row.kept : row.cost,
            isRefunded: [.due, .seen].contains(refund) && row.kept == 0
        )
    }

    private struct AttemptRow: Decodable, FetchableRecord {
        let account: String
        let service: String
        let country: String
        let createdAt: Int64
        let code: String?
        let codeAt: Int64?
        let refund: String
        let cost: Int64
        let kept: Int64
    }
}
