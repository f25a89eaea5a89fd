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

    /// Orders whose money has not been seen to come back.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func refundsDue() throws(MoonlineError) -> [Order] {
        try read { database in
            let due = [Refund.due.rawValue, Refund.overdue.rawValue]
            return try OrderRow.filter(due.contains(Column("refund")))
                .order(Column("createdAt"), Column("id"))
                .fetchAll(database).map { shift.told($0.order) }
        }
    }

    /// The provider's ids of all orders of an account.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func remoteIDs(of account: String) throws(MoonlineError) -> Set<String> {
        try read { database in
            try String.fetchSet(
                database, sql: "SELECT remoteID FROM \"order\" WHERE account = ?",
                arguments: [account]
            )
        }
    }

    /// Applies an event to the order as it stands on disk, and returns it with what changed.
    ///
    /// Another process may have changed it meanwhile, so it is read again in the transaction.
    ///
    /// - Throws: `MoonlineError` with `not_found` or `internal`.
    package func apply(
        _ event: OrderEvent,
        to id: String,
        at now: Instant
    ) throws(MoonlineError) -> (order: Order, changes: [OrderChange]) {
        let (event, now) = (shift.kept(event), shift.kept(now))
        let (order, changes) = try write { database in
            guard var order = try OrderRow.row("id", id, database)?.order else {
                throw MoonlineError(.notFound, "there is no order \(id)")
            }
            let before = order.refund
            let changes = order.handle(event, at: now)
            let isUnwritten = PlantedFault.announcesBeforeWriting.isPlanted && order.hasNewCode
            if !changes.isEmpty, !isUnwritten {
                try OrderRow(order).update(database)
                try Self.note(event.label, id, now, database)
                // A refund may show in the balance at any time from now on.
                if order.refund != before { try Self.touch(order.account, database) }
            }
            return (order, changes)
        }
        return (shift.told(order), changes)
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
        case .refundSeen: "refund seen"
        case .refundLate: "refund overdue"
        }
    }
}
