import GRDB
import Moonline
import MoonlineTestKit
import OrderKernel
import Synchronization
import Testing

/// Numbers that nobody waits for, holds, and late codes.
struct GivingBackTests {
    @Test func `a cancel inside the hold is scheduled and sent by a later process`() throws {
        let stage = Stage(["virtualsms"])
        defer { stage.cleanUp() }
        let model = VirtualSMSModel()
        try stage.run(model.answer) { engine, network in
            let number = try await engine.buy(BuyRequest(service: "telegram", country: "ID"))
            let error = await #expect(throws: MoonlineError.self) { try await number.cancel() }
            #expect(error?.code == .tooEarly)
            #expect(!network.requests.contains { $0.path.contains("cancel") })
        }
        try stage.run(model.answer) { engine, network in
            let order = try #require(try await engine.orders(openOnly: true).first)
            let left = try await engine.settle(until: stage.clock.now() + .seconds(300))
            #expect(left.isEmpty)
            let cancel = try #require(network.requests.first { $0.path.contains("cancel") })
            #expect(cancel.at - order.createdAt >= .seconds(120))
            let settled = try #require(try await engine.orders().first)
            #expect(settled.state == .cancelled)
            #expect(settled.refund == .seen)
        }
    }

    @Test func `425 moves the cancel by the seconds that it names`() throws {
        let stage = Stage(["virtualsms"])
        defer { stage.cleanUp() }
        let model = VirtualSMSModel()
        let refusals = Mutex(1)
        try stage.run { request in
            let isEarly =
                request.path.contains("cancel")
                && refusals.withLock { count in
                    defer { count -= 1 }
                    return count > 0
                }
            return isEarly
                ? .answer(status: 425, body: #"{"error":"too early","seconds_remaining":87}"#)
                : model.answer(request)
        } _: { engine, network in
            let number = try await engine.buy(BuyRequest(service: "telegram", country: "ID"))
            try await engine.abandon(number.id)
            _ = try await engine.settle(until: stage.clock.now() + .seconds(600))
            let cancels = network.requests.filter { $0.path.contains("cancel") }.map(\.at)
            #expect(cancels.count == 2)
            #expect(cancels[1] - cancels[0] >= .seconds(87))
        }
    }

    @Test func `a number on which a message came is not cancelled (O4)`() throws {
        let stage = Stage(["virtualsms"])
        defer { stage.cleanUp() }
        let model = VirtualSMSModel()
        try stage.run(model.answer) { engine, network in
            let number = try await engine.buy(BuyRequest(service: "telegram", country: "ID"))
            try await engine.abandon(number.id)
            model.messages.withLock {
                $0 =
                    #"[{"sender":"Telegram","content":"Login code: 48213","#
                    + #""received_at":"2026-11-01T00:01:00Z"}]"#
            }
            let order = try await engine.status(number.id)
            #expect(order.code == "48213")
            let left = try await engine.settle(until: stage.clock.now() + .seconds(300))
            #expect(left.isEmpty)
            #expect(!network.requests.contains { $0.path.contains("cancel") })
        }
    }

    @Test func `a cancel that was refused is not sent again before a look (O4)`() throws {
        let stage = Stage(["virtualsms"])
        defer { stage.cleanUp() }
        let model = VirtualSMSModel()
        let isDown = Mutex(true)
        try stage.run { request in
            if request.path.contains("cancel") {
                return .answer(status: 409, body: #"{"error":"the order cannot be cancelled"}"#)
            }
            if request.path.contains("/customer/order/"), isDown.withLock({ $0 }) {
                return .answer(status: 503, body: #"{"error":"down"}"#)
            }
            return model.answer(request)
        } _: { engine, network in
            let number = try await engine.buy(BuyRequest(service: "telegram", country: "ID"))
            try await stage.clock.sleep(until: stage.clock.now() + .seconds(130))
            await #expect(throws: MoonlineError.self) { try await number.cancel() }
            isDown.withLock { $0 = false }
            model.messages.withLock { $0 = #"[{"sender":"Telegram","content":"Code: 48213"}]"# }
            let error = await #expect(throws: MoonlineError.self) { try await number.cancel() }
            #expect(error?.message.contains("a message came on") == true)
            #expect(network.requests.count { $0.path.contains("cancel") } == 1)
            #expect(try await engine.orders().first?.code == "48213")
        }
    }

    @Test func `a number that its run left behind is looked at before it is cancelled (O4)`()
        throws
    {
        let stage = Stage(["virtualsms"])
        defer { stage.cleanUp() }
        let model = VirtualSMSModel()
        let isDown = Mutex(true)
        try stage.run(model.answer) { engine, _ in
            _ = try await engine.buy(BuyRequest(service: "telegram", country: "ID"))
        }
        model.messages.withLock { $0 = #"[{"sender":"Telegram","content":"Code: 48213"}]"# }
        try stage.run { request in
            request.path.contains("/customer/order/") && isDown.withLock { $0 }
                ? .answer(status: 503, body: #"{"error":"down"}"#) : model.answer(request)
        } _: { engine, network in
            try await stage.clock.sleep(until: stage.clock.now() + .seconds(130))
            let left = try await engine.sweep(until: stage.clock.now())
            // What its run has seen may not be on disk.
            #expect(left.orders.count == 1)
            #expect(!left.isSettled)
            isDown.withLock { $0 = false }
            let after = try await engine.sweep(until: stage.clock.now() + .seconds(60))
            #expect(after.isSettled)
            #expect(!network.requests.contains { $0.path.contains("cancel") })
            #expect(try await engine.orders().first?.code == "48213")
        }
    }

    private static func change(journalOf stage: Stage, _ sql: String) throws {
        try DatabaseQueue(path: stage.home + "/journal.sqlite").write { try $0.execute(sql: sql) }
    }

    @Test func `a message that could not be written down is not forgotten (O4)`() throws {
        let stage = Stage(["virtualsms"])
        defer { stage.cleanUp() }
        let model = VirtualSMSModel()
        try stage.run(model.answer) { engine, network in
            let number = try await engine.buy(BuyRequest(service: "telegram", country: "ID"))
            try Self.change(
                journalOf: stage,
                """
                CREATE TRIGGER full BEFORE UPDATE OF code ON "order" WHEN NEW.code IS NOT NULL
                BEGIN SELECT RAISE(ABORT, 'full'); END
                """)
            model.messages.withLock { $0 = #"[{"sender":"Telegram","content":"Code: 48213"}]"# }
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.code(of: number.id, within: .seconds(60))
            }
            #expect(error?.code == .internal)
            await #expect(throws: MoonlineError.self) { try await number.cancel() }
            try Self.change(journalOf: stage, "DROP TRIGGER full")
            model.messages.withLock { $0 = "[]" }
            let refusal = await #expect(throws: MoonlineError.self) { try await number.cancel() }
            #expect(refusal?.message.contains("a message came on") == true)
            #expect(!network.requests.contains { $0.path.contains("cancel") })
            #expect(try await engine.orders().first?.code == "48213")
        }
    }

    @Test func `an order bought in one process gives its code in another`() throws {
        let stage = Stage(["legitsms"])
        defer { stage.cleanUp() }
        let model = LegitSMSModel(looksUntilCode: 2)
        try stage.run(model.answer) { engine, _ in
            _ = try await engine.buy(BuyRequest(service: "whatsapp", country: "ID"))
        }
        try stage.run(model.answer) { engine, _ in
            let order = try #require(try await engine.orders(openOnly: true).first)
            let number = try await engine.number(order.id)
            let code = try await number.code(within: .seconds(60))
            #expect(code == "44921")
            let finished = try await number.finish()
            #expect(finished.state == .finished)
        }
        try stage.run(model.answer) { engine, _ in
            let open = try await engine.orders(openOnly: true)
            #expect(open.isEmpty)
        }
    }

    @Test func `a provider without cancel is waited for until its number expires`() throws {
        let stage = Stage(["ismscode"])
        defer { stage.cleanUp() }
        try stage.run { request in
            switch request.path {
            case "/api/v3/countries":
                .answer(
                    status: 200,
                    body: #"{"status":"success","countries":[{"code":"US","#
                        + #""name":"United States","prefix":"+1"}]}"#)
            case "/api/v3/services":
                .answer(status: 200, body: #"{"status":"success","services":["whatsapp"]}"#)
            case "/api/v3/numbers/request":
                .answer(
                    status: 200,
                    body: #"{"status":"success","number":{"id":"n","#
                        + #""phone":"+12025550123","expires_at":"2026-11-01T00:05:00Z"}}"#)
            default: .answer(status: 200, body: #"{"status":"success","sms":[]}"#)
            }
        } _: { engine, network in
            let start = stage.clock.now()
            _ = await #expect(throws: MoonlineError.self) {
                try await engine.verify(
                    VerificationRequest(service: "whatsapp", countries: ["US"], wait: .seconds(30))
                )
            }
            #expect(stage.clock.now() - start > .seconds(200))
            #expect(network.requests.count { $0.path.hasSuffix("/sms") } > 30)
        }
    }
}
