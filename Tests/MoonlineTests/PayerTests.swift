import Foundation
import GRDB
import Moonline
import MoonlineTestKit
import OrderKernel
import Testing

/// Purchases and orders of an account whose key or address is another one now.
struct PayerTests {
    /// One home, and processes one after another with keys of their own.
    private final class Home: Sendable {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "moonline-\(UUID().uuidString)").path

        init(_ definition: String) throws {
            try FileManager.default.createDirectory(
                atPath: path + "/providers", withIntermediateDirectories: true)
            try Data(definition.utf8).write(to: URL(filePath: path + "/providers/payer.lua"))
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func run(
            seed: UInt64,
            key: String,
            address: String? = nil,
            _ respond: @escaping @Sendable (SimulatedNetwork.Request) -> SimulatedNetwork.Reply,
            _ work:
                @escaping @Sendable (Engine, SimulatedNetwork, SimulatedClock) async throws
                -> Void
        ) throws {
            var environment = ["MOONLINE_PAYER_TOKEN": key]
            environment["MOONLINE_PAYER_BASE_URL"] = address
            let simulation = EngineSimulation(
                seed: seed, providers: path + "/providers", environment: environment)
            try simulation.run(home: path + "/home", respond: respond) {
                [clock = simulation.clock] engine, network in
                try await work(engine, network, clock)
            }
        }
    }

    private static func definition(_ means: String, _ operations: String = "") -> String {
        """
        return provider {
          api = 1, id = "payer", name = "Payer", version = "1", base_url = "https://payer.example",
          credentials = { token = { label = "Token" } }, auth = { bearer = "{token}" },
          currency = "USD", lifetime = "20m", settles_within = "20s",
          polling = { first = "2s", every = "2s" }, limits = { { requests = 600, per = "1m" } },
          aliases = { services = { telegram = "t" }, countries = { US = "us" } },
          \(means)
          operations = {
            offers = { get = "/offers", each = "$[]", reply = { price = "price" } },
            buy = { post = "/orders", reply = { id = "id", phone = "phone", price = "price" } },
            check = { get = "/orders/{id}", reply = { status = "status", code = "code" } },
            cancel = { delete = "/orders/{id}" }, \(operations)
          },
        }
        """
    }

    private static let order = #"{"id":"1","phone":"+12025550123","price":"0.50"}"#
    private static let request = BuyRequest(service: "telegram", country: "US")

