import GRDB
import Moonline
import MoonlineTestKit
import OrderKernel
import Testing

/// Answers that no document names: of a front, of a server that starts anew, of a program that
/// writes amounts for people.
struct StrangeAnswerTests {
    private static let request = BuyRequest(service: "telegram", country: "US")
    private static let list = """
        list = { get = "/list", each = "$[]",
          reply = { id = "id", phone = "phone", status = "status", service = "s",
            country = "c", created_at = "made" } },
        """
    private static let key = #"idempotency = { header = "idempotency-key", within = "5m" },"#
    private static let balance = #"balance = { get = "/balance", reply = { amount = "amount" } },"#

    @Test(arguments: [
        (404, "{}"), (404, "default backend - 404"), (403, "<html>blocked</html>"),
        (401, "<html>log in</html>"),
    ])
    func `M2 a number outlives a server that denies it for a while`(
        _ row: (status: Int, body: String)
    ) throws {
        let model = LostNumberModel()
        let stage = DefinitionStage(id: "lost", definition: LostNumberModel.definition())
        try stage.run(model.answer) { engine, _, clock in
            let number = try await engine.buy(Self.request)
            model.set("7", row.body, status: row.status)
            async let code = number.code(within: .seconds(300))
            try await clock.sleep(until: clock.now() + .seconds(30))
            model.set("7", #"{"status":"received","code":"216352"}"#)
            #expect(try await code == "216352")
        }
    }

    @Test func `O5 a number that is denied for more than a minute is lost`() throws {
        let model = LostNumberModel()
        let stage = DefinitionStage(id: "lost", definition: LostNumberModel.definition())
        try stage.run(model.answer) { engine, _, _ in
            let number = try await engine.buy(Self.request)
            model.set("7", "{}", status: 404)
            let error = await #expect(throws: MoonlineError.self) {
                try await number.code(within: .seconds(300))
            }
            #expect(error?.code == .notFound)
            #expect(try await engine.orders().map(\.state) == [.lost])
        }
    }

