import Foundation
import GRDB
import Journal
import OrderKernel
import Testing

/// What the journal keeps, and how it refuses to work on a file that is not sound.
struct JournalTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "journal-\(UUID().uuidString)").path

    private func cleanUp() { try? FileManager.default.removeItem(atPath: folder) }

    private func purchase(_ id: String, at milliseconds: Int64 = 1_000_000) -> Purchase {
        Purchase(
            id: id, kind: .buy, account: "acme", provider: "acme", service: "whatsapp",
            country: "ID", price: Money(usd: "1.20"), microUSD: 1_200_000, run: "run",
            createdAt: Instant(milliseconds: milliseconds),
            notAfter: Instant(milliseconds: milliseconds + 1000)
        )
    }

    private func order(_ id: String, of purchase: Purchase) -> Order {
        let now = purchase.createdAt
        return Order(
            id: id, purchaseID: purchase.id, account: "acme", provider: "acme", remoteID: "7",
            phone: "+6281", service: "whatsapp", country: "ID", price: Money(usd: "1.20"),
            createdAt: now, expiresAt: now + .seconds(1200), cancelNotBefore: now,
            swapNotBefore: now
        )
    }

    private func intend(_ purchase: Purchase, _ journal: Journal) async throws(MoonlineError) {
        let permit = try await journal.intend(
            purchase, definitionHash: "h", definitionSource: "s", caps: .defaults
        )
        #expect(permit.purchaseID == purchase.id)
    }

    @Test func `commits are made with synchronous FULL in WAL mode`() async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder)
        #expect(try await journal.durability() == "wal 2")
    }

    @Test func `an intent is on disk before the permit is handed out (M5)`() async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder)
        try await intend(purchase("p1"), journal)
        // Another connection sees only what is committed.
        let other = try DatabaseQueue(path: folder + "/journal.sqlite")
        let state = try await other.read {
            try String.fetchOne($0, sql: "SELECT state FROM purchase WHERE id = 'p1'")
        }
        #expect(state == "sending")
    }

    @Test func `a purchase that was being sent when the program ended is unknown`() async throws {
        defer { cleanUp() }
        let first = try Journal(folder: folder)
        try await intend(purchase("p1"), first)
        await first.close()
        let second = try Journal(folder: folder)
        let unknown = try await second.unknownPurchases()
        #expect(unknown.map(\.id) == ["p1"])
        #expect(unknown.map(\.state) == [.unknown])
    }

    @Test func `an order comes back as it was, with exact money`() async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder)
        var bought = purchase("p1")
        try await intend(bought, journal)
        try bought.handle(.sending)
        try bought.handle(.accepted(order: "o1"))
        let order = order("o1", of: bought)
        try await journal.settle(bought, order: order, at: bought.createdAt)
        #expect(try await journal.order("o1") == order)
        #expect(try await journal.order("o1")?.price?.description == "1.20 USD")
        let observed = OrderEvent.observed(OrderObservation(status: .received, code: "0042"))
        let applied = try await journal.apply(observed, to: "o1", at: bought.createdAt)
        #expect(applied.order.code == "0042")
        #expect(try await journal.order("o1")?.code == "0042")
    }

    @Test func `the caps of a day hold over processes (M4)`() async throws {
        defer { cleanUp() }
        let caps = SpendCaps(perOrder: 5_000_000, perRun: 100_000_000, perDay: 2_000_000)
        let first = try Journal(folder: folder)
        let second = try Journal(folder: folder)
        _ = try await first.intend(
            purchase("p1"), definitionHash: "h", definitionSource: "s", caps: caps
        )
        let error = await #expect(throws: MoonlineError.self) {
            _ = try await second.intend(
                purchase("p2"), definitionHash: "h", definitionSource: "s", caps: caps
            )
        }
        #expect(error?.code == .spendCap)
        let nextDay = purchase("p3", at: 1_000_000 + 86_400_001)
        _ = try await second.intend(
            nextDay, definitionHash: "h", definitionSource: "s", caps: caps
        )
    }

    @Test func `two processes together keep the limit of a token (L1)`() async throws {
        defer { cleanUp() }
        let journals = [try Journal(folder: folder), try Journal(folder: folder)]
        let pacer = Pacer(limits: [RateLimit(requests: 10, window: .seconds(60))])
        var booked: [Instant] = []
        for step in 0..<4000 {
            let now = Instant(milliseconds: 1_000_000 + Int64(step) * 50)
            let booking = try await journals[step % 2].book(
                token: "t", operation: "buy", pacer: pacer, look: nil, now: now
            )
            if case .booked = booking { booked.append(now) }
        }
        #expect(booked.count >= 25)
        for start in booked.indices {
            let window = booked[start...].prefix { $0 - booked[start] < .seconds(60) }
            #expect(window.count <= 10)
        }
    }

    @Test func `two processes together keep the minimum between looks (L2)`() async throws {
        defer { cleanUp() }
        let journals = [try Journal(folder: folder), try Journal(folder: folder)]
        let pacer = Pacer(limits: [RateLimit(requests: 6000, window: .seconds(60))])
        var looks: [Instant] = []
        for step in 0..<400 {
            let now = Instant(milliseconds: 1_000_000 + Int64(step) * 100)
            let booking = try await journals[step % 2].book(
                token: "t", operation: "check", pacer: pacer, look: ("o", .seconds(2)), now: now
            )
            if case .booked = booking { looks.append(now) }
        }
        #expect(looks.count == 20)
        for (first, second) in zip(looks, looks.dropFirst()) {
            #expect(second - first >= .seconds(2))
        }
    }

    @Test func `a pause is known to every process (L3)`() async throws {
        defer { cleanUp() }
        let first = try Journal(folder: folder)
        let second = try Journal(folder: folder)
        let limits = [RateLimit(requests: 60, window: .seconds(60))]
        var paused = Pacer(limits: limits)
        let now = Instant(milliseconds: 1_000_000)
        paused.refused(at: now, delay: .seconds(30))
        try await first.pause(token: "t", pacer: paused)
        let booking = try await second.book(
            token: "t", operation: "buy", pacer: Pacer(limits: limits), look: nil, now: now
        )
        guard case .wait(let until, _) = booking else {
            Issue.record("booked inside a pause")
            return
        }
        #expect(until == now + .seconds(30))
    }

    @Test func `the folder and its files are private`() async throws {
        defer { cleanUp() }
        _ = try Journal(folder: folder)
        for (path, mode) in [(folder, 0o700), (folder + "/journal.sqlite", 0o600)] {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == mode)
        }
    }

    @Test(arguments: [
        "this is no database at all, but it is longer than a header needs to be", "x",
    ])
    func `a file that is no database is refused with the way out`(_ content: String) throws {
        defer { cleanUp() }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true
        )
        let path = folder + "/journal.sqlite"
        try Data(String(repeating: content, count: 40).utf8).write(to: URL(filePath: path))
        let error = #expect(throws: MoonlineError.self) { try Journal(folder: folder) }
        #expect(error?.code == .internal)
        #expect(error?.message.contains(path) == true)
        #expect(error?.message.contains("move it away") == true)
    }

    @Test func `a journal of a newer Moonline is refused`() async throws {
        defer { cleanUp() }
        await (try Journal(folder: folder)).close()
        let database = try DatabaseQueue(path: folder + "/journal.sqlite")
        try await database.write {
            try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')")
        }
        try database.close()
        let error = #expect(throws: MoonlineError.self) { try Journal(folder: folder) }
        #expect(error?.message.contains("newer") == true)
    }

    @Test func `a home that is a file is refused`() throws {
        defer { cleanUp() }
        try Data().write(to: URL(filePath: folder))
        let error = #expect(throws: MoonlineError.self) { try Journal(folder: folder) }
        #expect(error?.message.contains("MOONLINE_HOME") == true)
    }
}
