import Foundation
import Moonline
import MoonlineTestKit
import OrderKernel
import Synchronization
import Testing

/// A provider that answers a purchase with an order which it has sold before, as it does for a
/// request id that never changes; and what the user says of purchases that nothing can prove.
struct HeldOrderTests {
    /// The provider: one order for ever, for half a dollar.
    private final class Model: Sendable {
        let looks = Mutex(0)
        private let number: String?

        /// - Parameter number: the phone of the second purchase, where it is another one.
        init(number: String? = nil) { self.number = number }

        private static let order = #"{"id":7,"phone":"+14155550107","price":0.5}"#

        func answer(_ request: SimulatedNetwork.Request) -> SimulatedNetwork.Reply {
            switch request.path {
            case "/offers": return .answer(status: 200, body: #"[{"price":0.5,"count":9}]"#)
            case "/list": return .answer(status: 200, body: "[\(Self.order)]")
            case "/balance": return .answer(status: 200, body: #"{"balance":9.5}"#)
            case "/buy":
                let count = looks.withLock { count in
                    count += 1
                    return count
                }
                guard count > 1, let number else { return .answer(status: 200, body: Self.order) }
                return .answer(
                    status: 200,
                    body: Self.order.replacingOccurrences(of: "+14155550107", with: number))
            default: return .answer(status: 200, body: #"{"code":null,"ok":"yes"}"#)
            }
        }
    }

    private static func definition(_ buy: String, _ more: String) -> String {
        """
        return provider {
          api = 1, id = "held", name = "Held", version = "1", base_url = "https://held.example",
          currency = "USD", polling = { first = "2s", every = "4s" }, lifetime = "30m",
          settles_within = "20s",
          aliases = { services = { telegram = "t" }, countries = { US = "us" } },
          \(buy)
          operations = {
            offers = { get = "/offers?s={service}&c={country}", each = "$[]",
              reply = { price = "price", available = "count" } },
            buy = { post = "/buy?s={service}&c={country}",
              reply = { id = "id", phone = "phone", price = "price" } },
            check = { get = "/orders/{id}", reply = { code = "code" } },
            cancel = { post = "/orders/{id}/cancel", success = { "ok", yes = true } },
            \(more)
          },
        }
        """
    }

    private static let means: [(buy: String, more: String, state: PurchaseState)] = [
        ("", "", .unresolved(isCharged: false)),
        ("idempotency = { header = \"Key\" },", "", .unresolved(isCharged: false)),
        (
            "",
            """
            list = { get = "/list", each = "$[]",
              reply = { id = "id", phone = "phone", code = "code" } },
            """, .absent
        ),
        ("", "balance = { get = \"/balance\", reply = { amount = \"balance\" } },", .unknown),
    ]

    private func run(
        _ definition: String,
        _ model: Model = Model(),
        _ work: @escaping @Sendable (Engine, SimulatedNetwork, SimulatedClock) async throws -> Void
    ) throws {
        try DefinitionStage(id: "held", definition: definition).run(model.answer, work)
    }

    private static let request = BuyRequest(service: "telegram", country: "US")

    @Test(arguments: means.indices)
    func `an answer that names an open order has sold nothing new (M1, M2)`(
        _ index: Int
    ) throws {
        let row = Self.means[index]
        try run(Self.definition(row.buy, row.more)) { engine, network, _ in
            let first = try await engine.buy(Self.request)
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.buy(Self.request)
            }
            #expect(error?.message.contains("its order 7, which was bought before") == true)
            if case .unresolved = row.state {
                #expect(error?.message.contains("then `moonline resolve`") == true)
            }
            let orders = try await engine.orders()
            #expect(orders.map(\.id) == [first.id])
            let open = try await engine.openPurchases()
            #expect(open.map(\.state) == (row.state == .absent ? [] : [row.state]))
            #expect(network.requests.count { $0.path == "/buy" } == 2)
        }
    }

    @Test func `an order that is over, or has another number, is a new one`() throws {
        try run(Self.definition("", ""), Model(number: "+14155550199")) { engine, _, _ in
            _ = try await engine.buy(Self.request)
            let second = try await engine.buy(Self.request)
            #expect(second.order.phone == "+14155550199")
            // The provider has no such operation, and pays back what ends without a message.
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.finish(second.id)
            }
            #expect(error?.message.contains("`moonline cancel \(second.id)`") == true)
            _ = try await engine.cancel(second.id)
            let third = try await engine.buy(Self.request)
            #expect(third.id != second.id)
        }
    }

    @Test(arguments: [true, false])
    func `the user says what nothing could prove, and the caps follow it (M4)`(
        _ isBought: Bool
    ) throws {
        try run(Self.definition("", "")) { engine, _, clock in
            let first = try await engine.buy(Self.request)
            _ = try? await engine.buy(Self.request)
            let lost = try #require(try await engine.openPurchases().first)
            let status = await #expect(throws: MoonlineError.self) {
                try await engine.status(lost.id)
            }
            #expect(status?.code == .unknownPurchase)
            let said = try await engine.resolve(lost.id, isBought: isBought)
            #expect(said.state == (isBought ? .writtenOff : .absent))
            #expect(try await engine.openPurchases().isEmpty)
            let left = try await engine.sweep(until: clock.now())
            #expect(left.purchases.isEmpty)
            for id in [lost.id, first.order.purchaseID, "none"] {
                await #expect(throws: MoonlineError.self) {
                    try await engine.resolve(id, isBought: isBought)
                }
            }
            let attempts = try await engine.statistics().map(\.attempts)
            #expect(attempts.reduce(0) { $0 + $1.count } == (isBought ? 1 : 0))
        }
    }
}
