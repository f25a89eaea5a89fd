import Foundation
import GRDB
package import OrderKernel

/// What has to survive a crash: purchases before they are sent, orders, codes, and the pace.
///
/// SQLite in WAL mode with `synchronous=FULL`: a commit that returned survives a loss of power.
/// Invariant O6: no order and no purchase is gone after a restart.
package actor Journal {
    private let database: DatabaseQueue
    private let executor: any SerialExecutor
    private let path: String
    private let mark: JournalMark
    private var markedEvent: Int64 = 0
    /// Instants are kept by the clock of the boot's first process.
    let shift: ClockShift
    /// What had to be repaired when it was opened, a line each.
    package nonisolated let repairs: [String]

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// How long a commit waits for another process that writes.
    private static let busySeconds: TimeInterval = 10

    /// Opens the journal of a folder, which is made when it does not exist.
    ///
    /// - Parameters:
    ///   - executor: where SQLite's synchronous calls run; a thread of its own by default.
    ///   - time: this process's clocks.
    /// - Throws: `MoonlineError` with `internal`, in one line with the way out.
    package init(
        folder: String,
        time: HostTime,
        executor: (any SerialExecutor)? = nil
    ) throws(MoonlineError) {
        let path = folder + "/journal.sqlite"
        let place = JournalFolder(path: folder)
        repairs = try place.prepare(journal: path)
        mark = JournalMark(path: folder + "/journal.mark")
        do {
            (database, shift) = try place.exclusively { [mark] in
                let database = try Self.open(path, mark)
                return (database, try Self.shift(of: database, time))
            }
        } catch {
            throw Self.translated(error, path)
        }
        self.path = path
        self.executor = executor ?? ThreadExecutor(name: "moonline-journal")
    }

    private static func open(_ path: String, _ mark: JournalMark) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(busySeconds)
        configuration.label = "moonline-journal"
        let database = try DatabaseQueue(path: path, configuration: configuration)
        // GRDB puts WAL databases on NORMAL when it opens them, which may lose a commit.
        let synchronous: Int? = try database.writeWithoutTransaction { database in
            if PlantedFault.syncsNormally.isPlanted { return 2 }
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "PRAGMA fullfsync = 1")
            return try Int.fetchOne(database, sql: "PRAGMA synchronous")
        }
        guard synchronous == 2 else {
            throw DatabaseError(message: "synchronous=FULL was not accepted")
        }
        let check = try database.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
        guard check == "ok" else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: check ?? "no answer")
        }
        guard try database.read({ try !JournalSchema.migrator.hasBeenSuperseded($0) }) else {
            throw NewerJournal()
        }
        try JournalSchema.migrator.migrate(database)
        // In this order: others commit meanwhile, and note it after that.
        let marked = mark.value
        let newest = try database.read {
            try Int64.fetchOne($0, sql: "SELECT MAX(number) FROM event") ?? 0
        }
        guard newest >= marked else { throw LostEvents(count: marked - newest) }
        return database
    }

    private static func shift(
        of database: DatabaseQueue,
        _ time: HostTime
    ) throws -> ClockShift {
        let find = "SELECT lead FROM clock WHERE boot = ?"
        let known = try database.read {
            try Int64.fetchOne($0, sql: find, arguments: [time.boot])
        }
        if let known { return ClockShift(first: .milliseconds(known), time: time) }
        try database.write { database in
            try database.execute(sql: "DELETE FROM clock")
            try database.execute(
                sql: "INSERT INTO clock (boot, lead) VALUES (?, ?)",
                arguments: [time.boot, time.lead.milliseconds]
            )
        }
        return .none
    }

    private struct NewerJournal: Error {}

    private struct LostEvents: Error { let count: Int64 }

    /// Reads under one snapshot.
    func read<Value>(
        _ body: (Database) throws -> Value
    ) throws(MoonlineError) -> Value {
        do {
            // Without the two pragmas by which GRDB forbids writing in a read.
            return try database.writeWithoutTransaction { database in
                var value: Value?
                try database.inTransaction(.deferred) {
                    value = try body(database)
                    return .commit
                }
                guard let value else { throw DatabaseError(message: "nothing was read") }
                return value
            }
        } catch {
            throw Self.translated(error, path)
        }
    }

    /// Writes in one transaction, which is durable when it returns.
    func write<Value>(
        _ body: (Database) throws -> Value
    ) throws(MoonlineError) -> Value {
        do {
            let (value, newest) = try database.write { database in
                (try body(database), Self.newestEvent(database))
            }
            if newest > markedEvent {
                mark.note(newest)
                markedEvent = newest
            }
            return value
        } catch {
            throw Self.translated(error, path)
        }
    }

    private static func newestEvent(_ database: Database) -> Int64 {
        let find = "SELECT seq FROM sqlite_sequence"
        return (try? Int64.fetchOne(database.cachedStatement(sql: find))) ?? 0
    }

    private static func translated(_ error: any Error, _ path: String) -> MoonlineError {
        if let error = error as? MoonlineError { return error }
        if error is NewerJournal {
            return JournalError.error(
                "was written by a newer Moonline", path: path, wayOut: "update this one"
            )
        }
        if let lost = error as? LostEvents {
            return JournalError.error(
                "has lost its newest \(lost.count) changes, so orders may be missing", path: path,
                wayOut: "put its -wal file back, or look at your providers' lists of orders and "
                    + "remove journal.mark beside it to go on"
            )
        }
        guard let error = error as? DatabaseError else {
            return JournalError.error(
                "failed (\(error))", path: path, wayOut: "run `moonline doctor`"
            )
        }
        switch error.resultCode {
        case .SQLITE_FULL, .SQLITE_IOERR:
            return JournalError.error(
                "cannot be written", path: path,
                wayOut: "free some disk space; nothing is bought until it can"
            )
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
            return JournalError.error(
                "cannot be written", path: path,
                wayOut: "give yourself write permission to it and its folder"
            )
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return JournalError.error(
                "is damaged", path: path,
                wayOut: "move it and journal.mark away (keep both: open orders are in it) and run "
                    + "again"
            )
        case .SQLITE_BUSY:
            return JournalError.error(
                "is held by another program", path: path, wayOut: "stop that and run again"
            )
        default:
            return JournalError.error(
                "failed (\(error.message ?? "\(error.resultCode)"))", path: path,
                wayOut: "run `moonline doctor`"
            )
        }
    }

    /// Closes the file; nothing may be asked afterwards.
    package func close() { try? database.close() }

    /// How the file is doing: the text of SQLite's own check, `ok` when all is well.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func integrity() throws(MoonlineError) -> String {
        try read { try String.fetchOne($0, sql: "PRAGMA integrity_check(1)") ?? "no answer" }
    }
}

extension Journal {
    /// The mode of the journal and how it is synchronised, such as `wal 2`, for tests.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func durability() throws(MoonlineError) -> String {
        try read { database in
            let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode") ?? "?"
            let level = try Int.fetchOne(database, sql: "PRAGMA synchronous") ?? -1
            return "\(mode) \(level)"
        }
    }
}
