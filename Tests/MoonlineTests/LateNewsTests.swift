import Foundation
import Moonline
import MoonlineTestKit
import OrderKernel
import Synchronization
import Testing

/// What became known late: an order whose time is over, messages while the disk was full.
struct LateNewsTests {
    /// A provider that lists its orders; the third purchase is carried out and not answered.
    private final class Model: Sendable {
        private let bought = Mutex(0)
        let hasMessages = Mutex(false)
        let isMute = Mutex(false)
        /// How a cancel is answered.
        let cancelAnswer = Mutex((status: 200, body: #"{"ok":true}"#))

        private func order(_ number: Int) -> String {
            let hasCode = hasMessages.withLock { $0 }
            return #"{"id":"o-\#(number)","phone":"+1415555010\#(number)","price":"0.50","#
                + #""service":"t","country":"us","created_at":"2026-11-01T00:00:0\#(number)Z","#
                + (hasCode
                    ? #""status":"received","code":"4821\#(number)"}"#
                    : #""status":"waiting","code":null}"#)
        }

        func answer(_ request: SimulatedNetwork.Request) -> SimulatedNetwork.Reply {
            switch (request.method, request.path) {
            case ("GET", "/offers"):
                return .answer(status: 200, body: #"[{"price":"0.50","count":9}]"#)
            case ("GET", "/orders"):
                let count = bought.withLock { $0 }
                let rows = count > 0 ? (1...count).map(order).joined(separator: ",") : ""
                return .answer(status: 200, body: "[\(rows)]")
            case ("POST", "/orders"):
                let number = bought.withLock { bought in
                    bought += 1
                    return bought
                }
                return number == 3 ? .broken : .answer(status: 200, body: order(number))
            case ("GET", let path):
                if isMute.withLock({ $0 }) { return .answer(status: 503, body: "{}") }
                return .answer(status: 200, body: order(Int(path.suffix(1)) ?? 0))
            default:
                let answer = cancelAnswer.withLock { $0 }
                return .answer(status: answer.status, body: answer.body)
            }
        }
    }

    private static let definition = """
        return provider {
          api = 1, id = "late", name = "Late", version = "1", base_url = "https://late.example",
          currency = "USD", polling = { first = "2s", every = "4s" }, lifetime = "5m",
          settles_within = "20s",
          aliases = { services = { telegram = "t" }, countries = { US = "us" } },
          operations = {
            offers = { get = "/offers?s={service}&c={country}", each = "$[]",
              reply = { price = "price", available = "count" } },
            buy = { post = "/orders", json = { service = "{service}", country = "{country}" },
              reply = { id = "id", phone = "phone", price = "price" } },
            check = { get = "/orders/{id}", reply = { status = "status", code = "code" } },
            list = { get = "/orders", each = "$[]", reply = { id = "id", phone = "phone",
              status = "status", code = "code", price = "price", service = "service",
              country = "country", created_at = "created_at" } },
            cancel = { delete = "/orders/{id}", success = { "ok", [true] = true },
              errors = { "why", has_message = "refused", early = "too_early",
                retry_after = "wait" } },
          },
        }
        """

    private func run(
        _ model: Model,
        _ work: @escaping @Sendable (Engine, SimulatedNetwork, SimulatedClock) async throws -> Void
    ) throws {
        try DefinitionStage(id: "late", definition: Self.definition).run(model.answer, work)
    }

    private static let request = BuyRequest(service: "telegram", country: "US")

    @Test func `an order whose time is over is looked at before it is called expired (O2, M3)`()
        throws
    {
        let model = Model()
        try run(model) { engine, network, clock in
            let number = try await engine.buy(Self.request)
            try await clock.sleep(until: clock.now() + .seconds(3600))
            model.hasMessages.withLock { $0 = true }
            let code = try await engine.code(of: number.id, within: .seconds(60))
            #expect(code == "48211")
            #expect(network.requests.contains { $0.path == "/orders/o-1" })
        }
    }

    @Test func `an order whose time is over and that no look reaches stays open`() throws {
        let model = Model()
        try run(model) { engine, _, clock in
            let number = try await engine.buy(Self.request)
            try await clock.sleep(until: clock.now() + .seconds(3600))
            model.isMute.withLock { $0 = true }
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.code(of: number.id, within: .seconds(60))
            }
            #expect(error?.code == .unavailable)
            #expect(try await engine.orders().first?.state == .waiting)
            model.isMute.withLock { $0 = false }
            let later = await #expect(throws: MoonlineError.self) {
                try await engine.code(of: number.id, within: .seconds(60))
            }
            #expect(later?.code == .expired)
        }
    }

    @Test func `a list tells of several messages while none can be written down (O4)`() throws {
        let model = Model()
        let stage = DefinitionStage(id: "late", definition: Self.definition)
        try stage.run(model.answer) { engine, network, clock in
            let first = try await engine.buy(Self.request)
            let second = try await engine.buy(Self.request)
            model.hasMessages.withLock { $0 = true }
            try stage.change(
                """
                CREATE TRIGGER full BEFORE UPDATE OF code ON "order" WHEN NEW.code IS NOT NULL
                BEGIN SELECT RAISE(ABORT, 'full'); END
                """)
            _ = try? await engine.buy(Self.request)
            _ = try? await engine.sweep(until: clock.now() + .seconds(30))
            #expect(network.requests.contains { ($0.method, $0.path) == ("GET", "/orders") })
            try stage.change("DROP TRIGGER full")
            model.hasMessages.withLock { $0 = false }
            for number in [second, first] {
                let refusal = await #expect(throws: MoonlineError.self) {
                    try await number.cancel()
                }
                #expect(refusal?.message.contains("a message came on") == true)
            }
            #expect(!network.requests.contains { $0.method == "DELETE" })
        }
    }

