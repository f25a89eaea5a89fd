import Foundation
import GRDB
import Journal
import OrderKernel
import Testing

/// What the journal keeps, and how it refuses to work on a file that is not sound.
struct JournalTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "journal-\(UUID().uuidString)").path

    private static let definition = JournalDefinition(hash: "h", source: "s")

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
            purchase, definition: Self.definition, caps: [CapScope(account: nil, caps: .defaults)]
        )
        #expect(permit.purchaseID == purchase.id)
    }

    @Test func `commits are made with synchronous FULL in WAL mode`() async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        #expect(try await journal.durability() == "wal 2")
    }

    @Test func `an intent is on disk before the permit is handed out (M5)`() async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        try await intend(purchase("p1"), journal)
        // Another connection sees only what is committed.
        let other = try DatabaseQueue(path: folder + "/journal.sqlite")
        let state = try await other.read {
            try String.fetchOne($0, sql: "SELECT state FROM purchase WHERE id = 'p1'")
        }
        #expect(state == "sending")
    }

    @Test func `a purchase that was being sent when the program ended is not lost (M2)`()
        async throws
    {
        defer { cleanUp() }
        let first = try Journal(folder: folder, time: .fixed)
        try await intend(purchase("p1"), first)
        await first.close()
        let second = try Journal(folder: folder, time: .fixed)
        let open = try await second.openPurchases()
        #expect(open.map(\.id) == ["p1"])
        #expect(open.map(\.state) == [.sending])
        let lost = try await second.settle(
            "p1", .outcomeLost, at: Instant(milliseconds: 1_010_000))
        #expect(lost.purchase.state == .unknown)
    }

    @Test func `an order comes back as it was, with exact money`() async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        let bought = purchase("p1")
        try await intend(bought, journal)
        let order = order("o1", of: bought)
        let settled = try await journal.settle(
            "p1", .accepted(order: "o1"), order: order, at: bought.createdAt)
        #expect(settled.isOurs)
        #expect(try await journal.order("o1") == order)
        #expect(try await journal.order("o1")?.price?.description == "1.20 USD")
        let observed = OrderEvent.observed(OrderObservation(status: .received, code: "0042"))
        let applied = try await journal.apply(observed, to: "o1", at: bought.createdAt)
        #expect(applied.order.code == "0042")
        #expect(try await journal.order("o1")?.code == "0042")
    }

    @Test func `the caps of a day hold over processes (M4)`() async throws {
        defer { cleanUp() }
        let caps = [
            CapScope(
                account: nil,
                caps: SpendCaps(perOrder: 5_000_000, perRun: 100_000_000, perDay: 2_000_000))
        ]
        let first = try Journal(folder: folder, time: .fixed)
        let second = try Journal(folder: folder, time: .fixed)
        _ = try await first.intend(
            purchase("p1"), definition: Self.definition, caps: caps
        )
        let error = await #expect(throws: MoonlineError.self) {
            _ = try await second.intend(
                purchase("p2"), definition: Self.definition, caps: caps
            )
        }
        #expect(error?.code == .spendCap)
        #expect(error?.message.contains("it frees at 1970-01-02T00:16:40Z") == true)
        let nextDay = purchase("p3", at: 1_000_000 + 86_400_001)
        _ = try await second.intend(
            nextDay, definition: Self.definition, caps: caps
        )
    }

    @Test(
        arguments: [
            ("1.20", true), ("1.30", true), ("0.80", false), ("0.01", false), (nil, false),
        ] as [(String?, Bool)])
    func `what a provider keeps of a price counts for the caps (M4)`(
        _ row: (refund: String?, isFree: Bool)
    ) async throws {
        defer { cleanUp() }
        let caps = [
            CapScope(
                account: nil,
                caps: SpendCaps(perOrder: 5_000_000, perRun: 100_000_000, perDay: 1_500_000))
        ]
        let journal = try Journal(folder: folder, time: .fixed)
        let first = purchase("p1")
        _ = try await journal.intend(first, definition: Self.definition, caps: caps)
        _ = try await journal.settle(
            first.id, .accepted(order: "o1"), order: order("o1", of: first), at: first.createdAt)
        let refund = try row.refund.map { try #require(Money(usd: $0)) }
        _ = try await journal.apply(
            .cancelled(refund: refund), to: "o1", at: first.createdAt)
        // 1.20 more fit into 1.50 only where no more than 0.30 was kept.
        if row.isFree {
            _ = try await journal.intend(purchase("p2"), definition: Self.definition, caps: caps)
        } else {
            let error = await #expect(throws: MoonlineError.self) {
                _ = try await journal.intend(
                    purchase("p2"), definition: Self.definition, caps: caps)
            }
            #expect(error?.code == .spendCap)
            let cost = ["0.80": "1.60", "0.01": "2.39"][row.refund] ?? "2.40"
            #expect(error?.message.contains("would have cost \(cost) USD") == true)
        }
    }

    @Test func `what one process settled, another does not settle again (M1)`() async throws {
        defer { cleanUp() }
        let journals = [
            try Journal(folder: folder, time: .fixed), try Journal(folder: folder, time: .fixed),
        ]
        let bought = purchase("p1")
        try await intend(bought, journals[0])
        let first = try await journals[0].settle(
            "p1", .accepted(order: "o1"), order: order("o1", of: bought), at: bought.createdAt)
        let second = try await journals[1].settle(
            "p1", .outcomeLost, at: bought.createdAt)
        #expect(first.isOurs && !second.isOurs)
        #expect(second.order?.id == "o1")
        #expect(second.purchase.state == .accepted(order: "o1"))
    }

    @Test func `an answer that comes after the outcome was given up names the order (M2)`()
        async throws
    {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        let bought = purchase("p1")
        try await intend(bought, journal)
        _ = try await journal.settle("p1", .outcomeLost, at: bought.createdAt)
        let late = try await journal.settle(
            "p1", .accepted(order: "o1"), order: order("o1", of: bought), at: bought.createdAt)
        #expect(late.isOurs && late.purchase.state == .adopted(order: "o1"))
        #expect(try await journal.order("o1")?.remoteID == "7")
    }

    @Test func `a repetition's answer does not shorten another one's time (M1)`() async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        let now = Instant(milliseconds: 1_000_000)
        let bought = Purchase(
            id: "p1", kind: .buy, account: "acme", provider: "acme", service: "whatsapp",
            country: "ID", price: nil, microUSD: 0, run: "run", createdAt: now,
            notAfter: now + .seconds(1),
            terms: PurchaseTerms(means: .sameKey, idempotencyKey: "k"))
        try await intend(bought, journal)
        let lost = try await journal.settle("p1", .outcomeLost, at: now).purchase
        let first = now + .seconds(5)
        let earlier = try await journal.permitRepetition(of: "p1", notAfter: first, at: now)
            .earlierSettlesAt
        #expect(earlier == lost.settlesAt)
        let second = now + .seconds(9)
        let between = try await journal.permitRepetition(of: "p1", notAfter: second, at: now)
            .earlierSettlesAt
        let after = try #require(try await journal.purchase("p1")?.settlesAt)
        try await journal.repetitionAnswered(
            "p1", notAfter: first, earlierSettlesAt: lost.settlesAt)
        #expect(try await journal.purchase("p1")?.settlesAt == after)
        try await journal.repetitionAnswered(
            "p1", notAfter: second, earlierSettlesAt: try #require(between))
        #expect(try await journal.purchase("p1")?.settlesAt == between)
    }

    @Test func `one order is found for one purchase only (M1)`() async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        for id in ["p1", "p2"] {
            try await intend(purchase(id), journal)
            _ = try await journal.settle(id, .outcomeLost, at: purchase(id).createdAt)
        }
        let first = try await journal.settle(
            "p1", .found(order: "o1"), order: order("o1", of: purchase("p1")),
            at: purchase("p1").createdAt)
        let second = try await journal.settle(
            "p2", .found(order: "o2"), order: order("o2", of: purchase("p2")),
            at: purchase("p2").createdAt)
        #expect(first.isOurs && !second.isOurs)
        #expect(try await journal.orders(openOnly: false).map(\.id) == ["o1"])
        #expect(try await journal.openPurchases().map(\.id) == ["p2"])
    }

    @Test func `a pace outlives the process that reserved it (L1, L2)`() async throws {
        defer { cleanUp() }
        let now = Instant(milliseconds: 1_000_000)
        let record = PaceRecord(
            horizon: now + .seconds(1), isReleased: false, pausedUntil: now + .seconds(30),
            arrivals: ["60/60000/all": now], looks: ["o": now], lookFloor: now,
            written: HostTime(wall: now, uptime: .seconds(7), boot: "b")
        )
        try await (try Journal(folder: folder, time: .fixed)).keep(record, of: "t")
        #expect(try await (try Journal(folder: folder, time: .fixed)).pace(of: "t") == record)
        #expect(try await (try Journal(folder: folder, time: .fixed)).pace(of: "other") == nil)
    }

    @Test func `the folder and its files are private`() async throws {
        defer { cleanUp() }
        _ = try Journal(folder: folder, time: .fixed)
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
        let error = #expect(throws: MoonlineError.self) {
            try Journal(folder: folder, time: .fixed)
        }
        #expect(error?.code == .internal)
        #expect(error?.message.contains(path) == true)
        #expect(error?.message.contains("move it and journal.mark away") == true)
    }

    @Test func `a journal of a newer Moonline is refused`() async throws {
        defer { cleanUp() }
        await (try Journal(folder: folder, time: .fixed)).close()
        let database = try DatabaseQueue(path: folder + "/journal.sqlite")
        try await database.write {
            try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')")
        }
        try database.close()
        let error = #expect(throws: MoonlineError.self) {
            try Journal(folder: folder, time: .fixed)
        }
        #expect(error?.message.contains("newer") == true)
    }

    @Test func `a home that is a file is refused`() throws {
        defer { cleanUp() }
        try Data().write(to: URL(filePath: folder))
        let error = #expect(throws: MoonlineError.self) {
            try Journal(folder: folder, time: .fixed)
        }
        #expect(error?.message.contains("MOONLINE_HOME") == true)
    }

    @Test func `of kept catalogues the oldest go when they are too many`() async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        let answer = String(repeating: "x", count: 9 << 20)
        for index in 0..<8 as Range<Int64> {
            try await journal.keepCatalogueAnswer(
                answer, account: "acme", request: "\(index)",
                at: Instant(milliseconds: 1_000_000 + index))
        }
        try await journal.keepCatalogueAnswer(
            "y", account: "other", request: "0", at: Instant(milliseconds: 1))
        var kept: [Bool] = []
        for index in 0..<8 {
            let answer = try await journal.catalogueAnswer(
                account: "acme", request: "\(index)", since: Instant(milliseconds: 0))
            kept.append(answer != nil)
        }
        #expect(kept == [false] + Array(repeating: true, count: 7))
        #expect(
            try await journal.catalogueAnswer(
                account: "other", request: "0", since: Instant(milliseconds: 0)) == "y")
    }
}
