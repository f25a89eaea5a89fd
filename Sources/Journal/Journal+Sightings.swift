import GRDB
package import OrderKernel

extension Journal {
    /// Keeps what a list tells of orders that nobody can name yet: the answers to the purchases
    /// that made them are still on their way.
    ///
    /// Whoever learns of such an order knows of its message at once, so that it is not cancelled
    /// after it (invariant O4).
    ///
    /// - Parameters:
    ///   - sightings: what the list told, by the provider's id; only evidence of a message is kept.
    ///   - accounts: those that one key belongs to, any of which may have made the order.
    /// - Throws: `MoonlineError` with `internal`.
    package func keepSightings(
        _ sightings: [String: OrderObservation],
        of accounts: [String],
        at now: Instant
    ) throws(MoonlineError) {
        let telling = sightings.filter { $0.value.isEvidence }
        guard !telling.isEmpty else { return }
        let now = shift.kept(now)
        try write { database in
            try database.run(
                "DELETE FROM sighting WHERE at < ?",
                [(now - Self.sightingLifetime).milliseconds])
            for account in accounts {
                try database.run(
                    """
                    DELETE FROM sighting WHERE account = :account AND at <= (
                        SELECT at FROM sighting WHERE account = :account
                        ORDER BY at DESC LIMIT 1 OFFSET :kept)
                    """, ["account": account, "kept": Self.sightingsMaximum])
            }
            for (remoteID, observation) in telling.sorted(by: { $0.key < $1.key }) {
                for account in accounts {
                    try database.run(
                        "INSERT OR REPLACE INTO sighting VALUES (?, ?, ?, ?, ?, ?)",
                        [
                            account, remoteID, observation.status.rawValue, observation.code,
                            observation.message, now.milliseconds,
                        ])
                }
            }
        }
    }

    /// By then every purchase that was under way has been answered or settled.
    private static let sightingLifetime = Duration.seconds(24 * 3600)
    /// A list that names others each time fills no disk: a hundred times the usual cap of orders at
    /// once.
    private static let sightingsMaximum = 5000

    /// The order with what a list told of it before it was known.
    static func sighted(
        _ order: Order,
        _ now: Instant,
        _ database: Database
    ) throws -> Order {
        let key = "FROM sighting WHERE account = ? AND remoteID = ?"
        let arguments: StatementArguments = [order.account, order.remoteID]
        guard
            let row = try Row.fetchOne(
                database.cachedStatement(sql: "SELECT * \(key)"), arguments: arguments),
            let status = OrderStatus(rawValue: try row.decode(forColumn: "status"))
        else { return order }
        // What came with the order itself is newer.
        if order.hasEvidence { return order }
        var order = order
        let observation = OrderObservation(
            status: status, code: try row.decode(forColumn: "code"),
            message: try row.decode(forColumn: "message"))
        order.handle(.observed(observation), at: now)
        try database.run("DELETE \(key)", arguments)
        return order
    }
}
