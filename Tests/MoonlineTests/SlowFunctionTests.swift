import Foundation
import Moonline
import MoonlineTestKit
import OrderKernel
import Testing

/// Functions of a definition that take their time before they send anything.
struct SlowFunctionTests {
    private static let definition = """
        return provider {
          api = 1, id = "slow", name = "Slow", version = "1",
          base_url = "https://slow.example",
          credentials = { token = { label = "Token" } },
          auth = { bearer = "{token}" },
          limits = { { requests = 60, per = "1m" } },
          polling = { first = "2s", every = "2s" },
          currency = "USD", lifetime = "10m",
          aliases = { services = { telegram = "tg" }, countries = { US = "us" } },
          operations = {
            offers = { get = "/offers", each = "$[]",
              reply = { service = "service", country = "country", price = "price",
                        available = "count" } },
            buy = { post = "/orders", reply = { id = "id", phone = "phone" } },
            check = function(order)
              sleep("1s")
              local body = json.decode(http.get("/orders/" .. order.id).body)
              return { status = body.status, code = body.code }
            end,
            cancel = function(order)
              sleep("1s")
              http.request("DELETE", "/orders/" .. order.id)
              return {}
            end,
          },
        }
        """

    private static func answer(_ request: SimulatedNetwork.Request) -> SimulatedNetwork.Reply {
        let body =
            switch (request.method, request.path) {
            case ("GET", "/offers"):
                #"[{"service":"tg","country":"us","price":0.5,"count":9}]"#
            case ("POST", "/orders"): #"{"id":"1","phone":"+12025550123"}"#
            default: #"{"status":"waiting"}"#
            }
        return .answer(status: 200, body: body)
    }

    @Test(.timeLimit(.minutes(10)))
    func `its request leaves when it is ready, no sooner than the minimum allows (L2)`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "moonline-slow-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(
            atPath: folder + "/providers", withIntermediateDirectories: true)
        try Data(Self.definition.utf8).write(to: URL(filePath: folder + "/providers/slow.lua"))
        let simulation = EngineSimulation(
            seed: 1, providers: folder + "/providers",
            environment: ["MOONLINE_SLOW_TOKEN": "secret"])
        try simulation.run(home: folder + "/home", respond: Self.answer) { engine, network in
            let number = try await engine.buy(BuyRequest(service: "telegram", country: "US"))
            _ = await #expect(throws: MoonlineError.self) {
                try await number.code(within: .seconds(15))
            }
            let cancelled = try await engine.cancel(number.id)
            #expect(cancelled.state == .cancelled)
            let looks = network.requests.filter { $0.method == "GET" && $0.path == "/orders/1" }
            #expect(looks.count >= 3)
            for (first, second) in zip(looks, looks.dropFirst()) {
                #expect(second.at - first.at >= .seconds(2))
            }
            #expect(network.requests.count { $0.method == "DELETE" } == 1)
        }
    }
}
