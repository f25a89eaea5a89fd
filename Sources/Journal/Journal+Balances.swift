import GRDB
package import OrderKernel

extension Journal {
    /// Counts what has been done on an account; a reading is of use only when nothing was done
    /// while it was taken.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func activity(of account: String) throws(MoonlineError) -> Int64 {
        try read { try BalanceRow.row("account", account, $0)?.activity ?? 0 }
    }

    /// Whether a balance is known that the next reading can be compared with.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func hasBalance(of account: String) throws(MoonlineError) -> Bool {
        try read { try BalanceRow.row("account", account, $0)?.money != nil }
    }

    /// Takes in a reading of a balance: it answers what became of purchases and refunds where only
    /// one answer explains it, and is the baseline for the next.
    ///
    /// - Parameters:
    ///   - token: names the key that it was read with.
    ///   - activity: what `activity(of:)` said before the reading.
    ///   - asked: when it was asked for: the answer may be as old as the question.
    ///   - number: what `beginProof` said after it was answered.
    /// - Returns: whether the reading was of use: nothing was under way.
    /// - Throws: `MoonlineError` with `internal`.
    @discardableResult
    package func takeReading(
        _ reading: Money,
        of account: String,
        token: String,
        activity: Int64,
        asked: Instant,
        number: Int64? = nil,
        at now: Instant
    ) throws(MoonlineError) -> Bool {
        let (asked, now) = (shift.kept(asked), shift.kept(now))
        return try write { database in
            var row =
                try BalanceRow.row("account", account, database) ?? BalanceRow(account: account)
            guard row.activity == activity, try Self.isQuiet(account, asked, now, database) else {
                return false
            }
            row.use(token)
            let purchases = try Self.unknown(account, database).filter {
                $0.terms.payer?.token ?? token == token
            }
            let refunds = try Self.awaitedRefunds(account, now, database)
            let unseen = try Self.unseen(account, isProof: !purchases.isEmpty, number, database)
            let mayReturn = Self.recent(refunds, now).map(\.awaitedRefund) + unseen.map(\.price)
            let isClouded = try Self.isClouded(
                account, token, mayReturn, in: reading.currency, now, database)
            var settled = reading.amount
            if let expected = row.money, expected.currency == reading.currency {
                let returns = Self.returns(refunds, unseen, in: reading.currency)
                let result = BalanceReconciliation(
                    expected: expected.amount, actual: reading.amount,
                    questions: returns
                        + Self.questions(
                            purchases.map { ($0.id, $0.price?.negated) }, in: reading.currency))
                // The price may have changed since the offer: money that came back hides any
                // charge, unless all that may come back is there.
                let most = returns.reduce(expected.amount) { $0.adding($1.amount) ?? $0 }
                let isMasked = !purchases.isEmpty && reading.amount < most
                for purchase in purchases {
                    let isProof = purchase.isAbsenceProof(at: asked) && !isClouded && !isMasked
                    try Self.answer(purchase, result, isProof: isProof, now, database)
                }
                if !isClouded { try Self.answer(refunds, result, now, database) }
                // A refund that may still come goes on to be asked for, against the same balance.
                let isCertain =
                    purchases.allSatisfy { result.answers[$0.id] != nil }
                    && unseen.allSatisfy { result.answers[$0.id] == false }
                let isSettled = result.isExplained && isCertain && !isClouded && !isMasked
                if isSettled { settled = result.settled }
            } else {
                for purchase in purchases {
                    try Self.close(purchase, .givenUp(isCharged: false), now, database)
                }
            }
            row.take(Money(settled, reading.currency), at: now)
            try row.save(database)
            return true
        }
    }

    private static func recent(_ refunds: [Order], _ now: Instant) -> [Order] {
        refunds.filter { ($0.endedAt ?? .distantPast) > now - SpendCaps.day }
    }

    // What may come back. A number that nobody looked at since may have been given back in the
    // provider's own pages, or by the provider.
    private static func returns(
        _ refunds: [Order],
        _ unseen: [Order],
        in currency: String
    ) -> [BalanceReconciliation.Question] {
        questions(
            refunds.map { ($0.id, $0.awaitedRefund) } + unseen.map { ($0.id, $0.price) },
            in: currency)
    }

    private static func questions(
        _ amounts: [(subject: String, money: Money?)],
        in currency: String
    ) -> [BalanceReconciliation.Question] {
        amounts.compactMap { subject, money in
            guard let money, money.currency == currency else { return nil }
            return BalanceReconciliation.Question(subject: subject, amount: money.amount)
        }
    }

    private static func answer(
        _ purchase: Purchase,
        _ result: BalanceReconciliation,
        isProof: Bool,
        _ now: Instant,
        _ database: Database
    ) throws {
        let event: PurchaseEvent =
            switch result.answers[purchase.id] {
            case true: .givenUp(isCharged: true)
            case false where isProof: .provenAbsent
            case false, nil: .givenUp(isCharged: false)
            }
        try close(purchase, event, now, database)
    }

    private static func answer(
        _ refunds: [Order],
        _ result: BalanceReconciliation,
        _ now: Instant,
        _ database: Database
    ) throws {
        for order in refunds where result.answers[order.id] == true {
            var order = order
            order.handle(.refundSeen, at: now)
            try OrderRow(order).update(database)
            try note("refund seen", order.id, now, database)
        }
    }

    // The order of an unresolved purchase may be paid back at any time, which looks like another
    // purchase that did not happen or another refund that did; so does a refund of which it is not
    // known how much it is. A lost purchase that something else settles may have been charged, and
    // another account with the same key spends the same money.
    private static func isClouded(
        _ account: String,
        _ token: String,
        _ mayReturn: [Money?],
        in currency: String,
        _ now: Instant,
        _ database: Database
    ) throws -> Bool {
        if mayReturn.contains(where: { $0?.currency != currency }) { return true }
        let since = (now - SpendCaps.day).milliseconds
        return try database.value(
            """
            SELECT EXISTS (SELECT 1 FROM purchase WHERE account = :account AND (
                    state IN ('unresolved', 'written_off') AND createdAt > :since
                    OR state = 'unknown' AND json_extract(terms, '$.means') IS NOT :balance))
                OR EXISTS (SELECT 1 FROM purchase WHERE account <> :account
                    AND createdAt > :since AND json_extract(terms, '$.payer.token') = :token)
            """,
            [
                "account": account, "since": since, "token": token,
                "balance": SettlementMeans.balance.rawValue,
            ]
        ) == true
    }

    static func close(
        _ purchase: Purchase,
        _ event: PurchaseEvent,
        _ now: Instant,
        _ database: Database
    ) throws {
        guard var row = try PurchaseRow.row("id", purchase.id, database) else { return }
        var closed = purchase
        try closed.handle(event)
        row.update(closed, microUSD: nil)
        try row.update(database)
        try note("\(row.kind) \(row.state)", purchase.id, now, database)
    }

    /// Whether a reading that is asked for now could be used: nothing is under way.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func isQuiet(_ account: String, at now: Instant) throws(MoonlineError) -> Bool {
        let now = shift.kept(now)
        return try read { try Self.isQuiet(account, now, now, $0) }
    }

    // Nothing that changes the balance may be under way, or have happened unseen. What a purchase
    // may still do when the reading is asked for, it may not show.
    private static func isQuiet(
        _ account: String,
        _ asked: Instant,
        _ now: Instant,
        _ database: Database
    ) throws -> Bool {
        if PlantedFault.readsBalanceAtOnce.isPlanted { return true }
        let busy: Bool? = try database.value(
            """
            SELECT EXISTS (SELECT 1 FROM purchase WHERE account = :account AND (
                    state = 'sending' OR state = 'unknown' AND settlesAt > :asked))
                OR EXISTS (SELECT 1 FROM "order" WHERE account = :account
                    AND state IN ('waiting', 'received') AND (
                    expiresAt <= :now + :skew AND code IS NULL AND message IS NULL
                        AND NOT isEvidenced
                    OR isCancelRefused
                    OR isCancelWanted AND cancelNotBefore <= :now))
            """,
            [
                "account": account, "asked": asked.milliseconds, "now": now.milliseconds,
                "skew": OrphanMatch.clockSkewMaximum.milliseconds,
            ]
        )
        return busy == false
    }

    static func unknown(_ account: String, _ database: Database) throws -> [Purchase] {
        try PurchaseRow.rows(
            where: "account = ? AND state = 'unknown'", with: [account], database
        ).map(\.purchase).filter { $0.terms.means == .balance }
    }

    // A refund that was named is booked within a day, however long one that is due may take.
    private static func awaitedRefunds(
        _ account: String,
        _ now: Instant,
        _ database: Database
    ) throws -> [Order] {
        try OrderRow.rows(
            where: """
                account = ? AND (refund IN ('due', 'overdue')
                    OR awaitedAmount IS NOT NULL AND endedAt > ?)
                ORDER BY endedAt
                """,
            with: [account, (now - SpendCaps.day).milliseconds], database
        ).map(\.order)
    }

    /// Whether the balance may grow soon by refunds that no reading has shown yet.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func awaitsRefunds(
        of account: String,
        at now: Instant
    ) throws(MoonlineError) -> Bool {
        let now = shift.kept(now)
        return try read { database in
            try Self.awaitedRefunds(account, now, database).contains { $0.refund != .overdue }
        }
    }

    /// Takes in what a purchase was charged.
    ///
    /// A reading that was taken while nobody knew of its order may hold the charge already: what
    /// the account must have is not known then.
    static func charge(_ purchase: Purchase, _ price: Money?, _ database: Database) throws {
        let readAt = try BalanceRow.row("account", purchase.account, database)?.readAt
        let isRead = readAt.map { $0 > purchase.createdAt.milliseconds } ?? false
        try changeBalance(
            of: purchase.account, by: isRead ? nil : price.map(\.negated), database)
    }

    static func touch(_ account: String, _ database: Database) throws {
        var row = try BalanceRow.row("account", account, database) ?? BalanceRow(account: account)
        row.activity += 1
        try row.save(database)
    }

    /// Forgets what the balance was, unless a purchase waits for it: readings prove nothing until
    /// there are two again.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func forgetBalance(of account: String) throws(MoonlineError) {
        try write { database in
            guard try Self.unknown(account, database).isEmpty else { return }
            try Self.forgetBalance(account, database)
        }
    }

    static func forgetBalance(_ account: String, _ database: Database) throws {
        try changeBalance(of: account, by: nil, database)
    }

    /// Adds to what the account must have; `nil` when it is not known how much.
    static func changeBalance(
        of account: String,
        by change: Money?,
        _ database: Database
    ) throws {
        var row = try BalanceRow.row("account", account, database) ?? BalanceRow(account: account)
        row.activity += 1
        if let money = row.money, let change, change.currency == money.currency {
            row.set(money.amount.adding(change.amount).map { Money($0, money.currency) })
        } else {
            row.set(nil)
        }
        try row.save(database)
    }
}

extension Money {
    /// The amount with the other sign.
    var negated: Money { Money(amount.negated, currency) }
}
