import Foundation
import GRDB
import Journal
import OrderKernel
import Testing

/// What a list tells of orders whose purchases are still unanswered.
struct JournalSightingTests {
    private static let start = Instant(milliseconds: 1_000_000)
    private static let received = OrderObservation(
        status: .received, code: "583920", message: "Your code is 583920")

    private static let purchase = Purchase(
        id: "p1", kind: .buy, account: "acme", provider: "acme", service: "whatsapp",
        country: "ID", price: Money(usd: "1.20"), microUSD: 1_200_000, run: "run",
        createdAt: start, notAfter: start + .seconds(1)
    )

    private static func order(_ remoteID: String) -> Order {
        Order(
            id: "o1", purchaseID: "p1", account: "acme", provider: "acme", remoteID: remoteID,
            phone: "+6281", service: "whatsapp", country: "ID", price: Money(usd: "1.20"),
            createdAt: start, expiresAt: start + .seconds(1200), cancelNotBefore: start,
            swapNotBefore: start
        )
    }

    // The order as the journal has it after its purchase was answered.
    private func bought(
        _ remoteID: String,
        after sightings: [String: OrderObservation],
        of accounts: [String] = ["acme"]
    ) async throws -> Order? {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "journal-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let journal = try Journal(folder: folder, time: .fixed)
        let permit = try await journal.intend(
            Self.purchase, definition: JournalDefinition(hash: "h", source: "s"),
            caps: [CapScope(account: nil, caps: .defaults)]
        )
        #expect(permit.purchaseID == "p1")
        try await journal.keepSightings(sightings, of: accounts, at: Self.start)
        let settled = try await journal.settle(
            "p1", .accepted(order: "o1"), order: Self.order(remoteID), at: Self.start)
        let stored = try await journal.order("o1")
        #expect(stored == settled.order)
        return stored
    }

    @Test func `O4 a message that a list told of is known when the order is`() async throws {
        let order = try await bought("7", after: ["7": Self.received])
        #expect(order?.code == "583920")
        #expect(order?.state == .received)
        #expect(order?.hasEvidence == true)
    }

    @Test func `O4 a key's other account may have made the order`() async throws {
        let order = try await bought("7", after: ["7": Self.received], of: ["other", "acme"])
        #expect(order?.code == "583920")
    }

    @Test func `a message on another order says nothing`() async throws {
        let order = try await bought("8", after: ["7": Self.received])
        #expect(order?.hasEvidence == false)
        #expect(order?.state == .waiting)
    }

    @Test func `a row without a message says nothing`() async throws {
        let order = try await bought("7", after: ["7": OrderObservation(status: .cancelled)])
        #expect(order?.state == .waiting)
    }

    // A list that names other orders each time would fill the disk.
    @Test func `of very many sightings the newest are kept`() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "journal-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let journal = try Journal(folder: folder, time: .fixed)
        for round in 0..<3 {
            let names = (0..<4000).map { ("\(round)-\($0)", Self.received) }
            try await journal.keepSightings(
                Dictionary(uniqueKeysWithValues: names), of: ["acme"],
                at: Self.start + .seconds(round))
        }
        let count = try await DatabaseQueue(path: folder + "/journal.sqlite").read {
            try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM sighting WHERE remoteID LIKE '0-%'")
        }
        #expect(count == 0)
    }
}
