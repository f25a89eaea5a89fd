import Foundation
import Moonline
import MoonlineTestKit
import OrderKernel
import Testing

/// What an engine leaves when it ends.
struct OwnershipEndTests {
    private static let request = BuyRequest(service: "telegram", country: "ID")
    private static let providers = ["virtualsms"]

    private static func awaitPurchase(_ network: SimulatedNetwork, _ clock: SimulatedClock) async {
        while !network.requests.contains(where: { $0.method == "POST" }) {
            try? await clock.sleep(until: clock.now() + .milliseconds(5))
        }
    }

    // The wait sleeps until its next look, and would take the key back then.
    @Test func `L1 who still waits when the engine ends does not take the key back`() throws {
        let stage = Stage(Self.providers)
        defer { stage.cleanUp() }
        let model = VirtualSMSModel()
        try stage.run(model.answer) { engine, network in
            let number = try await engine.buy(Self.request)
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await number.code(within: .seconds(600)) }
                try? await stage.clock.sleep(until: stage.clock.now() + .seconds(1))
                await engine.shutDown()
                await group.waitForAll()
            }
            let sent = network.requests.count
            await #expect(throws: MoonlineError.self) { try await engine.status(number.id) }
            #expect(network.requests.count == sent)
        }
    }

    @Test func `M2 the answer to a purchase is written down before an engine ends`() throws {
        let stage = Stage(Self.providers)
        defer { stage.cleanUp() }
        let model = VirtualSMSModel()
        try stage.run(model.answer) { engine, network in
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await engine.buy(Self.request) }
                await Self.awaitPurchase(network, stage.clock)
                await engine.shutDown()
                await group.waitForAll()
            }
        }
        try stage.run(model.answer) { engine, _ in
            let (orders, lost) = (try await engine.orders(), try await engine.openPurchases())
            #expect(orders.count == 1 && lost.isEmpty)
        }
    }

    // As a timeout around it does.
    @Test func `a number that a stopped task bought is given back by the next sweep`() throws {
        let stage = Stage(Self.providers)
        defer { stage.cleanUp() }
        let model = VirtualSMSModel()
        try stage.run(model.answer) { engine, network in
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await engine.buy(Self.request) }
                await Self.awaitPurchase(network, stage.clock)
                group.cancelAll()
            }
            let order = try #require(try await engine.orders().first)
            #expect(!order.state.isTerminal)
            _ = try await engine.sweep(until: stage.clock.now() + .seconds(300))
            #expect(try await engine.number(order.id).order.state == .cancelled)
        }
    }
}
