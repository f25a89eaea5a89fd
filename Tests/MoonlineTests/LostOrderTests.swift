import GRDB
import Moonline
import MoonlineTestKit
import OrderKernel
import Testing

/// Orders that could be forgotten: by a clock that is ahead, a full disk, a full page of a list, or
/// a cancel that meets a swap.
struct LostOrderTests {
    private static let request = BuyRequest(service: "telegram", country: "US")

    private static let fullDisk = """
        CREATE TRIGGER full BEFORE INSERT ON "order" BEGIN SELECT RAISE(ABORT, 'full'); END
        """

    private static func remoteIDs(_ stage: DefinitionStage) throws -> [String] {
        try DatabaseQueue(path: stage.home + "/journal.sqlite")
            .read { try String.fetchAll($0, sql: #"SELECT remoteID FROM "order""#) }
    }

    // The clock of this machine is ahead, so that the provider's times lie in the past.
    @Test(arguments: ["2026-10-31T23:59:00Z", "2026-11-01T00:00:00Z"])
    func `O5 what was sold just now is waited for, whatever its end says`(_ end: String) throws {
        let model = LostNumberModel([
            "buy": #"{"id":7,"phone":"+14155550107","price":0.5,"end":"\#(end)"}"#
        ])
        let stage = DefinitionStage(id: "lost", definition: LostNumberModel.definition())
        try stage.run(model.answer) { engine, _, clock in
            let number = try await engine.buy(Self.request)
            let order = try #require(try await engine.orders().first)
            #expect(order.expiresAt == order.createdAt + .seconds(1800))
            try await clock.sleep(until: clock.now() + .seconds(900))
            model.set("7", #"{"status":"received","code":"216352"}"#)
            #expect(try await number.code(within: .seconds(30)) == "216352")
        }
    }

    // What is sent again under its key is answered with when the order was made, by a clock that is
    // hours ahead.
    @Test func `O2 an order that was made later than now is looked at all the same`() throws {
        let definition = LostNumberModel.definition(
            top: #"idempotency = { header = "Key" },"#
        ).replacing(#""end" } },"#, with: #""end", created_at = "made" } },"#, maxReplacements: 1)
        let model = LostNumberModel(["7": #"{"status":"received","code":"216352"}"#])
        model.set("buy", .broken)
        let stage = DefinitionStage(id: "lost", definition: definition)
        try stage.run(model.answer) { engine, _, clock in
            _ = try? await engine.buy(Self.request)
            model.set(
                "buy",
                #"{"id":7,"phone":"+14155550107","price":0.5,"made":"2026-11-01T08:00:00Z"}"#)
            try await engine.settleOwnPurchases(until: clock.now() + .seconds(60))
            let states = try await engine.openPurchases().map(\.state)
            let order = try #require(try await engine.orders().first, "\(states)")
            #expect(order.createdAt <= clock.now())
            let number = try await engine.number(order.id)
            #expect(try await number.code(within: .seconds(30)) == "216352")
        }
    }

    @Test func `O5 a number that its provider calls open has its whole life`() throws {
        let model = LostNumberModel(["7": #"{"status":"waiting","end":"2026-11-01T00:10:00Z"}"#])
        let stage = DefinitionStage(id: "lost", definition: LostNumberModel.definition())
        try stage.run(model.answer) { engine, _, clock in
            let number = try await engine.buy(Self.request)
            let error = await #expect(throws: MoonlineError.self) {
                try await number.code(within: .seconds(1500))
            }
            #expect(error?.code == .deadline)
            #expect(try await engine.orders().map(\.state) == [.waiting])
            let last = await #expect(throws: MoonlineError.self) {
                try await number.code(within: .seconds(1500))
            }
            #expect(last?.code == .expired)
        }
    }

    @Test func `M2 an order that could not be written down is, as soon as possible`() throws {
        let model = LostNumberModel()
        let stage = DefinitionStage(id: "lost", definition: LostNumberModel.definition())
        try stage.run(model.answer) { engine, network, clock in
            try stage.change(Self.fullDisk)
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.buy(Self.request)
            }
            #expect(error?.code == .unknownPurchase)
            #expect(error?.message.contains("sold +14155550107 as its order 7") == true)
            try stage.change("DROP TRIGGER full")
            try await engine.settleOwnPurchases(until: clock.now() + .seconds(10))
            let order = try #require(try await engine.orders().first)
            #expect((order.remoteID, order.state) == ("7", .waiting))
            #expect(try await engine.openPurchases().isEmpty)
            #expect(network.requests.count { $0.path == "/buy" } == 1)
        }
    }

    @Test func `M2 what could not be written down is written at the end at last`() throws {
        let model = LostNumberModel()
        let stage = DefinitionStage(id: "lost", definition: LostNumberModel.definition())
        try stage.run(model.answer) { engine, _, _ in
            try stage.change(Self.fullDisk)
            await #expect(throws: MoonlineError.self) { try await engine.buy(Self.request) }
            try stage.change("DROP TRIGGER full")
            await engine.shutDown()
            #expect(try Self.remoteIDs(stage) == ["7"])
        }
    }

    @Test func `M6 a sweep sees in the balance that a cancelled order was paid back`() throws {
        let model = LostNumberModel(["balance": #"{"amount":"10.00"}"#])
        let balance = #"balance = { get = "/balance", reply = { amount = "amount" } },"#
        let stage = DefinitionStage(id: "lost", definition: LostNumberModel.definition(balance))
        try stage.run(model.answer) { engine, _, clock in
            let number = try await engine.buy(Self.request)
            try await clock.sleep(until: clock.now() + .seconds(70))
            try await engine.cancel(number.id)
            model.set("balance", #"{"amount":"9.50"}"#)
            try await engine.sweep(until: clock.now())
            #expect(try await engine.orders().map(\.refund) == [.due])
            model.set("balance", #"{"amount":"10.00"}"#)
            try await clock.sleep(until: clock.now() + .seconds(70))
            try await engine.sweep(until: clock.now())
            #expect(try await engine.orders().map(\.refund) == [.seen])
        }
    }

    // Nothing settles the swap, but the provider may carry it out for 20 s.
    @Test func `M2 a number whose swap is lost is cancelled when the swap is over`() throws {
        let model = LostNumberModel()
        model.set("swap", .broken)
        let stage = DefinitionStage(id: "lost", definition: LostNumberModel.definition())
        try stage.run(model.answer) { engine, network, clock in
            let number = try await engine.buy(Self.request)
            try await clock.sleep(until: clock.now() + .seconds(70))
            await #expect(throws: MoonlineError.self) { try await engine.swap(number.id) }
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.cancel(number.id)
            }
            #expect(error?.message.contains("is being swapped") == true)
            #expect(!network.requests.contains { $0.path.hasSuffix("cancel") })
            try await engine.sweep(until: clock.now() + .seconds(300))
            #expect(network.requests.count { $0.path == "/orders/7/cancel" } == 1)
            #expect(try await engine.orders().map(\.state) == [.cancelled])
        }
    }

    @Test(
        arguments: [
            ("", 2, []), ("page = 2,", 1, []), ("page = 2,", 2, [.unresolved(isCharged: false)]),
        ] as [(String, Int, [PurchaseState])])
    func `M1 a full page of a list does not prove that nothing was bought`(
        _ row: (page: String, count: Int, left: [PurchaseState])
    ) throws {
        let rows = (1...row.count).map { number in
            #"{"id":\#(number),"phone":"+1415555020\#(number)","service":"x","country":"y","#
                + #""created_at":"2026-11-01T00:00:0\#(number)Z"}"#
        }
        let model = LostNumberModel(["orders": "[" + rows.joined(separator: ",") + "]"])
        model.set("buy", .broken)
        let list = """
            list = { get = "/orders", each = "$[]", \(row.page) reply = { id = "id",
              phone = "phone", service = "service", country = "country", status = "=waiting",
              created_at = "created_at" } },
            """
        let definition = LostNumberModel.definition(list)
        try DefinitionStage(id: "lost", definition: definition).run(model.answer) {
            engine, _, clock in
            await #expect(throws: MoonlineError.self) { try await engine.buy(Self.request) }
            try await engine.sweep(until: clock.now() + .seconds(300))
            #expect(try await engine.openPurchases().map(\.state) == row.left)
        }
    }

    @Test func `M2 a number that is being swapped is not cancelled`() throws {
        let model = LostNumberModel()
        model.set("swap", .broken)
        let list = """
            list = { get = "/orders", each = "$[]", reply = { id = "id", status = "status" } },
            """
        let definition = LostNumberModel.definition(
            list, top: "idempotency = { header = \"Key\" },")
        try DefinitionStage(id: "lost", definition: definition).run(model.answer) {
            engine, network, clock in
            let number = try await engine.buy(Self.request)
            try await clock.sleep(until: clock.now() + .seconds(70))
            model.set("swap", #"{"error":"later"}"#, status: 503)
            await #expect(throws: MoonlineError.self) { try await engine.swap(number.id) }
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.cancel(number.id)
            }
            #expect(error?.message.contains("is being swapped") == true)
            #expect(!network.requests.contains { $0.path.hasSuffix("cancel") })
            // The answer names another order, and that one is given back.
            model.set("swap", #"{"id":8,"phone":"+14155550108"}"#)
            model.set("8", #"{"status":"waiting"}"#)
            try await engine.sweep(until: clock.now() + .seconds(300))
            let cancels = network.requests.map(\.path).filter { $0.hasSuffix("cancel") }
            #expect(cancels.allSatisfy { $0 == "/orders/8/cancel" } && !cancels.isEmpty)
        }
    }
}