    @Test(arguments: [
        ("isCancelRefused", 409, #"{"why":"has_message"}"#),
        ("cancelNotBefore", 400, #"{"why":"early","wait":100}"#),
    ])
    func `what a cancel was refused for is remembered while it cannot be written down (O4, L3)`(
        _ row: (column: String, status: Int, body: String)
    ) throws {
        let model = Model()
        let stage = DefinitionStage(id: "late", definition: Self.definition)
        try stage.run(model.answer) { engine, network, clock in
            let number = try await engine.buy(Self.request)
            try stage.change(
                """
                CREATE TRIGGER full BEFORE UPDATE OF \(row.column) ON "order"
                WHEN NEW.\(row.column) != OLD.\(row.column)
                BEGIN SELECT RAISE(ABORT, 'full'); END
                """)
            model.cancelAnswer.withLock { $0 = (row.status, row.body) }
            _ = try? await number.cancel()
            #expect(network.requests.count { $0.method == "DELETE" } == 1)
            model.isMute.withLock { $0 = true }
            _ = try? await engine.settle(until: clock.now() + .seconds(20))
            try stage.change("DROP TRIGGER full")
            _ = try? await engine.settle(until: clock.now() + .seconds(20))
            #expect(network.requests.count { $0.method == "DELETE" } == 1)
        }
    }

    @Test func `nothing is bought after a refusal that could not be written down (M1)`() throws {
        let definition = Self.definition
        let stage = DefinitionStage(id: "late", definition: definition)
        try stage.run({ request in
            request.path == "/offers"
                ? .answer(status: 200, body: #"[{"price":"0.50","count":9}]"#)
                : .answer(status: 429, body: "{}")
        }) { engine, network, clock in
            try stage.change(
                """
                CREATE TRIGGER full BEFORE UPDATE OF state ON purchase
                WHEN NEW.state = 'refused' BEGIN SELECT RAISE(ABORT, 'full'); END
                """)
            let error = await #expect(throws: MoonlineError.self) {
                _ = try await engine.verify(
                    VerificationRequest(service: "telegram", countries: ["US"]))
            }
            #expect(error?.code == .internal)
            #expect(error?.message.contains("nothing was bought") == true)
            #expect(network.requests.count { $0.method == "POST" } == 1)
        }
    }
}
