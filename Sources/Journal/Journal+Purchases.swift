import GRDB
package import OrderKernel

extension Journal {
    /// Writes a purchase down and hands out the permit to send it.
    ///
    /// The spending is summed up and the purchase written in one transaction, so two processes
    /// cannot break a cap together. When this returns, the intent survives a loss of power.
    ///
    /// - Throws: `MoonlineError` with `spend_cap`, with `unavailable` behind the barrier of an
    ///   account, or with `internal` when nothing can be written.
    package func intend(
        _ purchase: Purchase,
        definition: JournalDefinition,
        caps: [CapScope]
    ) throws(MoonlineError) -> SendPermit {
        if PlantedFault.commitsAfterSending.isPlanted {
            return SendPermit(purchaseID: purchase.id, notAfter: purchase.notAfter)
        }
        let purchase = shift.kept(purchase)
        let permit = SendPermit(purchaseID: purchase.id, notAfter: shift.told(purchase.notAfter))
        try write { [shift] database in
            for scope in caps { try scope.check(purchase, shift, database) }
            try Self.checkBarrier(for: purchase, shift, database)
            try database.run(
                "INSERT OR IGNORE INTO definition (hash, source) VALUES (?, ?)",
                [definition.hash, definition.source])
            var sending = purchase
            try sending.handle(.sending)
            try PurchaseRow(sending, definition: definition.hash).insert(database)
            try Self.touch(purchase.account, database)
            try Self.note(
                "\(purchase.kind.rawValue) intended", purchase.id, purchase.createdAt,
                database)
        }
        return permit
    }

    /// Whether a purchase would be within the caps now, before anything is waited for.
    ///
    /// - Throws: `MoonlineError` with `spend_cap` or `internal`.
    package func check(_ purchase: Purchase, caps: [CapScope]) throws(MoonlineError) {
        let purchase = shift.kept(purchase)
        try read { [shift] database in
            for scope in caps { try scope.check(purchase, shift, database) }
        }
    }

    /// Hands out the permit to send an unknown purchase once more, under the key that it has.
    ///
    /// From then on it counts as under way for as long as a first attempt would.
    ///
    /// - Throws: `MoonlineError` with `internal`, also when it is no longer unknown or has no key.
    package func permitRepetition(
        of id: String,
        notAfter: Instant,
        at now: Instant
    ) throws(MoonlineError) -> SendPermit {
        let (now, sentBy) = (shift.kept(now), shift.kept(notAfter))
        let earlier = try write { database in
            guard var row = try PurchaseRow.row("id", id, database),
                row.purchase.mayRepeat(at: now)
            else { throw MoonlineError(.internal, "the purchase \(id) may not be sent again") }
            let earlier = row.purchase.settlesAt
            row.settlesAt = max(
                row.settlesAt, row.purchase.settlesAt(sentBy: sentBy).milliseconds)
            try row.update(database)
            try Self.note("sent again", id, now, database)
            return earlier
        }
        return SendPermit(
            purchaseID: id, notAfter: notAfter, earlierSettlesAt: shift.told(earlier))
    }

