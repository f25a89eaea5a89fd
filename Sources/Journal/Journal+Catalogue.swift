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
            try database.execute(
                sql: """
                    DELETE FROM catalogue WHERE account = :account AND request IN (
                        SELECT request FROM (
                            SELECT request, SUM(LENGTH(answer)) OVER (
                                ORDER BY storedAt DESC, request
                            ) AS total FROM catalogue WHERE account = :account
                        ) WHERE total > :maximum)
                    """,
                arguments: ["account": account, "maximum": Self.catalogueCharactersMaximum]
            )
        }
    }

    /// Of all answers of one account: a few of the largest known, which has nine million.
    private static let catalogueCharactersMaximum = 64 << 20

    /// The origins that a provider's key may go to: the first that it went to, or the one that the
    /// user allowed since.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func allowedOrigins(of provider: String) throws(MoonlineError) -> [String] {
        try read { database in
            try String.fetchAll(
                database, sql: "SELECT origin FROM allowance WHERE provider = ? ORDER BY rowid",
                arguments: [provider])
        }
    }

    /// Notes that the provider's key may go there.
    ///
    /// - Parameter insteadOfOthers: whether it may go nowhere else from now on.
    /// - Throws: `MoonlineError` with `internal`.
    package func allow(
        provider: String,
        origin: String,
        insteadOfOthers: Bool = false
    ) throws(MoonlineError) {
        try write { database in
            if insteadOfOthers {
                try database.execute(
                    sql: "DELETE FROM allowance WHERE provider = ? AND origin <> ?",
                    arguments: [provider, origin])
            }
            try database.execute(
                sql: "INSERT OR IGNORE INTO allowance (provider, origin) VALUES (?, ?)",
                arguments: [provider, origin]
            )
        }
    }
}
