import Foundation
import GRDB
package import OrderKernel

extension Journal {
    /// The pace of a token as its last owner left it.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func pace(of token: String) throws(MoonlineError) -> PaceRecord? {
        try read { try PaceRow.row("token", token, $0)?.record }
    }

    /// Writes down the pace of a token: what its owner reserves ahead, or leaves.
    ///
    /// Invariants L1 and L2: what this returned for is what a later owner begins after.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func keep(_ record: PaceRecord, of token: String) throws(MoonlineError) {
        let text = String(decoding: try Self.encoded(record), as: UTF8.self)
        try write { database in
            try database.run(
                "INSERT OR REPLACE INTO pace (token, record) VALUES (?, ?)", [token, text])
        }
    }

    private static func encoded(_ record: PaceRecord) throws(MoonlineError) -> Data {
        do {
            return try JSONEncoder().encode(record)
        } catch {
            throw MoonlineError(.internal, "a pace cannot be written down (\(error))")
        }
    }
}

/// The pace of a token as a row.
private struct PaceRow: Codable, FetchableRecord, TableRecord {
    static let databaseTableName = "pace"

    let token: String
    let record: PaceRecord
}