    @Sendable
    private static func answer(_ request: SimulatedNetwork.Request) -> SimulatedNetwork.Reply {
        switch (request.method, request.path) {
        case ("GET", "/offers"): .answer(status: 200, body: #"[{"price":"0.50"}]"#)
        case ("GET", "/orders"): .answer(status: 200, body: "[]")
        case ("GET", _): .answer(status: 404, body: "{}")
        default: .answer(status: 200, body: order)
        }
    }

    @Sendable
    private static func losingAnswer(
        _ request: SimulatedNetwork.Request
    ) -> SimulatedNetwork.Reply {
        request.path == "/offers" ? answer(request) : .broken
    }

    private static let means = [
        definition(#"idempotency = { header = "Idempotency-Key" },"#),
        definition(
            "",
            #"list = { get = "/orders", each = "$[]", reply = { id = "id", code = "code" } },"#),
    ]

    @Test(arguments: means)
    func `another key settles no lost purchase, and the right one does (M1)`(
        _ definition: String
    ) throws {
        let home = try Home(definition)
        try home.run(seed: 1, key: "first-key", Self.losingAnswer) { engine, _, clock in
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.buy(Self.request)
            }
            #expect(error?.code == .unknownPurchase)
        }
        for address in [nil, "https://other.example"] {
            try home.run(seed: 2, key: "other-key", address: address, Self.answer) {
                engine, network, clock in
                let left = try await engine.sweep(until: clock.now() + .seconds(300))
                #expect(left.purchases.map(\.state) == [.unknown])
                #expect(left.unreachable == Set(left.purchases.map(\.id)))
                #expect(left.isSettled)
                #expect(network.requests.isEmpty)
            }
        }
        try home.run(seed: 3, key: "first-key", Self.answer) { engine, network, clock in
            let left = try await engine.sweep(until: clock.now() + .seconds(300))
            #expect(left.purchases.isEmpty && left.unreachable.isEmpty)
            #expect(!network.requests.isEmpty)
        }
    }

    @Test func `a purchase whose key does not come back is left to its user after a day`() throws {
        let home = try Home(Self.means[0])
        try home.run(seed: 1, key: "first-key", Self.losingAnswer) { engine, _, _ in
            _ = try? await engine.buy(Self.request)
        }
        try home.run(seed: 2, key: "other-key", Self.answer) { engine, network, clock in
            try await clock.sleep(until: clock.now() + .seconds(25 * 3600))
            let left = try await engine.sweep(until: clock.now())
            #expect(left.purchases.map(\.state) == [.unresolved(isCharged: false)])
            #expect(network.requests.isEmpty)
        }
    }

    @Test func `a purchase of an account that was taken out of the settings is settled`() throws {
        let home = try Home(Self.means[0])
        let settings = URL(filePath: home.path + "/home/config.yaml")
        try FileManager.default.createDirectory(
            atPath: home.path + "/home", withIntermediateDirectories: true)
        try Data(
            """
            accounts:
              eu:
                provider: payer
                base_url: https://payer.example
                credential_files:
                  token: \(home.path)/key
            """.utf8
        ).write(to: settings)
        try Data("eu-key".utf8).write(to: URL(filePath: home.path + "/key"))
        try home.run(seed: 1, key: "first-key", Self.losingAnswer) { engine, _, _ in
            let request = BuyRequest(service: "telegram", country: "US", providers: ["eu"])
            await #expect(throws: MoonlineError.self) { try await engine.buy(request) }
        }
        try FileManager.default.removeItem(at: settings)
        try home.run(seed: 2, key: "first-key", Self.answer) { engine, network, clock in
            let left = try await engine.sweep(until: clock.now())
            #expect(left.unreachable == Set(left.purchases.map(\.id)) && !left.purchases.isEmpty)
            try await clock.sleep(until: clock.now() + .seconds(25 * 3600))
            let later = try await engine.sweep(until: clock.now())
            #expect(later.purchases.map(\.state) == [.unresolved(isCharged: false)])
            #expect(network.requests.isEmpty)
        }
    }

    @Test func `M1 a purchase whose definition cannot be read any more is not sent again`() throws {
        let home = try Home(Self.means[0])
        try home.run(seed: 1, key: "first-key", Self.losingAnswer) { engine, _, _ in
            await #expect(throws: MoonlineError.self) { try await engine.buy(Self.request) }
        }
        let journal = try DatabaseQueue(path: home.path + "/home/journal.sqlite")
        try journal.write { try $0.execute(sql: "UPDATE definition SET source = 'return 1'") }
        let edited = Self.means[0].replacing("\"/orders\"", with: "\"/v2/orders\"")
        try Data(edited.utf8).write(to: URL(filePath: home.path + "/providers/payer.lua"))
        try home.run(seed: 2, key: "first-key", Self.answer) { engine, network, clock in
            try await engine.sweep(until: clock.now() + .seconds(300))
            #expect(!network.requests.contains { $0.method == "POST" })
            #expect(try await engine.openPurchases().map(\.state) == [.unknown])
        }
    }

    @Test func `an order that another key does not know is not lost`() throws {
        let home = try Home(Self.means[0])
        try home.run(seed: 1, key: "first-key", Self.answer) { engine, _, _ in
            _ = try await engine.buy(Self.request)
        }
        try home.run(seed: 2, key: "other-key", Self.answer) { engine, _, _ in
            let order = try #require(try await engine.orders().first)
            _ = try? await engine.code(of: order.id, within: .seconds(60))
            #expect(try await engine.orders().map(\.state) == [.waiting])
        }
    }

    @Test func `an order of another address is not asked for`() throws {
        let home = try Home(Self.means[0])
        try home.run(seed: 1, key: "first-key", Self.answer) { engine, _, _ in
            _ = try await engine.buy(Self.request)
        }
        try home.run(
            seed: 2, key: "first-key", address: "https://other.example", Self.answer
        ) { engine, network, clock in
            let order = try #require(try await engine.orders().first)
            try await clock.sleep(until: clock.now() + .seconds(60))
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.cancel(order.id)
            }
            #expect(error?.message.contains("bought at https://payer.example") == true)
            #expect(error?.message.contains("MOONLINE_PAYER_BASE_URL") == true)
            #expect(network.requests.isEmpty)
            try await clock.sleep(until: order.expiresAt + .seconds(25 * 3600))
            _ = try await engine.sweep(until: clock.now())
            #expect(try await engine.orders(openOnly: true).isEmpty)
        }
    }
}
