import Foundation
import GRDB
package import OrderKernel

/// What a process is told that wants to send on a token.
package enum TokenBooking: Sendable, Hashable {
    /// The request is counted, for all processes, and leaves at once.
    case booked(TokenState)
    /// It may be asked for again then.
    case wait(until: Instant, TokenState)
}

/// The pace of a token, as all processes together left it.
package struct TokenState: Sendable, Hashable {
    package let pausedUntil: Instant
    package let arrivals: [String: Instant]
}

extension Journal {
    /// Counts a request against the limits of its token, or tells when it fits.
    ///
    /// Invariants L1 and L2 over processes and restarts: decision and count are one transaction, so
    /// however many processes share the token, their requests keep its limits, and their looks at
    /// one order its minimum.
    ///
    /// - Parameters:
    ///   - pacer: what this process knows of the pace.
    ///   - look: the order that is looked at, and how far apart two looks have to be.
    /// - Throws: `MoonlineError` with `internal`.
    package func book(
        token: String,
        operation: String,
        pacer: Pacer,
        look: (order: String, every: Duration)?,
        now: Instant
    ) throws(MoonlineError) -> TokenBooking {
        try write { database in
            let row = try TokenRow.fetchOne(database, key: token)
            var pacer = pacer
            if let row { pacer.merge(arrivals: row.arrivals, pausedUntil: row.pausedUntil) }
            var earliest = pacer.earliest(for: operation)
            if let look, let last = try Self.lastLook(at: look.order, database) {
                earliest = max(earliest, last + look.every)
            }
            guard earliest <= now else { return .wait(until: earliest, TokenState(pacer)) }
            pacer.take(operation, at: now)
            try TokenRow(token: token, pacer, over: row).save(database)
            if let look {
                try database.execute(
                    sql: "INSERT OR REPLACE INTO look (\"order\", at) VALUES (?, ?)",
                    arguments: [look.order, now.milliseconds]
                )
            }
            return .booked(TokenState(pacer))
        }
    }

    /// When an order was last looked at, by any process.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func lastLook(at order: String) throws(MoonlineError) -> Instant? {
        try read { try Self.lastLook(at: order, $0) }
    }

    private static func lastLook(at order: String, _ database: Database) throws -> Instant? {
        try Int64.fetchOne(
            database, sql: "SELECT at FROM look WHERE \"order\" = ?", arguments: [order]
        )
        .map { Instant(milliseconds: $0) }
    }

    /// Writes down that the token pauses, for all processes.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func pause(token: String, pacer: Pacer) throws(MoonlineError) {
        try write { database in
            let row = try TokenRow.fetchOne(database, key: token)
            var pacer = pacer
            if let row { pacer.merge(arrivals: row.arrivals, pausedUntil: row.pausedUntil) }
            try TokenRow(token: token, pacer, over: row).save(database)
        }
    }
}

extension TokenState {
    fileprivate init(_ pacer: Pacer) {
        pausedUntil = pacer.pausedUntil
        arrivals = pacer.arrivals
    }
}

/// The pace of a token as a row.
private struct TokenRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "token"

    let token: String
    let pausedUntil: Instant
    let arrivals: [String: Instant]

    /// - Parameter row: what stood there; limits that only other definitions have are kept.
    init(token: String, _ pacer: Pacer, over row: TokenRow?) {
        self.token = token
        pausedUntil = pacer.pausedUntil
        arrivals = (row?.arrivals ?? [:]).merging(pacer.arrivals) { _, own in own }
    }
}
