import Foundation
import GRDB
import Moonline
import MoonlineTestKit
import OrderKernel
import Synchronization
import Testing

/// Numbers and codes that could be lost: swaps, numbers that are used again, refusals without a
/// reason, prices that rose, and codes that come when nobody waits any more.
struct LostNumberTests {

    private static let list = """
        list = { get = "/list", each = "$[]", reply = { id = "id", phone = "phone",
          status = "status", price = "price", created_at = "made", code = "code" } },
        """
    private static let request = BuyRequest(service: "telegram", country: "US")

    private func run(
        _ model: LostNumberModel,
        _ definition: String = LostNumberModel.definition(),
        _ work: @escaping @Sendable (Engine, SimulatedNetwork, SimulatedClock) async throws -> Void
    ) throws {
        try DefinitionStage(id: "lost", definition: definition).run(model.answer, work)
    }

    @Test func `a cancel that was refused for no reason that is seen is sent again later`() throws {
        let model = LostNumberModel()
        model.set("cancel", "{}", status: 409)
        try run(model) { engine, network, clock in
            let number = try await engine.buy(Self.request)
            try await engine.abandon(number.id)
            let left = try await engine.settle(until: clock.now() + .seconds(70))
            #expect(left.map(\.id) == [number.id])
            let swept = try await engine.sweep(until: clock.now())
            #expect(!swept.isSettled)
            model.set("cancel", #"{"ok":"yes"}"#)
            #expect(try await engine.settle(until: clock.now() + .seconds(60)).isEmpty)
            #expect(try await engine.orders().first?.state == .cancelled)
            let cancels = network.requests.filter { $0.path.hasSuffix("cancel") }.map(\.at)
            #expect(cancels.count <= 4)
            for (first, second) in zip(cancels, cancels.dropFirst()) {
                #expect(second - first >= .seconds(15))
            }
        }
    }

    @Test func `a code that comes while a number waits to be given back is told, once`() throws {
        let model = LostNumberModel()
        try run(model) { engine, network, clock in
            let told = Mutex<[String?]>([])
            @Sendable func sweep(_ duration: Duration) async throws -> Leftovers {
                try await engine.sweep(until: clock.now() + duration) { order in
                    told.withLock { $0.append(order.code) }
                }
            }
            let number = try await engine.buy(Self.request)
            try await engine.abandon(number.id)
            _ = try await sweep(.zero)
            #expect(told.withLock { $0.isEmpty })
            model.set("7", #"{"status":"received","code":"216352"}"#)
            model.set("cancel", "{}", status: 409)
            #expect(try await sweep(.seconds(120)).isSettled)
            _ = try await sweep(.zero)
            #expect(told.withLock { $0 } == ["216352"])
            #expect(network.requests.count { $0.path.hasSuffix("cancel") } == 0)
        }
    }

    @Test func `a code that was waited for is not told again`() throws {
        let model = LostNumberModel(["7": #"{"status":"received","code":"216352"}"#])
        try run(model) { engine, _, clock in
            let number = try await engine.buy(Self.request)
            #expect(try await number.code(within: .seconds(30)) == "216352")
            try await engine.sweep(until: clock.now()) { Issue.record("\($0.code ?? "")") }
        }
    }

    @Test func `a look that names another number tells of a swap whose answer was lost`() throws {
        let model = LostNumberModel()
        model.set("swap", .broken)
        let stage = DefinitionStage(id: "lost", definition: LostNumberModel.definition())
        try stage.run(model.answer) { engine, _, clock in
            let number = try await engine.buy(Self.request)
            try await clock.sleep(until: clock.now() + .seconds(5))
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.swap(number.id)
            }
            #expect(error?.code == .unknownPurchase)
            // The price is the order's, and was counted when it was bought.
            model.set("7", #"{"status":"waiting","phone":"+14155550108","price":0.5}"#)
            #expect(try await engine.status(number.id).phone == "+14155550108")
            #expect(try await engine.openPurchases().isEmpty)
            #expect(try Self.costs(in: stage) == [500_000, 0])
        }
    }

    @Test func `a swap that is refused leads to a look before the cancel (O4)`() throws {
        let model = LostNumberModel()
        model.set("swap", "{}", status: 409)
        try run(model) { engine, network, clock in
            let number = try await engine.buy(Self.request)
            try await clock.sleep(until: clock.now() + .seconds(70))
            model.set("7", #"{"status":"received","code":"216352"}"#)
            await #expect(throws: MoonlineError.self) { try await engine.swap(number.id) }
            await #expect(throws: MoonlineError.self) { try await engine.cancel(number.id) }
            #expect(!network.requests.contains { $0.path.hasSuffix("cancel") })
            #expect(try await engine.orders().first?.code == "216352")
        }
    }

    @Test func `a swap has a hold of its own, and its price counts`() throws {
        let model = LostNumberModel()
        model.set("swap", #"{"id":8,"phone":"+14155550108","price":0.25}"#)
        model.set("8", #"{"status":"waiting"}"#)
        let stage = DefinitionStage(id: "lost", definition: LostNumberModel.definition())
        try stage.run(model.answer) { engine, network, clock in
            let number = try await engine.buy(Self.request)
            let boughtAt = clock.now()
            try await clock.sleep(until: boughtAt + .seconds(5))
            let swapped = try await engine.swap(number.id).order
            #expect(swapped.remoteID == "8")
            #expect(swapped.swapNotBefore - clock.now() <= .seconds(2))
            #expect(swapped.cancelNotBefore - clock.now() > .seconds(50))
            try await clock.sleep(until: clock.now() + .seconds(3))
            _ = try await engine.swap(number.id)
            #expect(network.requests.count { $0.path.hasSuffix("swap") } == 2)
            #expect(try Self.costs(in: stage) == [500_000, 250_000, 250_000])
        }
    }

    private static func costs(in stage: DefinitionStage) throws -> [Int64] {
        try DatabaseQueue(path: stage.home + "/journal.sqlite").read {
            try Int64.fetchAll($0, sql: "SELECT microUSD FROM purchase ORDER BY createdAt")
        }
    }

    // The same id goes on, so that only its state tells that it is another order.
    @Test func `a lost reuse of a number that keeps its id is found in the list`() throws {
        let model = LostNumberModel(["list": "[]"])
        model.set("reuse", .broken)
        let more = """
            reuse = { post = "/reuse?phone={phone}", reply = { id = "id", phone = "phone" } },
            """
        try run(model, LostNumberModel.definition(Self.list + more)) { engine, network, clock in
            let number = try await engine.buy(Self.request)
            _ = try await engine.finish(number.id)
            try await clock.sleep(until: clock.now() + .seconds(200))
            model.set("list", #"[{"id":7,"phone":"+14155550107","status":"waiting"}]"#)
            let again = try await engine.reuse(number.id)
            #expect(again.id != number.id)
            #expect(again.order.remoteID == "7")
            #expect(try await engine.openPurchases().isEmpty)
            #expect(network.requests.count { $0.path == "/reuse" } == 1)
        }
    }

    // As it stands in a list that is a little old.
    @Test func `an order that has just ended is not taken for a lost purchase`() throws {
        let model = LostNumberModel(["list": "[]"])
        try run(model, LostNumberModel.definition(Self.list)) { engine, _, clock in
            let number = try await engine.buy(Self.request)
            _ = try await engine.finish(number.id)
            model.set("buy", .broken)
            model.set("list", #"[{"id":7,"phone":"+14155550107","status":"waiting"}]"#)
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.buy(Self.request)
            }
            #expect(error?.code != .unknownPurchase)
            #expect(try await engine.orders().count == 1)
        }
    }

    @Test(
        arguments: [
            (nil, "5.00"), (Money(usd: "2"), "2"), (Money(argument: "9EUR"), "0.5"),
        ] as [(Money?, String)])
    func `the provider is told the most that it may charge`(
        _ maximum: Money?,
        _ expected: String
    ) throws {
        try run(LostNumberModel()) { engine, network, _ in
            var request = Self.request
            request.maximumPrice = maximum
            _ = try await engine.buy(request)
            let buy = try #require(network.requests.first { $0.path.contains("buy") })
            #expect(buy.target.hasSuffix("max=\(expected)"))
        }
    }

    @Test func `a lost purchase is found though its price rose within the maximum`() throws {
        let row =
            #"[{"id":9,"phone":"+14155550109","status":"waiting","price":0.6,"#
            + #""made":"2026-11-01T00:00:01Z"}]"#
        let model = LostNumberModel(["list": row])
        model.set("buy", .broken)
        try run(model, LostNumberModel.definition(Self.list)) { engine, _, _ in
            var request = Self.request
            request.maximumPrice = Money(usd: "2")
            let number = try await engine.buy(request)
            #expect(number.order.remoteID == "9")
            #expect(number.order.price == Money(usd: "0.6"))
        }
    }

    // Its caller was told that nobody knows, and the process lives on.
    @Test func `a number that is found when its caller is gone is given back`() throws {
        let model = LostNumberModel(["list": "[]"])
        model.set("buy", .broken)
        model.set("list", .broken)
        try run(model, LostNumberModel.definition(Self.list, top: "")) { engine, network, clock in
            let offer = try #require(
                try await engine.offers(service: "telegram", countries: ["US"]).offers.first)
            let outcome = await engine.purchase(offer, until: clock.now() + .seconds(1))
            guard case .unknown = outcome else {
                Issue.record("\(outcome)")
                return
            }
            model.set(
                "list",
                #"[{"id":7,"phone":"+14155550107","status":"waiting","#
                    + #""made":"2026-11-01T00:00:01Z"}]"#)
            let left = try await engine.sweep(until: clock.now() + .seconds(300))
            #expect(left.isSettled)
            #expect(try await engine.orders().map(\.state) == [.cancelled])
            #expect(network.requests.count { $0.path.hasSuffix("cancel") } == 1)
        }
    }

    @Test func `the same code is told again after a resend`() throws {
        let model = LostNumberModel(["7": #"{"status":"received","code":"216352"}"#])
        try run(model) { engine, _, clock in
            let number = try await engine.buy(Self.request)
            #expect(try await number.code(within: .seconds(30)) == "216352")
            model.set("7", #"{"status":"waiting"}"#)
            _ = try await engine.resend(number.id)
            _ = try await engine.status(number.id)
            model.set("7", #"{"status":"received","code":"216352"}"#)
            #expect(try await number.code(within: .seconds(30)) == "216352")
        }
    }
}
