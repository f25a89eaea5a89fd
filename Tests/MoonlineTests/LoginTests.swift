import Moonline
import MoonlineTestKit
import OrderKernel
import Synchronization
import Testing

/// Providers that trade the account's credentials for a token (TextVerified's way).
struct LoginTests {
    private static let definition = """
        return provider {
          api = 1, id = "twostep", name = "Two Step", version = "1",
          base_url = "https://twostep.example/api",
          credentials = { api_key = { label = "Key" }, username = { label = "Name" } },
          auth = {
            login = { post = "/auth", token = "token", expires_at = "expiresAt", lifetime = "15m",
                      header = { ["X-Key"] = "{api_key}", ["X-Name"] = "{username}" } },
            bearer = "{login}",
          },
          limits = { { requests = 600, per = "1m" } },
          currency = "USD", aliases = { services = { telegram = "tg" }, countries = { US = "us" } },
          operations = {
            balance = { get = "/me", reply = { amount = "money" } },
            buy = { post = "/orders", reply = { id = "id", phone = "phone" } },
            check = { get = "/orders/{id}", reply = { status = "status" } },
            offers = { get = "/offers", each = "$[]", auth = false,
              reply = { service = "service", country = "country", price = "price" } },
          },
        }
        """

    /// A provider that gives out numbered tokens, and takes only the newest.
    private final class Server: Sendable {
        private let issued = Mutex(0)
        private let lifetime: String?
        private let refusesAll: Bool

        private let seconds: Int?

        init(lifetime: String? = nil, seconds: Int? = nil, refusesAll: Bool = false) {
            self.seconds = seconds
            self.lifetime = lifetime
            self.refusesAll = refusesAll
        }

        /// Whether a login gets no answer.
        let isMute = Mutex(false)
        /// A path at whose first request the token is worthless.
        let revokesAt = Mutex<String?>(nil)

        /// Makes the tokens so far worthless.
        func revoke() { issued.withLock { issued in issued += 1 } }