    @Test func `M2 a cancel that is denied at once is tried again`() throws {
        let model = LostNumberModel()
        let stage = DefinitionStage(id: "lost", definition: LostNumberModel.definition())
        try stage.run(model.answer) { engine, _, clock in
            let number = try await engine.buy(Self.request)
            try await engine.abandon(number.id)
            model.set("cancel", "{}", status: 404)
            model.set("7", "{}", status: 404)
            let left = try await engine.sweep(until: clock.now() + .seconds(75))
            #expect(left.orders.map(\.id) == [number.id])
            model.set("7", #"{"status":"waiting"}"#)
            model.set("cancel", #"{"ok":"yes"}"#)
            _ = try await engine.sweep(until: clock.now() + .seconds(60))
            #expect(try await engine.orders().map(\.state) == [.cancelled])
        }
    }

    @Test(arguments: ["n/a", "about 5", "1.234,50"])
    func `a balance that nobody can read keeps nobody from buying for ever`(
        _ amount: String
    ) throws {
        let model = LostNumberModel(["balance": #"{"amount":"9.50"}"#])
        let stage = DefinitionStage(
            id: "lost", definition: LostNumberModel.definition(Self.balance))
        try stage.run(model.answer) { engine, _, clock in
            model.set("buy", .silence)
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.buy(Self.request)
            }
            #expect(error?.code == .unknownPurchase)
            model.set("balance", #"{"amount":"\#(amount)"}"#)
            model.set("buy", #"{"id":8,"phone":"+14155550108","price":0.5}"#)
            // Not while it may be carried out, nor soon after that.
            let id = try #require(try await engine.openPurchases().first?.id)
            for wait in [0, 300] as [Int64] {
                try await clock.sleep(until: clock.now() + .seconds(wait))
                let early = await #expect(throws: MoonlineError.self) {
                    try await engine.resolve(id, isBought: false)
                }
                #expect(early?.code == .closed, "after \(wait) s")
            }
            let blocked = await #expect(throws: MoonlineError.self) {
                try await engine.buy(Self.request)
            }
            #expect(blocked?.message.contains("`moonline resolve`") == true)
            try await clock.sleep(until: clock.now() + .seconds(700))
            _ = try await engine.sweep(until: clock.now() + .seconds(60))
            _ = try await engine.resolve(id, isBought: false)
            #expect(try await engine.buy(Self.request).phone == "+14155550108")
        }
    }

    // The key is forgotten before the provider is heard again; its list tells later.
    @Test(arguments: [false, true])
    func `M2 a purchase that its key did not settle is found in a later list`(
        isGivenUp: Bool
    ) throws {
        let model = LostNumberModel(["list": "[]"])
        let stage = DefinitionStage(
            id: "lost", definition: LostNumberModel.definition(Self.list, top: Self.key))
        try stage.run(model.answer) { engine, network, clock in
            model.set("buy", .silence)
            model.set("list", "down", status: 500)
            await #expect(throws: MoonlineError.self) { try await engine.buy(Self.request) }
            model.set("list", "{}", status: 404)
            try await clock.sleep(until: clock.now() + .seconds(1000))
            _ = try await engine.sweep(until: clock.now() + .seconds(60))
            #expect(try await engine.openPurchases().map(\.state) == [.unknown])
            if isGivenUp { try stage.change("UPDATE purchase SET state = 'unresolved'") }
            let sent = network.requests.count { $0.path == "/buy" }
            model.set(
                "list",
                """
                [{"id":7,"phone":"+14155550107","status":"waiting","s":"t","c":"us",
                  "made":"2026-11-01T00:00:01Z"}]
                """)
            _ = try await engine.sweep(until: clock.now() + .seconds(30))
            #expect(try await engine.openPurchases().isEmpty)
            #expect(try await engine.orders().map(\.remoteID) == ["7"])
            #expect(network.requests.count { $0.path == "/buy" } == sent)
        }
    }

    @Test(arguments: [[:], ["Retry-After": "0"], ["Retry-After": "Thu, 01 Jan 2026 00:00:00 GMT"]])
    func `L3 refusals without a time to come are answered with doubling pauses`(
        _ headers: [String: String]
    ) throws {
        let model = LostNumberModel()
        let stage = DefinitionStage(id: "lost", definition: LostNumberModel.definition())
        try stage.run(model.answer) { engine, network, _ in
            let number = try await engine.buy(Self.request)
            model.set("7", .answer(status: 429, body: "{}", headers: headers))
            await #expect(throws: MoonlineError.self) {
                try await number.code(within: .seconds(100))
            }
            // A look is not repeated, and one comes every four seconds unless the key pauses.
            let times = network.requests.filter { $0.path == "/orders/7" }.map(\.at)
            let gaps = zip(times, times.dropFirst()).map { $1 - $0 }
            #expect(gaps.count >= 5)
            for (gap, least) in zip(gaps, [4, 4, 4, 8, 16]) { #expect(gap >= .seconds(least)) }
        }
    }

    @Test func `nothing is bought while the journal cannot be written`() throws {
        let model = LostNumberModel()
        let stage = DefinitionStage(id: "lost", definition: LostNumberModel.definition())
        try stage.run(model.answer) { engine, network, _ in
            try stage.change(
                """
                CREATE TRIGGER full BEFORE INSERT ON purchase
                BEGIN SELECT RAISE(ABORT, 'full'); END
                """)
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.buy(Self.request)
            }
            #expect(error?.code == .internal)
            #expect(network.requests.contains { $0.path == "/offers" })
            #expect(network.requests.count { $0.path == "/buy" } == 0)
        }
    }

    @Test func `a slow definition keeps nobody else's number`() throws {
        let slow = """
            local bought = 0
            return provider {
              api = 1, id = "slow", name = "Slow", version = "1", base_url = "https://slow.example",
              currency = "USD", polling = { first = "2s", every = "4s" }, lifetime = "30m",
              aliases = { services = { telegram = "t" }, countries = { US = "us" } },
              operations = {
                offers = function() return { { price = 0.4, available = 9 } } end,
                buy = function()
                  bought = bought + 1
                  return { id = bought, phone = "+1415555020" .. bought, price = 0.4 }
                end,
                check = function() sleep("15s") return { status = "waiting" } end,
                cancel = function() sleep("15s") return {} end,
              },
            }
            """
        let model = LostNumberModel()
        let stage = DefinitionStage(
            id: "lost", definition: LostNumberModel.definition(), others: ["slow": slow])
        try stage.run(model.answer) { engine, network, clock in
            for account in ["slow", "slow", "slow", "lost"] {
                var request = Self.request
                request.providers = [account]
                try await engine.abandon(try await engine.buy(request).id)
            }
            // The hold of the number that is to be given back is over.
            try await clock.sleep(until: clock.now() + .seconds(61))
            let begin = clock.now()
            _ = try await engine.sweep(until: begin + .seconds(200))
            #expect(try await engine.orders().allSatisfy { $0.state == .cancelled })
            let cancel = try #require(network.requests.first { $0.path.hasSuffix("cancel") })
            #expect(cancel.at - begin < .seconds(10), "after \(cancel.at - begin)")
        }
    }

    @Test func `an account that does not answer is left out where others are asked`() throws {
        let slow = """
            return provider {
              api = 1, id = "slow", name = "Slow", version = "1", base_url = "https://slow.example",
              currency = "USD",
              retry = { unavailable = { times = 10, delays = { "15s" }, cap = "15s" } },
              operations = {
                balance = function() sleep("15s") fail("unavailable", "again") end,
              },
            }
            """
        let model = LostNumberModel(["balance": #"{"amount":"9.50"}"#])
        let stage = DefinitionStage(
            id: "lost", definition: LostNumberModel.definition(Self.balance),
            others: ["slow": slow])
        try stage.run(model.answer) { engine, _, clock in
            let begin = clock.now()
            let balances = try await engine.balances()
            #expect(clock.now() - begin < .seconds(125))
            let lost = try #require(balances.first { $0.account == "lost" })
            #expect(try lost.result.get().amount == ExactDecimal("9.50"))
            let other = try #require(balances.first { $0.account == "slow" })
            let error = #expect(throws: MoonlineError.self) { try other.result.get() }
            #expect(error?.message.contains("slow takes too long and is left out") == true)
            // Alone, nobody waits behind it.
            let alone = try await engine.balances(of: ["slow"])
            let last = #expect(throws: MoonlineError.self) { try alone.first?.result.get() }
            #expect(last?.message.contains("again") == true)
        }
    }

    @Test func `a call waits five minutes for answers, and sends nothing after that`() throws {
        let many = """
            many = { costs = false, run = function()
              for i = 1, 300 do http.get("/silent") end
              return {}
            end },
            """
        let model = LostNumberModel()
        model.set("silent", .silence)
        let stage = DefinitionStage(id: "lost", definition: LostNumberModel.definition(many))
        try stage.run(model.answer) { engine, network, _ in
            _ = try? await engine.call("lost", "many", [:])
            // An exchange takes 15 s at most.
            #expect((20...22).contains(network.requests.count), "\(network.requests.count)")
        }
    }

    @Test func `a place that a lost purchase holds is named with the way out`() throws {
        let model = LostNumberModel(["list": "[]"])
        let stage = DefinitionStage(
            id: "lost", definition: LostNumberModel.definition(Self.list, top: Self.key),
            settings: "caps: { at_once: 1 }\n")
        try stage.run(model.answer) { engine, _, clock in
            model.set("buy", .silence)
            await #expect(throws: MoonlineError.self) { try await engine.buy(Self.request) }
            try await clock.sleep(until: clock.now() + .seconds(1000))
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.buy(Self.request)
            }
            #expect(error?.code == .spendCap, "\(error?.message ?? "")")
            #expect(error?.message.contains("settle what is open: `moonline sweep`") == true)
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `L2 looks of which nothing is sent keep their minimum`() throws {
        let function = """
            local looks = 0
            return provider {
              api = 1, id = "lost", name = "Lost", version = "1", base_url = "https://lost.example",
              currency = "USD", polling = { first = "2s", every = "4s" }, lifetime = "30m",
              aliases = { services = { telegram = "t" }, countries = { US = "us" } },
              operations = {
                offers = function() return { { price = 0.5, available = 9 } } end,
                buy = function() return { id = 7, phone = "+14155550107", price = 0.5 } end,
                check = function()
                  looks = looks + 1
                  if looks < 6 then return { status = "waiting" } end
                  return { status = "received", code = "216352" }
                end,
              },
            }
            """
        let stage = DefinitionStage(id: "lost", definition: function)
        try stage.run(LostNumberModel().answer) { engine, _, clock in
            let number = try await engine.buy(Self.request)
            let begin = clock.now()
            #expect(try await number.code(within: .seconds(120)) == "216352")
            #expect(clock.now() - begin >= .seconds(22))
        }
    }
}
