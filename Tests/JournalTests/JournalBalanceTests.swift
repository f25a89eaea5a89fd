import Foundation
import Journal
import OrderKernel
import Testing

/// What readings of a balance answer, and what they leave open (M3, M6).
struct JournalBalanceTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "journal-balance-\(UUID().uuidString)").path

    private func cleanUp() { try? FileManager.default.removeItem(atPath: folder) }

    private static let definition = JournalDefinition(hash: "h", source: "s")
    private static let start = HostTime.fixed.wall

    private func buy(
        _ id: String,
        _ journal: Journal,
        price: Money? = Money(usd: "0.50")
    ) async throws {
        let purchase = Purchase(
            id: "p\(id)", kind: .buy, account: "acme", provider: "acme", service: "whatsapp",
            country: "ID", price: price, microUSD: 500_000, run: "run",
            createdAt: Self.start, notAfter: Self.start + .seconds(5)
        )
        _ = try await journal.intend(purchase, definition: Self.definition, caps: [])
        _ = try await journal.settle(
            purchase.id, .accepted(order: id), order: Self.order(id, of: purchase),
            at: Self.start)
    }

    private static func order(_ id: String, of purchase: Purchase) -> Order {
        Order(
            id: id, purchaseID: purchase.id, account: "acme", provider: "acme", remoteID: id,
            phone: "+6281", service: "whatsapp", country: "ID", price: purchase.price,
            createdAt: start, expiresAt: start + .seconds(1200),
            cancelNotBefore: start, swapNotBefore: start
        )
    }

    // A purchase whose answer was lost, and which the list is to settle.
    private func lose(
        _ id: String,
        _ journal: Journal,
        means: SettlementMeans = .list,
        price: String = "0.50",
        isOf token: String? = nil
    ) async throws -> Purchase {
        let purchase = Purchase(
            id: "p\(id)", kind: .buy, account: "acme", provider: "acme", service: "whatsapp",
            country: "ID", price: Money(usd: price), microUSD: 500_000, run: "run",
            createdAt: Self.start, notAfter: Self.start + .seconds(5),
            terms: PurchaseTerms(
                means: means, payer: token.map { .init(origin: "https://a.example", token: $0) })
        )
        _ = try await journal.intend(purchase, definition: Self.definition, caps: [])
        return try await journal.settle(purchase.id, .outcomeLost, at: Self.start).purchase
    }

    private func read(
        _ text: String,
        _ journal: Journal,
        asked: Int64? = nil,
        after: Int64 = 0,
        token: String = "key",
        number: Int64? = nil
    ) async throws -> Bool {
        let money = try #require(Money(usd: text))
        return try await journal.takeReading(
            money, of: "acme", token: token, activity: try await journal.activity(of: "acme"),
            asked: Self.start + .seconds(asked ?? after), number: number,
            at: Self.start + .seconds(after))
    }

    private func refund(of id: String, _ journal: Journal) async throws -> Refund? {
        try await journal.order(id)?.refund
    }

    @Test func `a named refund that is booked later is not taken for another one's`() async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        for id in ["a", "b"] { try await buy(id, journal) }
        #expect(try await read("9.00", journal))
        _ = try await journal.apply(
            .cancelled(refund: Money(usd: "0.50")), to: "a", at: Self.start)
        _ = try await journal.apply(.cancelled(refund: nil), to: "b", at: Self.start)
        // Nothing is booked yet; then one of the two is, and nobody knows which.
        #expect(try await read("9.00", journal, after: 1))
        #expect(try await read("9.50", journal, after: 10))
        #expect(try await refund(of: "b", journal) == .due)
        #expect(try await read("10.00", journal, after: 20))
        #expect(try await refund(of: "b", journal) == .seen)
        #expect(try await journal.awaitsRefunds(of: "acme", at: Self.start) == false)
    }

    @Test func `M6 a charge that a reading holds already is not counted again`() async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        try await buy("a", journal)
        let lost = try await lose("b", journal)
        let later = Self.start + .seconds(200)
        // Its order is not known yet, but the money is gone.
        #expect(try await read("8.50", journal, after: 200))
        _ = try await journal.settle(
            lost.id, .found(order: "b"), order: Self.order("b", of: lost), at: later)
        _ = try await journal.apply(.cancelled(refund: nil), to: "a", at: later)
        _ = try await journal.apply(.finished, to: "b", at: later)
        _ = try await read("8.50", journal, after: 201)
        #expect(try await refund(of: "a", journal) == .due)
        // It is seen when it is there.
        #expect(try await read("9.00", journal, after: 210))
        #expect(try await refund(of: "a", journal) == .seen)
    }

    // The price went down since the offer: a charge and a refund of the same amount.
    @Test(
        arguments: [
            ("9.00", .unresolved(isCharged: false)), ("9.50", .absent),
            ("8.40", .unresolved(isCharged: true)),
        ] as [(String, PurchaseState)])
    func `M1 money that may come back hides a charge of another price than the offer's`(
        _ reading: String,
        _ expected: PurchaseState
    ) async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        try await buy("a", journal)
        #expect(try await read("9.00", journal))
        _ = try await journal.apply(
            .cancelled(refund: Money(usd: "0.50")), to: "a", at: Self.start)
        let lost = try await lose("b", journal, means: .balance, price: "0.60")
        #expect(try await read(reading, journal, after: 200))
        #expect(try await journal.purchase(lost.id)?.state == expected)
    }

    @Test func `M1 a reading proves what held when it was asked for, not when it came`()
        async throws
    {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        #expect(try await read("9.00", journal))
        let lost = try await lose("b", journal, means: .balance)
        let settles = (lost.settlesAt - Self.start).milliseconds / 1000 + 1
        // It was asked for while the purchase could still happen, and came long after.
        #expect(try await read("9.00", journal, asked: settles - 5, after: settles + 5) == false)
        #expect(try await journal.purchase(lost.id)?.state == .unknown)
        #expect(try await read("8.50", journal, after: settles + 10))
        #expect(try await journal.purchase(lost.id)?.state == .unresolved(isCharged: true))
    }

    @Test(arguments: [true, false])
    func `statistics count what was charged and never named, and nothing that is in doubt`(
        _ isCharged: Bool
    ) async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        try await buy("a", journal)
        _ = try await journal.apply(.finished, to: "a", at: Self.start)
        let lost = try await lose("b", journal)
        _ = try await journal.settle(
            lost.id, .givenUp(isCharged: isCharged), at: Self.start + .seconds(200))
        let attempts = try await journal.attempts(since: Self.start)
        #expect(attempts.count == (isCharged ? 2 : 1))
        #expect(attempts.allSatisfy { $0.priceMicroUSD == 500_000 && !$0.isRefunded })
        #expect(try await journal.attempts(since: Self.start + .seconds(1)).isEmpty)
    }

    @Test func `a difference that no refund explains answers nothing`() async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        try await buy("a", journal)
        #expect(try await read("9.00", journal))
        _ = try await journal.apply(.cancelled(refund: nil), to: "a", at: Self.start)
        #expect(try await journal.awaitsRefunds(of: "acme", at: Self.start))
        #expect(try await read("9.30", journal))
        #expect(try await refund(of: "a", journal) == .due)
    }

    @Test func `a number that nobody looks at may have been given back (M3)`() async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        for id in ["kept", "cancelled"] { try await buy(id, journal) }
        #expect(try await read("9.00", journal))
        _ = try await journal.apply(.cancelled(refund: nil), to: "cancelled", at: Self.start)
        // Half a dollar came back for the one or for the other.
        #expect(try await read("9.50", journal))
        #expect(try await refund(of: "cancelled", journal) == .due)
        _ = try await journal.apply(.attended(run: "run"), to: "kept", at: Self.start)
        #expect(try await read("9.50", journal))
        #expect(try await refund(of: "cancelled", journal) == .due)
    }

    @Test func `without a baseline nothing is proved`() async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        try await buy("a", journal)
        _ = try await journal.apply(.attended(run: "run"), to: "a", at: Self.start)
        #expect(try await read("9.00", journal))
        try await journal.forgetBalance(of: "acme")
        #expect(try await journal.hasBalance(of: "acme") == false)
        _ = try await journal.apply(.cancelled(refund: nil), to: "a", at: Self.start)
        #expect(try await read("9.50", journal))
        #expect(try await refund(of: "a", journal) == .due)
    }

    @Test func `no reading counts while it is not known whether an order was cancelled`()
        async throws
    {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        try await buy("a", journal)
        _ = try await journal.apply(.cancelWanted, to: "a", at: Self.start)
        #expect(try await read("9.00", journal) == false)
        _ = try await journal.apply(.cancelRefused, to: "a", at: Self.start)
        #expect(try await read("9.00", journal) == false)
        _ = try await journal.apply(
            .observed(OrderObservation(status: .waiting, cancelRefusals: 1)), to: "a",
            at: Self.start)
        #expect(try await read("9.00", journal) == false)
        let hold = OrderEvent.cancelHeld(until: Self.start + .seconds(15))
        _ = try await journal.apply(hold, to: "a", at: Self.start)
        #expect(try await read("9.00", journal))
    }

    @Test(arguments: [Money(usd: "0.50"), nil])
    func `a number of unknown price that nobody looks at makes readings prove nothing`(
        _ price: Money?
    ) async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        try await buy("a", journal)
        try await buy("b", journal, price: price)
        #expect(try await read("9.00", journal))
        _ = try await journal.apply(.cancelled(refund: nil), to: "a", at: Self.start)
        // The first was paid back, or the second in the provider's own pages.
        #expect(try await read("9.50", journal, after: 10))
        #expect(try await refund(of: "a", journal) == .due)
    }

    @Test func `readings with another key prove nothing of a purchase (M1)`() async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        #expect(try await read("9.00", journal))
        _ = try await lose("1", journal, means: .balance, isOf: "key")
        for after in [300, 310] as [Int64] {
            #expect(try await read("9.00", journal, after: after, token: "other"))
            #expect(try await journal.openPurchases().map(\.state) == [.unknown])
        }
        // Back under its own key, what the balance was before is not known any more.
        #expect(try await read("9.00", journal, after: 320))
        let state = try await journal.openPurchases().map(\.state)
        #expect(state == [.unresolved(isCharged: false)])
    }

    @Test(arguments: [true, false])
    func `M1 an order that nobody has looked at since may hide the charge of a lost purchase`(
        isSeen: Bool
    ) async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        try await buy("a", journal)
        _ = try await journal.apply(.attended(run: "run"), to: "a", at: Self.start)
        #expect(try await read("9.00", journal))
        #expect(try await journal.beginProof(of: "acme") == nil)
        let lost = try await lose("b", journal, means: .balance)
        // A look that was asked for before the reading was answered says nothing of it.
        let early = try #require(try await journal.proof(of: "acme"))
        try await journal.noteOpen("a", since: early)
        let number = try #require(try await journal.beginProof(of: "acme"))
        if isSeen { try await journal.noteOpen("a", since: number) }
        #expect(try await journal.isOpen("a", since: number) == isSeen)
        #expect(try await read("9.00", journal, after: 300, number: number))
        let expected: PurchaseState = isSeen ? .absent : .unresolved(isCharged: false)
        #expect(try await journal.purchase(lost.id)?.state == expected)
    }

    @Test func `M1 nothing is proved while a purchase is lost that something else settles`()
        async throws
    {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        #expect(try await read("9.00", journal))
        _ = try await lose("swap", journal, means: .nothing, price: "0.10")
        let lost = try await lose("b", journal, means: .balance)
        #expect(try await read("9.00", journal, after: 300))
        let state = try await journal.purchase(lost.id)?.state
        #expect(state == .unresolved(isCharged: false))
    }

    @Test func `M1 nothing is proved when another account buys with the same key`() async throws {
        defer { cleanUp() }
        let journal = try Journal(folder: folder, time: .fixed)
        #expect(try await read("9.00", journal))
        let lost = try await lose("b", journal, means: .balance, isOf: "key")
        let other = Purchase(
            id: "other", kind: .buy, account: "sibling", provider: "acme", service: "whatsapp",
            country: "ID", price: Money(usd: "0.50"), microUSD: 500_000, run: "run",
            createdAt: Self.start, notAfter: Self.start + .seconds(5),
            terms: PurchaseTerms(payer: .init(origin: "https://a.example", token: "key")))
        _ = try await journal.intend(other, definition: Self.definition, caps: [])
        #expect(try await read("9.00", journal, after: 300))
        let state = try await journal.purchase(lost.id)?.state
        #expect(state == .unresolved(isCharged: false))
    }
}
