import GRDB
package import OrderKernel

/// Caps with what they are over: one account, or all of them.
package struct CapScope: Sendable, Hashable {
    let account: String?
    package let caps: SpendCaps

    /// Caps over an account; over all when it is `nil`.
    package init(account: String?, caps: SpendCaps) {
        self.account = account
        self.caps = caps
    }

    // Unknown and unresolved purchases count as spent; refused and absent ones do not.
    private static var counted: String {
        let isForgetful = PlantedFault.forgetsUnknownSpending.isPlanted
        let left = isForgetful ? "'intended', 'unknown', 'unresolved'" : "'intended'"
        return "state NOT IN ('refused', 'absent', \(left))"
    }

    // Of an order whose money was seen to come back, what the provider kept counts.
    private static let cost = """
        CASE WHEN EXISTS (
            SELECT 1 FROM "order" WHERE "order".purchase = purchase.id
            AND "order".refund = 'seen')
        THEN keptMicroUSD ELSE microUSD END
        """

    /// An order that nobody knows is assumed to be open for so long: the 20 minutes that iSMScode's
    /// document names.
    private static let lifetimeMaximum = Duration.seconds(20 * 60).milliseconds

    /// - Throws: `MoonlineError` with `spend_cap`: which cap it is, when it frees, and the setting.
    func check(_ purchase: Purchase, _ shift: ClockShift, _ database: Database) throws {
        let dayBegin = purchase.createdAt - SpendCaps.day
        let usage = SpendCaps.Usage(
            inRun: try spent(where: "run = ?", [purchase.run], database),
            inDay: try spent(where: "createdAt > ?", [dayBegin.milliseconds], database),
            open: try open(at: purchase.createdAt, database).count
        )
        // A swap goes on with an order that is open already.
        var caps = caps
        if purchase.kind == .swap { caps.atOnce = .max }
        guard let violation = caps.violation(price: purchase.microUSD, usage: usage) else { return }
        let frees = try freeing(violation, purchase, database).map(shift.told)
        throw SpendCapMessage(
            violation: violation, account: account, frees: frees
        ).error
    }

    private func spent(
        where condition: String,
        _ arguments: StatementArguments,
        _ database: Database
    ) throws -> Int64 {
        let statement = try database.cachedStatement(
            sql: """
                SELECT COALESCE(SUM(\(Self.cost)), 0) FROM purchase
                WHERE \(condition) AND \(scope) AND \(Self.counted)
                """)
        return try Int64.fetchOne(statement, arguments: arguments + scopeArguments) ?? 0
    }

    /// When each open order or unknown purchase is over at the latest, soonest first.
    private func open(at now: Instant, _ database: Database) throws -> [Instant] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT expiresAt AS ends FROM "order"
                WHERE state IN ('waiting', 'received') AND \(scope)
                AND expiresAt + \(OrphanMatch.clockSkewMaximum.milliseconds) > ?
                UNION ALL SELECT settlesAt FROM purchase
                WHERE state IN ('sending', 'unknown') AND kind != 'swap' AND \(scope)
                UNION ALL SELECT createdAt + \(Self.lifetimeMaximum) FROM purchase
                WHERE state = 'unresolved' AND kind != 'swap' AND \(scope)
                AND createdAt + \(Self.lifetimeMaximum) > ?
                ORDER BY ends
                """)
        let arguments =
            scopeArguments + [now.milliseconds] + scopeArguments + scopeArguments
            + [now.milliseconds]
        return try Int64.fetchAll(statement, arguments: arguments)
            .map { Instant(milliseconds: $0) }
    }

    private func freeing(
        _ violation: SpendCaps.Violation,
        _ purchase: Purchase,
        _ database: Database
    ) throws -> Instant? {
        switch violation.cap {
        case .order, .run: return nil
        case .atOnce:
            let ends = try open(at: purchase.createdAt, database)
            let index = ends.count - caps.atOnce
            let end = ends.indices.contains(index) ? ends[index] : ends.last
            // An unknown purchase holds its place until it is settled or resolved.
            return end.flatMap { $0 > purchase.createdAt ? $0 : nil }
        case .day:
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT createdAt, \(Self.cost) AS cost FROM purchase
                    WHERE createdAt > ? AND \(scope) AND \(Self.counted) ORDER BY createdAt
                    """,
                arguments: [(purchase.createdAt - SpendCaps.day).milliseconds] + scopeArguments
            )
            var excess = violation.needed - violation.limit
            for row in rows {
                excess -= try row.decode(forColumn: "cost")
                if excess <= 0 {
                    let began = Instant(milliseconds: try row.decode(forColumn: "createdAt"))
                    return began + SpendCaps.day
                }
            }
            return nil
        }
    }

    private var scope: String { account == nil ? "TRUE" : "account = ?" }
    private var scopeArguments: StatementArguments { account.map { [$0] } ?? [] }
}

/// What a person reads when a cap stops a purchase.
private struct SpendCapMessage {
    let violation: SpendCaps.Violation
    let account: String?
    let frees: Instant?

    var error: MoonlineError {
        let place = account.map { "accounts: \($0): caps: " } ?? "caps: "
        let key = violation.cap.rawValue
        let wait = frees.map { ", or wait: it frees at \($0.rfc3339)" } ?? freesNever
        return MoonlineError(
            .spendCap,
            "\(what); raise \(place)\(key) in config.yaml to allow it\(wait)",
            provider: account
        )
    }

    private var what: String {
        let limit = Self.dollars(violation.limit)
        let needed = Self.dollars(violation.needed)
        let whose = account.map { "\($0): " } ?? ""
        switch violation.cap {
        case .order:
            return "\(whose)the order would cost \(needed) USD, the cap for one order is "
                + "\(limit) USD"
        case .run: return "\(whose)this run would have spent \(needed) USD, its cap is \(limit) USD"
        case .day:
            return "\(whose)24 hours would have cost \(needed) USD, their cap is \(limit) USD"
        case .atOnce:
            return "\(whose)\(violation.needed - 1) orders are open, the cap is \(violation.limit) "
                + "at once"
        }
    }

    private var freesNever: String {
        switch violation.cap {
        case .run: ", or start another run, which begins at zero"
        case .order: ", or take a cheaper offer"
        case .atOnce: ", or settle what is open: `moonline sweep`, then `moonline orders --open`"
        case .day: ", since it alone costs more"
        }
    }

    private static func dollars(_ micro: Int64) -> String {
        // Rounded up without overflow.
        let cents = micro / 10_000 + (micro % 10_000 > 0 ? 1 : 0)
        return ExactDecimal(units: cents, scale: 2).description
    }
}
