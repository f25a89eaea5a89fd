import Moonline
import MoonlineTestKit
import OrderKernel
import Synchronization
import Testing

/// What counts as a proof that an order was cancelled, and what does not (O2, M6).
struct CancelEvidenceTests {
    private static let code = #"[{"sender":"Telegram","content":"Login code: 48213"}]"#

    @Test(arguments: ["[]", "", "<html>Bad gateway</html>", #"{"success":"#, "null"])
    func `a cancel whose answer is spoiled is not believed`(_ body: String) throws {
        let stage = Stage(["virtualsms"])
        defer { stage.cleanUp() }
        let model = VirtualSMSModel()
        try stage.run { request in
            guard request.path.contains("cancel") else { return model.answer(request) }
            let isFirst = model.messages.withLock { messages in
                defer { messages = Self.code }
                return messages == "[]"
            }
            return isFirst
                ? .answer(status: 200, body: body)
                : .answer(
                    status: 409, body: #"{"error":"Cannot cancel order with status completed"}"#)
        } _: { engine, network in
            let number = try await engine.buy(BuyRequest(service: "telegram", country: "ID"))
            try await engine.abandon(number.id)
            _ = try await engine.sweep(until: stage.clock.now() + .seconds(300))
            let order = try #require(try await engine.orders().first)
            #expect(order.code == "48213")
            #expect(order.state != .cancelled && order.refund != .seen && order.refund != .due)
            // It is looked at before another one.
            #expect(network.requests.count { $0.path.contains("cancel") } == 1)
        }
    }

    @Test func `an order whose cancel was refused is looked at until the look succeeds`() throws {
        let stage = Stage(["virtualsms"])
        defer { stage.cleanUp() }
        let model = VirtualSMSModel()
        let failures = Mutex(3)
        try stage.run { request in
            if request.path.contains("cancel") {
                model.messages.withLock { $0 = Self.code }
                return .answer(
                    status: 409, body: #"{"error":"Cannot cancel order with status completed"}"#)
            }
            let isDown =
                request.path.contains("/order/o-1")
                && failures.withLock { left in
                    defer { left -= 1 }
                    return left > 0
                }
            return isDown ? .answer(status: 503, body: "down") : model.answer(request)
        } _: { engine, network in
            let number = try await engine.buy(BuyRequest(service: "telegram", country: "ID"))
            try await engine.abandon(number.id)
            _ = try await engine.sweep(until: stage.clock.now() + .seconds(300))
            let order = try #require(try await engine.orders().first)
            #expect(order.code == "48213")
            #expect(order.refund != .due)
            #expect(network.requests.count { $0.path.contains("cancel") } == 1)
        }
    }

    @Test func `an order is not over because its provider is silent (O2)`() throws {
        let stage = Stage(["virtualsms"])
        defer { stage.cleanUp() }
        let model = VirtualSMSModel()
        let isDown = Mutex(false)
        try stage.run { request in
            let isLook = request.path.contains("/order/o-1")
            return isLook && isDown.withLock(\.self)
                ? .answer(status: 503, body: "down") : model.answer(request)
        } _: { engine, _ in
            let number = try await engine.buy(BuyRequest(service: "telegram", country: "ID"))
            let order = try await engine.keep(number.id)
            isDown.withLock { $0 = true }
            let late = order.expiresAt + .seconds(600)
            try await stage.clock.sleep(until: late)
            let left = try await engine.sweep(until: late + .seconds(120))
            #expect(left.orders.map(\.id) == [order.id])
            // The code came while nobody could ask.
            isDown.withLock { $0 = false }
            model.messages.withLock { $0 = Self.code }
            _ = try await engine.sweep(until: stage.clock.now() + .seconds(60))
            #expect(try await engine.orders().first?.code == "48213")
        }
    }
}
