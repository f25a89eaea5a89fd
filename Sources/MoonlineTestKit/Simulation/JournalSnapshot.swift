import GRDB
import OrderKernel

/// What a journal's file holds at one moment, read by its tables and not through the journal, so
/// that a fault of that one does not hide itself.
struct JournalSnapshot: Sendable, Hashable {
    struct Order: Sendable, Hashable {
        let id: String
        let purchase: String
        let remoteID: String
        let state: String
        let code: String?
        let message: String?
        let revision: Int
        let providerRevision: Int?
        let refund: String
        let price: String?
        let expiresAt: Instant

        var isOpen: Bool { state == "waiting" || state == "received" }
    }

    struct Purchase: Sendable, Hashable {
        let id: String
        let state: String
        let run: String
        let microUSD: Int64
        let notAfter: Int64

        /// Whether an order may exist that the journal does not hold.
        var isOpen: Bool { ["sending", "unknown", "unresolved"].contains(state) }
    }

    var orders: [String: Order] = [:]
    var purchases: [String: Purchase] = [:]

    /// Reads the file; `nil` while there is none, or none that can be read.
    static func read(_ database: DatabaseQueue) -> JournalSnapshot? {
        // Nothing else runs meanwhile, so no transaction is needed.
        try? database.inDatabase { database in
            var snapshot = JournalSnapshot()
            let orders = try database.cachedStatement(sql: "SELECT * FROM \"order\"")
            for row in try Row.fetchAll(orders) {
                let order = Order(
                    id: row["id"], purchase: row["purchase"], remoteID: row["remoteID"],
                    state: row["state"], code: row["code"], message: row["message"],
                    revision: row["revision"], providerRevision: row["providerRevision"],
                    refund: row["refund"], price: row["priceAmount"],
                    expiresAt: Instant(milliseconds: row["expiresAt"])
                )
                snapshot.orders[order.id] = order
            }
            let purchases = try database.cachedStatement(sql: "SELECT * FROM purchase")
            for row in try Row.fetchAll(purchases) {
                let purchase = Purchase(
                    id: row["id"], state: row["state"], run: row["run"],
                    microUSD: row["microUSD"], notAfter: row["notAfter"]
                )
                snapshot.purchases[purchase.id] = purchase
            }
            return snapshot
        }
    }
}

/// Reads the journal of a simulated disk from outside of all processes.
final class JournalReader {
    let path: String
    private var database: DatabaseQueue?

    init(path: String) { self.path = path }

    /// What the journal holds; `nil` while there is none.
    func snapshot() -> JournalSnapshot? {
        // A connection may be of before a loss of power: then another one is made.
        for _ in 0..<2 {
            if database == nil {
                var configuration = Configuration()
                configuration.readonly = true
                database = try? DatabaseQueue(path: path, configuration: configuration)
            }
            if let snapshot = database.flatMap({ JournalSnapshot.read($0) }) { return snapshot }
            close()
        }
        return nil
    }

    /// The file is closed, and opened again when it is needed.
    func close() {
        try? database?.close()
        database = nil
    }
}
