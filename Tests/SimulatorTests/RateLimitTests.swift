import Simulator
import Testing

struct RateLimitTests {
    static let limits: [(SimulatedProvider, Int, String, String)] = [
        (.legitSMS, 600, "GET /balance", "rate_limited"),
        (.iSMScode, 600, "GET /services", "rate_limit_exceeded"),
        (.smsCode, 300, "GET /balance", "RATE_LIMIT_EXCEEDED"),
        (.virtualSMS, 60, "GET /customer/balance", "Too Many Requests"),
        (.virtualSMSLegacy, 600, "GET ?action=getBalance", "Too Many Requests"),
    ]

    @Test(arguments: limits)
    func `the request beyond the limit waits for the window`(
        provider: SimulatedProvider, limit: Int, line: String, word: String
    ) async throws {
        try await Simulation.run { simulation in
            for _ in 1...limit {
                let answer = try await simulation.send(provider, line)
                try #require(answer.status == 200)
            }
            simulation.clock.advance(seconds: 18)
            let refused = try await simulation.send(provider, line)
            #expect(refused.status == 429)
            #expect(refused.retryAfter == "42")
            #expect(refused.text.contains(word))
            simulation.clock.advance(seconds: 42)
            #expect(try await simulation.send(provider, line).status == 200)
        }
    }

    @Test func `each key has a limit and an account of its own`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.keys[.virtualSMS] = ["first", "second"]
        try await Simulation.run(configuration) { simulation in
            for _ in 1...60 {
                _ = try await simulation.send(
                    .virtualSMS, "GET /customer/balance", key: "first")
            }
            let first = try await simulation.send(
                .virtualSMS, "GET /customer/balance", key: "first")
            #expect(first.status == 429)
            let second = try await simulation.send(
                .virtualSMS, "POST /customer/purchase",
                json: #"{"service":"tg","country":"GB"}"#, key: "second")
            #expect(second.status == 200)
            let state = try await simulation.control("GET /state")
            #expect(state.text.contains(#""virtualsms":{"currency":"USD","balance":25.50,"#))
            #expect(state.text.contains(#""virtualsms#2":{"currency":"USD","balance":25.00,"#))
        }
    }

    @Test func `speed shortens window, hold and code, but no wait below a second`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.speed = 60
        try await Simulation.run(configuration) { simulation in
            let id = try await simulation.buy(.virtualSMS)
            try await Row("POST /customer/cancel/\(id)", 425, #""seconds_remaining":2}"#)
                .check(.virtualSMS, in: simulation)
            for _ in 1...58 {
                _ = try await simulation.send(.virtualSMS, "GET /customer/balance")
            }
            let refused = try await simulation.send(.virtualSMS, "GET /customer/balance")
            #expect(refused.retryAfter == "1")
            simulation.clock.advance(seconds: 1)
            try await Row("GET /customer/order/\(id)", 200, "completed")
                .check(.virtualSMS, in: simulation)
        }
    }
}
