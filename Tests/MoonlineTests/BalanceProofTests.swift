import Moonline
import MoonlineTestKit
import OrderKernel
import Synchronization
import Testing

/// What a balance proves of a lost purchase while somebody waits for another number.
struct BalanceProofTests {
    private static let definition = """
        return provider {
          api = 1, id = "proof", name = "Proof", version = "1", base_url = "https://proof.example",
          currency = "USD", polling = { first = "2s", every = "4s" }, lifetime = "30m",
          settles_within = "20s", errors = { "error", gone = "closed" },
          aliases = { services = { telegram = "t" }, countries = { US = "us" } },
          operations = {
            balance = { get = "/balance", reply = { amount = "amount" } },
            offers = { get = "/offers", each = "$[]", reply = { price = "price" } },
            buy = { post = "/buy", reply = { id = "id", phone = "phone", price = "price" } },
            check = { get = "/orders/{id}", reply = { status = "status", code = "code" } },
            cancel = { post = "/orders/{id}/cancel" },
            finish = { post = "/orders/{id}/finish" },
          },
        }
        """

    /// A provider whose second purchase is never answered.
    private struct Provider: Sendable {
        var balance = "10.00"
        var status = "waiting"
        var sold = 0

        mutating func answer(_ request: SimulatedNetwork.Request) -> SimulatedNetwork.Reply {
            switch request.path {
            case "/balance": return .answer(status: 200, body: #"{"amount":"\#(balance)"}"#)
            case "/offers": return .answer(status: 200, body: #"[{"price":"0.50"}]"#)
            case "/buy":
                sold += 1
                balance = "9.50"
                guard sold == 1 else { return .broken }
                let order = #"{"id":"1","phone":"+14155550101","price":"0.50"}"#
                return .answer(status: 200, body: order)
            case "/orders/1/finish" where status == "expired":
                return .answer(status: 409, body: #"{"error":"gone"}"#)
            default: return .answer(status: 200, body: #"{"status":"\#(status)"}"#)
            }
        }
    }

    private static let request = BuyRequest(service: "telegram", country: "US")

    // The charge and the refund of the first order leave the balance as it was.
    @Test(arguments: [
        ("expired", PurchaseState.unresolved(isCharged: false)), ("waiting", .absent),
    ])
    func `a balance is compared once the awaited numbers were looked at again (M1)`(
        _ status: String,
        _ expected: PurchaseState
    ) throws {
        let provider = Mutex(Provider())
        let stage = DefinitionStage(id: "proof", definition: Self.definition)
        try stage.run({ request in provider.withLock { $0.answer(request) } }) {
            engine, network, clock in
            _ = try await engine.buy(Self.request)
            let lost = await #expect(throws: MoonlineError.self) {
                try await engine.buy(Self.request)
            }
            #expect(lost?.code == .unknownPurchase)
            provider.withLock { $0.status = status }
            _ = try await engine.sweep(until: clock.now() + .seconds(120))
            let states = try await engine.openPurchases().map(\.state)
            #expect(states == (expected == .absent ? [] : [expected]))
            let paths = network.requests.map(\.path)
            let purchase = try #require(paths.lastIndex(of: "/buy"))
            let reading = try #require(paths[purchase...].firstIndex(of: "/balance"))
            #expect(paths[reading...].contains("/orders/1"))
        }
    }

    @Test func `what a killed process was sending bars the account, too (M1)`() throws {
        let provider = Mutex(Provider())
        let stage = DefinitionStage(id: "proof", definition: Self.definition)
        try stage.run({ request in provider.withLock { $0.answer(request) } }) {
            engine, network, _ in
            for _ in 0..<2 { _ = try? await engine.buy(Self.request) }
            try stage.change(
                "UPDATE purchase SET state = 'sending', run = 'killed' WHERE state = 'unknown'")
            let barred = await #expect(throws: MoonlineError.self) {
                try await engine.buy(Self.request)
            }
            #expect(barred?.code == .unavailable)
            #expect(network.requests.count { $0.path == "/buy" } == 2)
        }
    }

    @Test func `an order that was over before it was finished is paid back (M1, M3)`() throws {
        let provider = Mutex(Provider())
        let stage = DefinitionStage(id: "proof", definition: Self.definition)
        try stage.run({ request in provider.withLock { $0.answer(request) } }) {
            engine, _, clock in
            let first = try await engine.buy(Self.request)
            _ = try? await engine.buy(Self.request)
            provider.withLock { $0.status = "expired" }
            let order = try await engine.finish(first.id)
            #expect(order.state == .expired)
            #expect(order.refund == .due)
            _ = try await engine.sweep(until: clock.now() + .seconds(120))
            let states = try await engine.openPurchases().map(\.state)
            #expect(states == [.unresolved(isCharged: false)])
        }
    }

    // A look whose failures pass may never succeed: then the charge may be hidden.
    @Test func `an order that cannot be looked at does not hold its account (M1)`() throws {
        let provider = Mutex(Provider())
        let stage = DefinitionStage(id: "proof", definition: Self.definition)
        let respond: @Sendable (SimulatedNetwork.Request) -> SimulatedNetwork.Reply = { request in
            guard request.path == "/orders/1" else {
                return provider.withLock { $0.answer(request) }
            }
            return .answer(status: 503, body: "{}")
        }
        try stage.run(respond) { engine, _, clock in
            _ = try await engine.buy(Self.request)
            _ = try? await engine.buy(Self.request)
            try await clock.sleep(until: clock.now() + .seconds(180))
            _ = try await engine.sweep(until: clock.now() + .seconds(30))
            let states = try await engine.openPurchases().map(\.state)
            #expect(states == [.unresolved(isCharged: false)])
        }
    }
}
