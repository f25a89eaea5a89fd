import HTTPTypes
import Simulator
import Testing

struct ISMScodeTests {
    static let request = "POST /numbers/request"

    static let rows = [
        Row("GET /countries", 200, #"{"code":"GB","name":"United Kingdom","prefix":"+44"}"#),
        Row("GET /services", 200, #""services":["whatsapp","telegram","google","#),
        Row("GET /services", 200, #""amazon"]}"#),
        Row(
            request, json: #"{"country":"US","service":"whatsapp"}"#, 200,
            #""country":"US","service":"whatsapp","expires_at":"2026-03-21T20:15:00Z"}}"#),
        Row(request, json: #"{"country":"XX","service":"whatsapp"}"#, 400, "invalid_country"),
        Row(request, json: #"{"service":"whatsapp"}"#, 400, "invalid_country"),
        Row(request, json: #"{"country":"US","service":"nope"}"#, 400, "invalid_service"),
        Row(request, json: "not json", 400, #"{"status":"error","code":"invalid_country""#),
        Row(request, json: #"{"country":"RU","service":"facebook"}"#, 404, "no_numbers_available"),
        Row("GET /numbers/num_x/sms", 404, #""status":"error""#),
    ]

    @Test(arguments: rows)
    func `every endpoint answers as documented`(row: Row) async throws {
        try await Simulation.run { try await row.check(.iSMScode, in: $0) }
    }

    @Test(arguments: [nil, "wrong"])
    func `a bad key is refused`(key: String?) async throws {
        try await Simulation.run { simulation in
            let answer = try await simulation.send(.iSMScode, "GET /countries", key: key)
            #expect(answer.status == 401)
            #expect(answer.text.contains(#"{"status":"error","code":"unauthorized""#))
        }
    }

    @Test func `the key may come in its own header`() async throws {
        try await Simulation.run { simulation in
            let name = try #require(HTTPField.Name("API-Key"))
            let answer = try await simulation.send(
                .iSMScode, "GET /countries", key: nil, headers: [name: "sim-ismscode-key"])
            #expect(answer.status == 200)
        }
    }

    @Test func `a number without balance is refused`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.openingBalanceUSDCents = [.iSMScode: 10]
        try await Simulation.run(configuration) { simulation in
            try await Row(
                Self.request, json: #"{"country":"US","service":"whatsapp"}"#, 402,
                #""message":"Not enough balance to request this number."}"#
            ).check(.iSMScode, in: simulation)
        }
    }

    @Test func `a message arrives with sender, text and time`() async throws {
        try await Simulation.run { simulation in
            let id = try await simulation.buy(.iSMScode)
            try await Row("GET /numbers/\(id)/sms", 200, #"{"status":"success","sms":[]}"#)
                .check(.iSMScode, in: simulation)
            simulation.clock.advance(seconds: 20)
            let fragment = #""sms":[{"from":"WhatsApp","text":"Your WhatsApp code: "#
            try await Row("GET /numbers/\(id)/sms", 200, fragment)
                .check(.iSMScode, in: simulation)
        }
    }

    @Test func `an expired number is refunded`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.silentServices = ["whatsapp"]
        try await Simulation.run(configuration) { simulation in
            _ = try await simulation.buy(.iSMScode)
            simulation.clock.advance(seconds: 15 * 60)
            let state = try await simulation.control("GET /state")
            #expect(state.text.contains(#""state":"expired","refunded":true"#))
        }
    }
}
