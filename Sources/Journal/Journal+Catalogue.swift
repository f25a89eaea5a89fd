import GRDB
package import OrderKernel

extension Journal {
    /// An answer of a catalogue that is not older than it may be.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func catalogueAnswer(
        account: String,
        request: String,
        since: Instant
    ) throws(MoonlineError) -> String? {
        let since = shift.kept(since)
        return try read { database in
            try String.fetchOne(
                database,
                sql: """
                    SELECT answer FROM catalogue
                    WHERE account = ? AND request = ? AND storedAt >= ?
                    """,
                arguments: [account, request, since.milliseconds]
            )
        }
    }

    /// Keeps an answer of a catalogue.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func keepCatalogueAnswer(
        _ answer: String,
        account: String,
        request: String,
        at now: Instant
    ) throws(MoonlineError) {
        let now = shift.kept(now)
        try write { database in
            try database.execute(
                sql: """
                    INSERT OR REPLACE INTO catalogue (account, request, answer, storedAt)
                    VALUES (?, ?, ?, ?)
                    """,
                arguments: [account, request, answer, now.milliseconds]
            )
        }
    }

    /// Whether the user allowed credentials of a provider to go to another origin than the
    /// shipped file's.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func isAllowed(
        provider: String,
        origin: String
    ) throws(MoonlineError) -> Bool {
        try read { database in
            try Bool.fetchOne(
                database,
                sql: "SELECT EXISTS (SELECT 1 FROM allowance WHERE provider = ? AND origin = ?)",
                arguments: [provider, origin]
            ) ?? false
        }
    }

    /// Notes that the user allows it.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func allow(provider: String, origin: String) throws(MoonlineError) {
        try write { database in
            try database.execute(
                sql: "INSERT OR IGNORE INTO allowance (provider, origin) VALUES (?, ?)",
                arguments: [provider, origin]
            )
        }
    }
}
