import Foundation
import GRDB
import Journal
import OrderKernel
import Testing

/// A journal that somebody edited: what no version of Moonline wrote is an error or is read as it
/// is, and never ends the program.
struct AlteredValueTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "altered-\(UUID().uuidString)").path

    private static let now = Instant(milliseconds: 1_000_000)
    private static let values = ["'x'", "X'00FF'", "-9223372036854775808"]

    private func purchase(_ id: String) -> Purchase {
        Purchase(
            id: id, kind: .buy, account: "acme", provider: "acme", service: "whatsapp",
            country: "ID", price: Money(usd: "1.20"), microUSD: 1_200_000, run: "run",
            createdAt: Self.now, notAfter: Self.now + .seconds(1))
    }

    private func fill(_ journal: Journal) async throws {
        let definition = JournalDefinition(hash: "h", source: "s")
        let now = Self.now
        for id in ["p1", "p2", "p3"] {
            _ = try await journal.intend(purchase(id), definition: definition, caps: [])
        }
        let order = Order(
            id: "o1", purchaseID: "p1", account: "acme", provider: "acme", remoteID: "7",
            phone: "+6281", service: "whatsapp", country: "ID", price: Money(usd: "1.20"),
            createdAt: now, expiresAt: now + .seconds(1200), cancelNotBefore: now,
            swapNotBefore: now)
        _ = try await journal.settle("p1", .accepted(order: "o1"), order: order, at: now)
        _ = try await journal.settle("p2", .outcomeLost, at: now)
        _ = try await journal.apply(
            .observed(OrderObservation(status: .received, code: "123456")), to: "o1", at: now)
        let reading = try #require(Money(usd: "9.50"))
        _ = try await journal.takeReading(
            reading, of: "acme", token: "t", activity: 0, asked: now, at: now)
        try await journal.keepCatalogueAnswer("[]", account: "acme", request: "r", at: now)
        try await journal.allow(provider: "acme", origin: "https://acme.example")
    }

    /// Everything that a command asks of a journal.
    private func useAll(_ journal: Journal) async {
        let now = Self.now + .seconds(2)
        let caps = [nil, "acme"].map { CapScope(account: $0, caps: .defaults) }
        _ = try? await journal.orders(openOnly: false)
        _ = try? await journal.orders(openOnly: true)
        _ = try? await journal.untold()
        _ = try? await journal.refundsDue()
        _ = try? await journal.openPurchases()
        _ = try? await journal.provenance(ofPurchase: "p1")
        _ = try? await journal.remoteEnds(of: "acme", at: "https://acme.example")
        _ = try? await journal.endedWithoutCode(of: "acme", since: .distantPast)
        _ = try? await journal.attempts(since: .distantPast)
        _ = try? await journal.catalogueAnswer(account: "acme", request: "r", since: .distantPast)
        _ = try? await journal.allowedOrigins(of: "acme")
        _ = try? await journal.definitionSource("h")
        _ = try? await journal.isQuiet("acme", at: now)
        _ = try? await journal.awaitsRefunds(of: "acme", at: now)
        _ = try? await journal.check(purchase("p4"), caps: caps)
        if let reading = Money(usd: "8.30") {
            _ = try? await journal.takeReading(
                reading, of: "acme", token: "t", activity: 1, asked: now, at: now)
        }
        _ = try? await journal.apply(.cancelHeld(until: now), to: "o1", at: now)
    }

    private struct Column: Sendable {
        let table: String
        let name: String
    }

    private static func columns(_ database: Database) throws -> [Column] {
        let tables = try String.fetchAll(
            database,
            sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_%' "
                + "ESCAPE '\\'")
        return try tables.flatMap { table in
            try database.columns(in: table).map { Column(table: table, name: $0.name) }
        }
    }

    @Test func `O6 whatever a column holds, reading it ends`() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let journal = try Journal(folder: folder, time: .fixed)
        try await fill(journal)
        await journal.close()
        let path = folder + "/journal.sqlite"
        let sound = try Data(contentsOf: URL(filePath: path))
        let columns = try await DatabaseQueue(path: path).read(Self.columns)
        #expect(columns.count > 70)
        for column in columns {
            for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
                try FileManager.default.removeItem(atPath: folder + "/" + file)
            }
            try sound.write(to: URL(filePath: path))
            let database = try DatabaseQueue(path: path)
            let journal = try Journal(folder: folder, time: .fixed)
            for value in Self.values {
                let set = "UPDATE \"\(column.table)\" SET \"\(column.name)\" = \(value)"
                // A key that is there already, or that others name, cannot be altered so.
                try? await database.write { try $0.execute(sql: set) }
                await useAll(journal)
            }
            await journal.close()
            try database.close()
            _ = try? Journal(folder: folder, time: .fixed)
        }
    }
}
