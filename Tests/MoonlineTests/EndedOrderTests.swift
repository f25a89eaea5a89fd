import Moonline
import MoonlineTestKit
import OrderKernel
import Synchronization
import Testing

/// A provider that says of an order no more than that it is over.
struct EndedOrderTests {
    private static let definition = """
        return provider {
          api = 1, id = "curt", name = "Curt", version = "1", base_url = "https://curt.example",
          currency = "USD", polling = { first = "2s", every = "4s" }, lifetime = "10m",
          aliases = { services = { telegram = "t" }, countries = { US = "us", GB = "gb" } },
          errors = { gone = "closed", text = { CLOSED = "closed" } },
          operations = {
            offers = { get = "/offers?s={service}&c={country}", each = "$[]",
              reply = { price = "price", available = "count" } },
            buy = { post = "/buy?s={service}&c={country}",
              reply = { id = "id", phone = "phone", price = "price" } },
            check = { get = "/orders/{id}", reply = { code = "code" } },
            cancel = { post = "/orders/{id}/cancel", success = { "ok", yes = true } },
          },
        }
        """

    /// The provider: an order is open for as long as it is told so.
    private final class Model: Sendable {
        let isOver = Mutex(false)
        let bought = Mutex(0)

        func answer(_ request: SimulatedNetwork.Request) -> SimulatedNetwork.Reply {
            switch request.path {
            case "/offers": return .answer(status: 200, body: #"[{"price":0.5,"count":9}]"#)
            case "/buy":
                let number = bought.withLock { count in
                    count += 1
                    return count
                }
                return .answer(
                    status: 200,
                    body: #"{"id":\#(number),"phone":"+1415555010\#(number)","price":0.5}"#)
            default:
                guard isOver.withLock({ $0 }) else {
                    return .answer(status: 200, body: #"{"code":null,"ok":"yes"}"#)
                }
                return .answer(status: 404, body: "CLOSED")
            }
        }
    }

    private func run(
        _ work:
            @escaping @Sendable (Engine, SimulatedNetwork, Model, SimulatedClock) async throws
            -> Void
    ) throws {
        let model = Model()
        try DefinitionStage(id: "curt", definition: Self.definition).run(
            model.answer
        ) { engine, network, clock in
            try await work(engine, network, model, clock)
        }
    }

    private static let request = BuyRequest(service: "telegram", country: "US")

    @Test func `a wait ends when the provider says that the order is over`() throws {
        try run { engine, _, model, clock in
            let number = try await engine.buy(Self.request)
            model.isOver.withLock { $0 = true }
            let begin = clock.now()
            await #expect(throws: MoonlineError.self) {
                try await engine.code(of: number.id, within: .seconds(300))
            }
            #expect((clock.now() - begin).milliseconds < 10_000)
            let order = try #require(try await engine.orders().first)
            #expect(order.state == .expired)
            #expect(order.refund == .due)
        }
    }

    @Test func `verify goes on with the next number`() throws {
        try run { engine, _, model, _ in
            model.isOver.withLock { $0 = true }
            await #expect(throws: MoonlineError.self) {
                try await engine.verify(
                    VerificationRequest(
                        service: "telegram", countries: ["US", "GB"], wait: .seconds(120),
                        deadline: .seconds(600)))
            }
            #expect(model.bought.withLock { $0 } == 2)
        }
    }

    @Test func `a number whose refund nobody has named is not said to be given back`() throws {
        try run { engine, _, _, _ in
            let request = VerificationRequest(
                service: "telegram", countries: ["US"], wait: .seconds(20), deadline: .seconds(600))
            do throws(MoonlineError) {
                _ = try await engine.verify(request)
                Issue.record("a code came")
            } catch {
                #expect(error.code == .deadline)
                #expect(error.message.contains("and it is cancelled, its money is awaited"))
            }
            let order = try #require(try await engine.orders().first)
            #expect(order.refund == .due)
        }
    }

    @Test func `a sweep settles what is over by a look, and sends no cancel`() throws {
        try run { engine, network, model, clock in
            let number = try await engine.buy(Self.request)
            model.isOver.withLock { $0 = true }
            try await engine.abandon(number.id)
            let left = try await engine.sweep(until: clock.now() + .seconds(60))
            #expect(left.isSettled)
            let order = try #require(try await engine.orders().first)
            #expect(order.state == .cancelled)
            #expect(order.refund == .due)
            #expect(network.requests.count { $0.path.contains("cancel") } == 0)
        }
    }

    @Test func `looks keep a distance that survives a slow way to the provider (L2)`() throws {
        try run { engine, network, _, _ in
            let number = try await engine.buy(Self.request)
            _ = try? await engine.code(of: number.id, within: .seconds(60))
            let looks = network.requests.filter { $0.path == "/orders/1" }.map(\.at)
            let gaps = zip(looks, looks.dropFirst()).map { ($1 - $0).milliseconds }
            #expect(gaps.count > 5)
            #expect(gaps.allSatisfy { $0 >= 4100 && $0 <= 4500 }, "\(gaps)")
        }
    }
}
