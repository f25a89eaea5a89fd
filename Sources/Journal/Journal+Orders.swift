import GRDB
package import OrderKernel

extension Journal {
    /// An order by Moonline's id.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func order(_ id: String) throws(MoonlineError) -> Order? {
        try read { try OrderRow.row("id", id, $0).map { shift.told($0.order) } }
    }

    /// All orders, oldest first.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func orders(openOnly: Bool) throws(MoonlineError) -> [Order] {
        try read { database in
            let isWanted = openOnly ? "state IN ('waiting', 'received')" : "TRUE"
            return try OrderRow.rows(where: "\(isWanted) ORDER BY createdAt, id", database)
                .map { shift.told($0.order) }
        }
    }

    /// Orders with a code that nobody was told, oldest first.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func untold() throws(MoonlineError) -> [Order] {
        try read { database in
            let isUntold = "code IS NOT NULL AND toldRevision < revision"
            return try OrderRow.rows(where: "\(isUntold) ORDER BY createdAt, id", database)
                .map { shift.told($0.order) }
        }
    }

    /// Orders whose money has not been seen to come back.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func refundsDue() throws(MoonlineError) -> [Order] {
        try read { database in
            try OrderRow.rows(
                where: "refund IN ('due', 'overdue') ORDER BY createdAt, id", database
            ).map { shift.told($0.order) }
        }
    }

    /// The orders of an account at an address by the provider's ids, and when each was over: the
    /// distant future for an open one.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func remoteEnds(
        of account: String,
        at origin: String
    ) throws(MoonlineError) -> [String: Instant] {
        try read { database in
            let rows = try Row.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT remoteID, MAX(COALESCE(endedAt, \(Int64.max))) AS ended
                        FROM "order" JOIN purchase ON purchase.id = "order".purchase
                        WHERE "order".account = :account
                            AND COALESCE(json_extract(terms, '$.payer.origin'), :origin) = :origin
                        GROUP BY remoteID
                        """),
                arguments: ["account": account, "origin": origin])
            let ends = try rows.map { row -> (String, Instant) in
                let ended = Instant(milliseconds: try row.decode(forColumn: "ended"))
                let isOpen = ended.milliseconds == .max
                return (try row.decode(forColumn: "remoteID"), isOpen ? ended : shift.told(ended))
            }
            return Dictionary(ends, uniquingKeysWith: { first, _ in first })
        }
    }

    /// The orders of an account that ended without a code after an instant.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func endedWithoutCode(
        of account: String,
        since instant: Instant
    ) throws(MoonlineError) -> [Order] {
        let instant = shift.kept(instant)
        return try read { database in
            try OrderRow.rows(
                where: "account = ? AND code IS NULL AND endedAt > ?",
                with: [account, instant.milliseconds], database
            ).map { shift.told($0.order) }
        }
    }

    /// Applies an event to the order as it stands on disk, and returns it with what changed.
    ///
    /// Another process may have changed it meanwhile, so it is read again in the transaction. While
    /// a swap is under way, that the provider's order is over says nothing: the new one follows.
    ///
    /// - Parameter remoteID: the provider's order that it was said of; when this one has another by
    ///   now, nothing changes.
    /// - Throws: `MoonlineError` with `not_found` or `internal`.
    package func apply(
        _ event: OrderEvent,
        to id: String,
        saidOf remoteID: String? = nil,
        at now: Instant
    ) throws(MoonlineError) -> (order: Order, changes: [OrderChange]) {
        let (event, now) = (shift.kept(event), shift.kept(now))
        let (order, changes) = try write { database -> (Order, [OrderChange]) in
            guard var order = try OrderRow.row("id", id, database)?.order else {
                throw MoonlineError(.notFound, "there is no order \(id)")
            }
            guard remoteID == nil || remoteID == order.remoteID,
                let event = try Self.withoutEnd(event, of: order, at: now, database)
            else { return (order, []) }
            let before = order.refund
            let changes = order.handle(event, at: now)
            let isUnwritten = PlantedFault.announcesBeforeWriting.isPlanted && order.hasNewCode
            if !changes.isEmpty, !isUnwritten {
                try OrderRow(order).update(database)
                if case .cancelled(let refund?) = event {
                    try Self.noteKept(refund, of: order, database)
                }
                try Self.note(event.label, id, now, database)
                // A refund may show in the balance at any time from now on.
                if order.refund != before { try Self.touch(order.account, database) }
            }
            return (order, changes)
        }
        return (shift.told(order), changes)
    }
}

extension Journal {
    // A refund may be smaller than the price: what the provider keeps still counts for the caps.
    private static func noteKept(
        _ refund: Money,
        of order: Order,
        _ database: Database
    ) throws {
        guard let price = order.price, price.currency == refund.currency,
            let spent = try Int64.fetchOne(
                database, sql: "SELECT microUSD FROM purchase WHERE id = ?",
                arguments: [order.purchaseID]),
            let returned = refund.amount.share(of: price.amount, in: spent)
        else { return }
        try database.execute(
            sql: "UPDATE purchase SET keptMicroUSD = ? WHERE id = ?",
            arguments: [spent - returned, order.purchaseID])
    }

    // What is left of a provider's word while a swap is under way; `nil` when that is nothing.
    private static func withoutEnd(
        _ event: OrderEvent,
        of order: Order,
        at now: Instant,
        _ database: Database
    ) throws -> OrderEvent? {
        switch event {
        case .observed(let observation) where observation.isEnd: break
        case .closed, .missing, .cancelled: break
        default: return event
        }
        let isSwapped = try PurchaseRow.rows(
            where: "kind = 'swap' AND state IN ('sending', 'unknown', 'unresolved')", database
        ).contains { $0.purchase.isSwapping(order.id, at: now) }
        guard isSwapped else { return event }
        guard case .observed(var observation) = event, observation.isEvidence else { return nil }
        observation.status = .received
        return .observed(observation)
    }
}

extension OrderEvent {
    /// The event's name in the journal: no code and no number.
    fileprivate var label: String {
        switch self {
        case .observed(let observation): "observed \(observation.status.rawValue)"
        case .cancelWanted: "cancel wanted"
        case .cancelHeld: "cancel held"
        case .cancelled: "cancelled"
        case .cancelRefused: "cancel refused"
        case .finished: "finished"
        case .resent: "resend asked"
        case .swapped: "swapped"
        case .expired: "expired"
        case .closed: "closed"
        case .missing: "missing"
        case .attended: "attended"
        case .kept: "kept"
        case .told: "told"
        case .refundSeen: "refund seen"
        case .refundLate: "refund overdue"
        }
    }
}