    /// A repetition was answered, so that it is not under way any more: what was before it counts,
    /// unless another process has sent one since.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func repetitionAnswered(
        _ id: String,
        notAfter: Instant,
        earlierSettlesAt: Instant
    ) throws(MoonlineError) {
        let (sentBy, earlier) = (shift.kept(notAfter), shift.kept(earlierSettlesAt))
        try write { database in
            guard var row = try PurchaseRow.row("id", id, database),
                row.settlesAt == row.purchase.settlesAt(sentBy: sentBy).milliseconds
            else { return }
            row.settlesAt = earlier.milliseconds
            try row.update(database)
        }
    }

    // While the balance is to tell what became of a purchase, nothing else may change it.
    private static func checkBarrier(
        for purchase: Purchase,
        _ shift: ClockShift,
        _ database: Database
    ) throws {
        guard let blocking = try unknown(purchase.account, database).first else { return }
        throw MoonlineError(
            .unavailable,
            "\(purchase.account) buys nothing until \(Self.barrierEnd(blocking, purchase, shift)) "
                + "tells what became of the purchase \(blocking.id); `moonline sweep` settles it, "
                + "and where it cannot, `moonline resolve`",
            provider: purchase.account,
            retryAfter: max(blocking.settlesAt - purchase.createdAt, .zero)
        )
    }

    private static func barrierEnd(
        _ blocking: Purchase,
        _ purchase: Purchase,
        _ shift: ClockShift
    ) -> String {
        guard blocking.settlesAt > purchase.createdAt else {
            return "its balance, read with nothing else under way,"
        }
        return "\(shift.told(blocking.settlesAt).rfc3339), when its balance"
    }

    /// Writes down what came of a purchase; one that made an order together with it.
    ///
    /// The event is applied to the purchase as it stands on disk: when another process settled it
    /// meanwhile, nothing changes and what that one found is returned. An answer that names an
    /// order which an earlier purchase made and which is still open has sold nothing new: what
    /// became of the purchase is not known then.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func settle(
        _ id: String,
        _ event: PurchaseEvent,
        order: Order? = nil,
        microUSD: Int64? = nil,
        at now: Instant
    ) throws(MoonlineError) -> Settled {
        let (order, now) = (order.map(shift.kept), shift.kept(now))
        let settled = try write { database in
            guard var row = try PurchaseRow.row("id", id, database) else {
                throw MoonlineError(.internal, "the journal has lost the purchase \(id)")
            }
            var purchase = row.purchase
            var (event, order) = (Self.event(event, after: purchase.state), order)
            if case .found = event, let order, try Self.isKnown(order, to: purchase, database) {
                // Another purchase has found the same order meanwhile.
                return Settled(purchase: purchase, order: nil, isOurs: false)
            }
            if case .accepted = event, let named = order, purchase.kind == .buy,
                try Self.isHeld(named, database)
            {
                (event, order) = (.outcomeLost, nil)
            }
            do throws(IllegalPurchaseEvent) {
                if event == .outcomeLost {
                    try purchase.loseOutcome(at: now)
                } else {
                    try purchase.handle(event)
                }
            } catch {
                let found = try purchase.state.order.flatMap {
                    try OrderRow.row("id", $0, database)?.order
                }
                return Settled(purchase: purchase, order: found, isOurs: false)
            }
            row.update(purchase, microUSD: microUSD)
            try row.update(database)
            order = try order.map { try Self.sighted($0, now, database) }
            let isDropped =
                PlantedFault.dropsFoundOrders.isPlanted && purchase.state.name == "adopted"
            if let order, !isDropped { try OrderRow(order).insert(database) }
            try Self.book(purchase, order, database)
            try Self.note("\(row.kind) \(row.state)", id, now, database)
            return Settled(purchase: purchase, order: order, isOurs: true)
        }
        return Settled(
            purchase: shift.told(settled.purchase), order: settled.order.map(shift.told),
            isOurs: settled.isOurs)
    }

    // An answer that came after another process took its sender for dead names the order as well as
    // a list does.
    private static func event(
        _ event: PurchaseEvent,
        after state: PurchaseState
    ) -> PurchaseEvent {
        guard case .accepted(let order) = event else { return event }
        switch state {
        case .unknown, .unresolved: return .found(order: order)
        default: return event
        }
    }

    /// What settling a purchase led to.
    package struct Settled: Sendable {
        /// As it stands now.
        package let purchase: Purchase
        /// The order that came of it.
        package let order: Order?
        /// Whether this call settled it, and not somebody else before.
        package let isOurs: Bool
    }

    // One that was over before the purchase is another one: of a number that is used again, or of a
    // server that was begun anew.
    private static func isKnown(
        _ order: Order,
        to purchase: Purchase,
        _ database: Database
    ) throws -> Bool {
        try database.value(
            """
            SELECT EXISTS (SELECT 1 FROM "order" WHERE account = ? AND remoteID = ?
                AND (endedAt IS NULL OR endedAt > ?))
            """,
            [order.account, order.remoteID, purchase.createdAt.milliseconds]) ?? false
    }

    // A server that was begun anew may count its orders from one again, so that only an open order
    // with the same number is the same.
    private static func isHeld(_ order: Order, _ database: Database) throws -> Bool {
        try database.value(
            """
            SELECT EXISTS (SELECT 1 FROM "order" WHERE account = ? AND remoteID = ?
                AND phone = ? AND state IN ('waiting', 'received'))
            """,
            [order.account, order.remoteID, order.phone]) ?? false
    }

    // What the account was charged is known now, or known not to be known.
    private static func book(
        _ purchase: Purchase,
        _ order: Order?,
        _ database: Database
    ) throws {
        switch purchase.state {
        case .accepted, .adopted:
            guard purchase.kind != .swap else {
                return try forgetBalance(purchase.account, database)
            }
            try charge(purchase, order?.price ?? purchase.price, database)
        case .unresolved(let isCharged):
            if isCharged {
                try charge(purchase, purchase.price, database)
            } else {
                try forgetBalance(purchase.account, database)
            }
        case .intended, .sending, .refused, .unknown, .absent, .writtenOff:
            try touch(purchase.account, database)
        }
    }

    /// Purchases that may have an order that nobody knows of, oldest first.
    ///
    /// One that another process sends right now is among them, so that nothing is ever missing from
    /// the list.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func openPurchases() throws(MoonlineError) -> [Purchase] {
        try read { database in
            let sending = PlantedFault.forgetsSending.isPlanted ? "" : "'sending', "
            let isOpen = "state IN (\(sending)'unknown', 'unresolved')"
            return try PurchaseRow.rows(where: "\(isOpen) ORDER BY createdAt, id", database)
                .map { shift.told($0.purchase) }
        }
    }

    /// A purchase by its id.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func purchase(_ id: String) throws(MoonlineError) -> Purchase? {
        try read { try PurchaseRow.row("id", id, $0).map { shift.told($0.purchase) } }
    }

    /// The hash of the definition that a purchase was made with, and who paid.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func provenance(
        ofPurchase id: String
    ) throws(MoonlineError) -> (definition: String, payer: PurchaseTerms.Payer?)? {
        try read { database in
            try PurchaseRow.row("id", id, database).map { ($0.definition, $0.terms?.payer) }
        }
    }

    /// The text of a definition that a purchase was made with.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func definitionSource(_ hash: String) throws(MoonlineError) -> String? {
        try read { database in
            try String.fetchOne(
                database.cachedStatement(sql: "SELECT source FROM definition WHERE hash = ?"),
                arguments: [hash])
        }
    }

    static func note(
        _ what: String,
        _ subject: String,
        _ now: Instant,
        _ database: Database
    ) throws {
        try database.run(
            "INSERT INTO event (subject, what, at) VALUES (?, ?, ?)",
            [subject, what, now.milliseconds]
        )
    }
}

/// The text that a purchase was made with, kept once for each hash.
package struct JournalDefinition: Sendable, Hashable {
    let hash: String
    let source: String

    /// A definition's text and its hash.
    package init(hash: String, source: String) {
        self.hash = hash
        self.source = source
    }
}
