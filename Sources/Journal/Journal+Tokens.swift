import Foundation
import GRDB
package import OrderKernel

extension Journal {
    /// The pace of a token as its last owner left it.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func pace(of token: String) throws(MoonlineError) -> PaceRecord? {
        try read { try PaceRow.fetchOne($0, key: token)?.record }
    }

    /// Writes down the pace of a token: what its owner reserves ahead, or leaves.
    ///
    /// Invariants L1 and L2: what this returned for is what a later owner begins after.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    package func keep(_ record: PaceRecord, of token: String) throws(MoonlineError) {
        try write { try PaceRow(token: token, record: record).save($0) }
    }
}

/// The pace of a token as a row.
private struct PaceRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "pace"

    let token: String
    let record: PaceRecord
}