        func answer(_ request: SimulatedNetwork.Request) -> SimulatedNetwork.Reply {
            if request.path == "/api/auth" {
                if isMute.withLock({ $0 }) { return .silence }
                guard !refusesAll else { return .answer(status: 401, body: "{}") }
                let number = issued.withLock { issued in
                    issued += 1
                    return issued
                }
                let end =
                    (lifetime.map { #","expiresAt":"\#($0)""# } ?? "")
                    + (seconds.map { #","seconds":\#($0)"# } ?? "")
                return .answer(status: 200, body: #"{"token":"session-\#(number)"\#(end)}"#)
            }
            if request.path == "/api/offers" {
                return .answer(
                    status: 200, body: #"[{"service":"tg","country":"us","price":0.5}]"#)
            }
            if request.path == revokesAt.withLock({ $0 }) {
                revokesAt.withLock { path in path = nil }
                revoke()
            }
            let current = issued.withLock { "session-\($0)" }
            guard request.secrets == [current] else { return .answer(status: 401, body: "{}") }
            if request.path == "/api/orders/1" {
                return .answer(status: 200, body: #"{"status":"waiting"}"#)
            }
            return request.path == "/api/me"
                ? .answer(status: 200, body: #"{"money":"9.00"}"#)
                : .answer(status: 200, body: #"{"id":"1","phone":"+12025550123"}"#)
        }
    }

    private func run(
        _ server: Server,
        _ definition: String = definition,
        _ work: @escaping @Sendable (Engine, SimulatedNetwork, SimulatedClock) async throws -> Void
    ) throws {
        try DefinitionStage(
            id: "twostep", definition: definition,
            environment: ["MOONLINE_TWOSTEP_API_KEY": "key", "MOONLINE_TWOSTEP_USERNAME": "name"]
        ).run({ server.answer($0) }, work)
    }

    private static func logins(_ network: SimulatedNetwork) -> [SimulatedNetwork.Request] {
        network.requests.filter { $0.path == "/api/auth" }
    }

    @Test func `the credentials go to the login alone, and its token to all else`() throws {
        try run(Server()) { engine, network, _ in
            #expect(try await engine.balances().count == 1)
            _ = try await engine.buy(BuyRequest(service: "telegram", country: "US"))
            let logins = Self.logins(network)
            #expect(logins.map(\.secrets) == [["key", "name"]])
            #expect(logins.map(\.credential) == ["header X-Key and header X-Name"])
            for request in network.requests where request.path != "/api/auth" {
                let isPublic = request.path == "/api/offers"
                #expect(request.secrets == (isPublic ? [] : ["session-1"]))
                #expect(request.credential == (isPublic ? "none" : "bearer"))
            }
        }
    }

    @Test(arguments: [1, 7, 8193])
    func `a token of a length that none has is refused`(_ length: Int) throws {
        let token = String(repeating: "t", count: length)
        try DefinitionStage(
            id: "twostep", definition: Self.definition,
            environment: ["MOONLINE_TWOSTEP_API_KEY": "key", "MOONLINE_TWOSTEP_USERNAME": "name"]
        ).run({ request in
            .answer(status: 200, body: #"{"token":"\#(token)","money":"9.00"}"#)
        }) { engine, network, _ in
            let answer = try #require(try await engine.balances().first).result
            guard case .failure(let error) = answer else {
                Issue.record("the token was used")
                return
            }
            #expect(error.code == .protocol)
            #expect(error.message.contains("\(length) bytes, 8 to 8192 are expected"))
            #expect(network.requests.allSatisfy { $0.path == "/api/auth" })
        }
    }

    @Test func `a login may carry its credentials in its body, and tell seconds`() throws {
        let login = #"""
            login = { post = "/auth", token = "token", expires_in = "seconds",
                      json = { name = "{username}", key = "{api_key}", kind = "user" } },
            """#
        let definition = Self.definition.replacing(
            #/login = \{ post[\s\S]*?\} \},/#, with: login)
        #expect(definition != Self.definition)
        try run(Server(seconds: 300), definition) { engine, network, clock in
            _ = try await engine.balances()
            let request = try #require(Self.logins(network).first)
            #expect(request.body == #"{"kind":"user"}"#)
            #expect(request.secrets == ["key", "name"] || request.secrets == ["name", "key"])
            #expect(Set(request.credential.split(separator: " ")).isSuperset(of: ["json", "key"]))
            try await clock.sleep(until: clock.now() + .seconds(239))
            _ = try await engine.balances()
            #expect(Self.logins(network).count == 1)
            try await clock.sleep(until: clock.now() + .seconds(3))
            _ = try await engine.balances()
            #expect(Self.logins(network).count == 2)
        }
    }

    @Test func `who waits for another's login can stop waiting`() throws {
        let server = Server()
        server.isMute.withLock { $0 = true }
        try run(server) { engine, network, clock in
            async let first = try? engine.balances()
            try await clock.sleep(until: clock.now() + .seconds(1))
            let begin = clock.now()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<3 { group.addTask { _ = try? await engine.balances() } }
                try? await clock.sleep(until: begin + .seconds(1))
                group.cancelAll()
            }
            #expect((clock.now() - begin).milliseconds < 2000)
            #expect(Self.logins(network).count == 1)
            server.isMute.withLock { $0 = false }
            _ = await first
            #expect(try await engine.balances().count == 1)
        }
    }

    @Test func `many requests at once wait for one login`() throws {
        try run(Server()) { engine, network, clock in
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<5 { group.addTask { _ = try? await engine.balances() } }
            }
            #expect(Self.logins(network).count == 1)
        }
    }

    @Test(
        arguments: [(nil, 839, 1), (nil, 841, 2), ("2026-11-01T00:05:00Z", 239, 1)]
            as [(String?, Int64, Int)] + [("2026-11-01T00:05:00Z", 241, 2)])
    func `a token is used until a minute before its end`(
        _ expiry: String?, _ seconds: Int64, _ logins: Int
    ) throws {
        try run(Server(lifetime: expiry)) { engine, network, clock in
            _ = try await engine.balances()
            try await clock.sleep(until: clock.now() + .seconds(seconds))
            _ = try await engine.balances()
            #expect(Self.logins(network).count == logins)
        }
    }

    @Test func `a token that is no longer taken is got anew, once`() throws {
        let server = Server()
        try run(server) { engine, network, clock in
            _ = try await engine.balances()
            server.revoke()
            #expect(try await engine.balances().count == 1)
            #expect(Self.logins(network).count == 2)
        }
    }

    @Test func `a purchase whose token was not taken bought nothing, and is not repeated`() throws {
        let server = Server()
        try run(server) { engine, network, clock in
            server.revokesAt.withLock { path in path = "/api/orders" }
            await #expect {
                try await engine.buy(.init(service: "telegram", country: "US"))
            } throws: {
                ($0 as? MoonlineError)?.code == .auth
            }
            #expect(network.requests.count { $0.path == "/api/orders" } == 1)
            _ = try await engine.buy(BuyRequest(service: "telegram", country: "US"))
        }
    }

    @Test func `L2 a look whose token was not taken keeps its minimum`() throws {
        let server = Server()
        try run(server) { engine, network, _ in
            let number = try await engine.buy(BuyRequest(service: "telegram", country: "US"))
            server.revokesAt.withLock { path in path = "/api/orders/1" }
            _ = await #expect(throws: MoonlineError.self) {
                try await number.code(within: .seconds(30))
            }
            let looks = network.requests.filter { $0.path == "/api/orders/1" }
            #expect(looks.count >= 4 && Self.logins(network).count == 2)
            for (first, second) in zip(looks, looks.dropFirst()) {
                #expect(second.at - first.at >= .seconds(5))
            }
        }
    }

    @Test func `a refused login buys nothing and says what to check`() throws {
        try run(Server(refusesAll: true)) { engine, network, clock in
            await #expect {
                try await engine.buy(.init(service: "telegram", country: "US"))
            } throws: {
                let error = $0 as? MoonlineError
                return error?.code == .auth
                    && error?.message.contains("check the credentials") == true
            }
            #expect(network.requests.filter { $0.path == "/api/orders" }.isEmpty)
        }
    }
}
