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
        let phone: String
        let isCancelWanted: Bool

        var isOpen: Bool { state == "waiting" || state == "received" }
    }

    struct Purchase: Sendable, Hashable {
        let id: String
        let state: String
        let run: String
        let microUSD: Int64
        let notAfter: Int64
        let kind: String

        /// Whether it may be an order more; a swap goes on with one.
        var takesPlace: Bool { ["sending", "unknown"].contains(state) && kind != "swap" }

        /// Whether an order may exist that the journal does not hold.
        var isOpen: Bool { ["sending", "unknown", "unresolved"].contains(state) }
    }

    var orders: [String: Order] = [:]
    var purchases: [String: Purchase] = [:]

    /// Everything in it, in an order that does not depend on chance (D1).
    var rows: [String] {
        orders.sorted { $0.key < $1.key }.map { "\($0.value)" }
            + purchases.sorted { $0.key < $1.key }.map { "\($0.value)" }
    }

    // A snapshot is taken thousands of times in a run: columns are read by their places.
    private static let ordersQuery = """
        SELECT id, purchase, remoteID, state, code, message, revision, providerRevision, refund, \
        priceAmount, expiresAt, phone, isCancelWanted FROM "order"
        """
    private static let purchasesQuery =
        "SELECT id, state, run, microUSD, notAfter, kind FROM purchase"

    /// Reads the file; `nil` while there is none, or none that can be read.
    static func read(_ database: DatabaseQueue) -> JournalSnapshot? {
        // Nothing else runs meanwhile, so no transaction is needed.
        try? database.inDatabase { database in
            var snapshot = JournalSnapshot()
            let orders = try Row.fetchCursor(try database.cachedStatement(sql: Self.ordersQuery))
            while let row = try orders.next() {
                let order = Order(
                    id: row[0], purchase: row[1], remoteID: row[2], state: row[3], code: row[4],
                    message: row[5], revision: row[6], providerRevision: row[7], refund: row[8],
                    price: row[9], expiresAt: Instant(milliseconds: row[10]), phone: row[11],
                    isCancelWanted: row[12]
                )
                snapshot.orders[order.id] = order
            }
            let purchases = try Row.fetchCursor(
                try database.cachedStatement(sql: Self.purchasesQuery))
            while let row = try purchases.next() {
                let purchase = Purchase(
                    id: row[0], state: row[1], run: row[2], microUSD: row[3], notAfter: row[4],
                    kind: row[5])
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

    /// The last state of each purchase that the journal's events tell.
    func lastStates() -> [String: String] {
        let query = """
            SELECT subject, what FROM event JOIN purchase ON purchase.id = subject \
            AND what LIKE kind || ' %' ORDER BY number
            """
        let rows = try? database?.inDatabase { try Row.fetchAll($0, sql: query) }
        return Dictionary(
            (rows ?? []).map { (row: Row) in (row[0] as String, row[1] as String) },
            uniquingKeysWith: { $1 })
    }

    /// The file is closed, and opened again when it is needed.
    func close() {
        try? database?.close()
        database = nil
    }
}
