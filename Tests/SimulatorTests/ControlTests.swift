import Simulator
import Testing

struct ControlTests {
    static let failures: [(SimulatedProvider, String, String)] = [
        (.legitSMS, "GET /balance", #""data":{"status":"#),
        (.iSMScode, "GET /services", #"{"status":"error","#),
        (.smsCode, "GET /balance", #"{"success":false,"error":{"#),
        (.virtualSMS, "GET /customer/balance", #""code":"internal_error"}"#),
        (.virtualSMSLegacy, "GET ?action=getBalance", "SERVER_ERROR"),
    ]

    @Test(arguments: failures, [500, 502, 503])
    func `a server error has the provider's own form and strikes once`(
        failure: (provider: SimulatedProvider, line: String, fragment: String), status: Int
    ) async throws {
        try await Simulation.run { simulation in
            let added = try await simulation.control(
                "POST /faults", json: #"{"kind":"\#(status)"}"#)
            #expect(added.status == 201)
            try await Row(failure.line, status, failure.fragment)
                .check(failure.provider, in: simulation)
            #expect(try await simulation.send(failure.provider, failure.line).status == 200)
        }
    }

    @Test func `a fault strikes what its rule names until it is cleared`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.faults = [FaultRule(kind: .html, provider: .legitSMS, operation: .balance)]
        configuration.faults[0].count = 0
        try await Simulation.run(configuration) { simulation in
            for _ in 1...3 {
                try await Row("GET /balance", 200, "<!DOCTYPE html>")
                    .check(.legitSMS, in: simulation)
            }
            try await Row("GET /services", 200, "success").check(.legitSMS, in: simulation)
            try await Row("GET /balance", 200, "success").check(.smsCode, in: simulation)
            #expect(try await simulation.control("DELETE /faults").status == 204)
            try await Row("GET /balance", 200, "25.50").check(.legitSMS, in: simulation)
        }
    }

    @Test(arguments: [
        ("{}", "the body must be"),
        (#"{"kind":"504"}"#, "unknown kind '504'"),
        (#"{"kind":"500","provider":"x"}"#, "unknown provider 'x'"),
        (#"{"kind":"500","operation":"x"}"#, "unknown operation 'x'"),
        (#"{"kind":"500","count":-1}"#, "the count '-1'"),
    ])
    func `a fault that cannot be read is refused`(json: String, message: String) async throws {
        try await Simulation.run { simulation in
            let answer = try await simulation.control("POST /faults", json: json)
            #expect(answer.status == 400)
            #expect(answer.text.contains(message))
        }
    }

    @Test func `the state tells charges, requests and the times of polls`() async throws {
        try await Simulation.run { simulation in
            let id = try await simulation.buy(.legitSMS)
            for _ in 1...3 {
                simulation.clock.advance(seconds: 2)
                _ = try await simulation.send(.legitSMS, "GET /status?order_id=\(id)")
            }
            let state = try await simulation.control("GET /state")
            let charge = #""amount":1.20,"state":"waiting","refunded":false,"bought_ms":0}]"#
            #expect(state.text.contains(charge))
            #expect(state.text.contains(#""requests":{"buy":1,"check":3}"#))
            #expect(state.text.contains(#""polls":{"\#(id)":[2000,4000,6000]}"#))
        }
    }

    @Test(arguments: [
        ("Your code is 44921.", "44921"),
        ("G-583920 is your Google verification code.", "583920"),
        ("Your WhatsApp code: 583-920", "583920"),
        ("583 920 is your Instagram code.", "583920"),
        ("Call 12 or use 7261", "7261"),
    ])
    func `a message is delivered at once`(text: String, code: String) async throws {
        try await Simulation.run { simulation in
            let id = try await simulation.buy(.legitSMS)
            let message = #"{"provider":"legitsms","order_id":"\#(id)","text":"\#(text)"}"#
            #expect(try await simulation.control("POST /message", json: message).status == 204)
            try await Row("GET /status?order_id=\(id)", 200, #""code":"\#(code)""#)
                .check(.legitSMS, in: simulation)
        }
    }

    @Test func `a message without an open order is refused`() async throws {
        try await Simulation.run { simulation in
            let id = try await simulation.buy(.legitSMS)
            _ = try await simulation.send(
                .legitSMS, "POST /set_status?status=8&order_id=\(id)")
            for (id, status) in [(id, 409), ("none", 404)] {
                let message = #"{"provider":"legitsms","order_id":"\#(id)","text":"1234"}"#
                let answer = try await simulation.control("POST /message", json: message)
                #expect(answer.status == status)
            }
        }
    }

    @Test func `the same seed gives the same numbers and another seed others`() async throws {
        let phone = try await firstPhone(seed: 7)
        #expect(try await firstPhone(seed: 7) == phone)
        #expect(try await firstPhone(seed: 8) != phone)
    }

    private func firstPhone(seed: UInt64) async throws -> String {
        var configuration = SimulatorConfiguration()
        configuration.seed = seed
        return try await Simulation.run(configuration) { simulation in
            try await simulation.send(.legitSMS, "POST /order?service=wa&country=16")
                .member("phone")
        }
    }
}
