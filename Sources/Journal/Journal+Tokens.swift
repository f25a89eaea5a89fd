import GRDB
package import OrderKernel

/// What a process is told that wants to send on a token.
package enum TokenReservation: Sendable, Hashable {
    /// It alone may send until then. `foreign` is set when another process, or an earlier one, may
    /// have sent: until when, and the state of its pace where it ended in order.
    case granted(until: Instant, foreign: Foreign?)
    /// Another process may send until then.
    case busy(until: Instant)

    /// What another process left.
    package struct Foreign: Sendable, Hashable {
        /// It sent nothing after.
        package let horizon: Instant
        package let pausedUntil: Instant
        /// Empty when it did not end in order.
        package let arrivals: [Instant]
    }
}

extension Journal {
    /// Reserves a token ahead: one commit for each token and second, not one for each request.
    ///
    /// Invariants L1 and L2 over processes and restarts: nobody else sends before the horizon.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func reserve(
        token: String,
        owner: String,
        now: Instant,
        ahead: Duration,
        pausedUntil: Instant
    ) throws(MoonlineError) -> TokenReservation {
        try write { database in
            let row = try TokenRow.fetchOne(database, key: token)
            var next = row ?? TokenRow(token: token, owner: owner)
            let horizon = Instant(milliseconds: next.horizon)
            if next.owner != owner, horizon > now {
                next.waiter = owner
                next.waiterAt = now.milliseconds
                try next.save(database)
                return .busy(until: horizon)
            }
            if next.owner == owner, let waiter = next.waiter, waiter != owner,
                now.milliseconds - (next.waiterAt ?? 0) < TokenRow.waiterMilliseconds
            {
                // The other one asked first; it takes over as soon as it wakes.
                return .busy(until: max(horizon, now) + .milliseconds(100))
            }
            let foreign = row.flatMap { $0.owner == owner ? nil : $0.foreign }
            next.owner = owner
            next.horizon = (now + ahead).milliseconds
            next.pausedUntil = max(next.pausedUntil, pausedUntil.milliseconds)
            next.arrivals = ""
            next.waiter = nil
            try next.save(database)
            return .granted(until: now + ahead, foreign: foreign)
        }
    }

    /// Gives a token back in order: the next owner goes on where this one left off.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func release(
        token: String,
        owner: String,
        lastSent: Instant,
        pacer: Pacer
    ) throws(MoonlineError) {
        try write { database in
            guard var row = try TokenRow.fetchOne(database, key: token), row.owner == owner else {
                return
            }
            row.horizon = lastSent.milliseconds
            row.pausedUntil = max(row.pausedUntil, pacer.pausedUntil.milliseconds)
            row.arrivals = pacer.arrivals.map { String($0.milliseconds) }.joined(separator: ",")
            try row.update(database)
        }
    }
}

/// The pace of a token as a row.
private struct TokenRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "token"
    /// A process that waits asks again within this time, else it is gone.
    static let waiterMilliseconds: Int64 = 3000

    var token: String
    var owner: String
    var horizon: Int64 = 0
    var pausedUntil: Int64 = 0
    var arrivals = ""
    var waiter: String?
    var waiterAt: Int64?

    init(token: String, owner: String) {
        self.token = token
        self.owner = owner
    }

    var foreign: TokenReservation.Foreign {
        TokenReservation.Foreign(
            horizon: Instant(milliseconds: horizon),
            pausedUntil: Instant(milliseconds: pausedUntil),
            arrivals: arrivals.split(separator: ",").compactMap { Int64($0) }
                .map { Instant(milliseconds: $0) }
        )
    }
}
