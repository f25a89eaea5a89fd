import Foundation
import Moonline
import MoonlineTestKit
import OrderKernel
import Synchronization
import Testing

/// A purchase that was lost under another text of its definition.
struct OtherTextTests {
    private static func definition(_ credential: String) -> String {
        """
        return provider {
          api = 1, id = "rows", name = "Rows", version = "1", base_url = "https://rows.example",
          credentials = { \(credential) = { label = "Key" } },
          auth = { bearer = "{\(credential)}" },
          limits = { { requests = 600, per = "1m" } }, polling = { first = "2s", every = "2s" },
          currency = "USD", lifetime = "20m", settles_within = "20s",
          aliases = { services = { telegram = "t" }, countries = { US = "us" } },
          operations = {
            offers = { get = "/offers", each = "$[]", reply = { price = "price" } },
            buy = { post = "/buy", reply = { id = "id", phone = "phone" } },
            list = { get = "/\(credential)", each = "$[]", reply = { id = "id", status = "s" } },
          },
        }
        """
    }

    private static func answer(
        _ request: SimulatedNetwork.Request
    ) -> SimulatedNetwork.Reply {
        switch request.path {
        case "/buy": .silence
        case "/offers": .answer(status: 200, body: #"[{"price":0.5}]"#)
        default: .answer(status: 200, body: "[]")
        }
    }

    // The key is the same, but the variable that the earlier text reads is gone.
    @Test func `M2 the list of the present text does not settle it`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "texts-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(
            atPath: folder + "/providers", withIntermediateDirectories: true)
        func run(
            _ credential: String,
            _ work:
                @escaping @Sendable (Engine, SimulatedNetwork, SimulatedClock) async throws -> Void
        ) throws {
            let file = URL(filePath: folder + "/providers/rows.lua")
            try Data(Self.definition(credential).utf8).write(to: file)
            let simulation = EngineSimulation(
                seed: 1, providers: folder + "/providers",
                environment: ["MOONLINE_ROWS_\(credential.uppercased())": "key-0123456789"])
            try simulation.run(home: folder + "/home", respond: Self.answer) {
                [clock = simulation.clock] engine, network in
                try await work(engine, network, clock)
            }
        }
        try run("api_key") { engine, _, clock in
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    _ = try? await engine.buy(BuyRequest(service: "telegram", country: "US"))
                }
                while (try? await engine.openPurchases())?.first?.state != .unknown {
                    try? await clock.sleep(until: clock.now() + .seconds(1))
                }
                group.cancelAll()
            }
        }
        try run("token") { engine, network, clock in
            let lost = try #require(try await engine.openPurchases().first)
            _ = try await engine.sweep(until: clock.now() + .seconds(200))
            _ = try? await engine.buy(BuyRequest(service: "telegram", country: "US"))
            #expect(network.requests.contains { $0.path == "/token" })
            #expect(try await engine.openPurchases().contains { $0.id == lost.id })
        }
    }
}
