import Simulator
import Testing

struct SMSCodeTests {
    static let rows = [
        Row("GET /balance", 200, #"{"success":true,"data":{"currency":"IDR","balance":382500}}"#),
        Row("GET /catalog/countries", 200, #"{"id":6,"name":"Indonesia","code":"ID"}"#),
        Row(
            "GET /catalog/products?country_id=6", 200,
            #"{"country_id":6,"platform_id":1,"platform_name":"WhatsApp","price":15450,"#),
        Row("GET /catalog/products?country_id=0&platform_id=4", 200, #""available_count":0}]"#),
        Row("GET /catalog/products?country_id=999", 200, #""data":[]"#),
        Row("GET /catalog/products?country_id=x", 400, #""code":"INVALID_PARAMETERS""#),
        Row(
            "POST /orders", json: #"{"country_id":6,"platform_id":1}"#, 200,
            #""status":"pending","expires_at":"2026-03-21T20:15:00Z"}}"#),
        Row(
            "POST /orders", json: #"{"country_id":"6","platform_id":1}"#, 400,
            #"{"success":false,"error":{"code":"INVALID_PARAMETERS","#),
        Row("POST /orders", json: #"{"country_id":6}"#, 400, "INVALID_PARAMETERS"),
        Row("POST /orders", json: "[]", 400, "INVALID_PARAMETERS"),
        Row(
            "POST /orders", json: #"{"country_id":0,"platform_id":4}"#, 404,
            "PRODUCT_UNAVAILABLE"),
        Row(
            "POST /orders", json: #"{"country_id":999,"platform_id":1}"#, 404,
            "PRODUCT_UNAVAILABLE"),
        Row("GET /orders/none", 404, "ORDER_NOT_FOUND"),
        Row("DELETE /orders/none", 404, "ORDER_NOT_FOUND"),
    ]

    @Test(arguments: rows)
    func `every endpoint answers as documented`(row: Row) async throws {
        try await Simulation.run { try await row.check(.smsCode, in: $0) }
    }

    @Test(arguments: [(nil, 401), ("wrong", 401), ("weak", 403)] as [(String?, Int)])
    func `a token without rights is refused`(key: String?, status: Int) async throws {
        var configuration = SimulatorConfiguration()
        configuration.keysWithoutPermission = ["weak"]
        try await Simulation.run(configuration) { simulation in
            let answer = try await simulation.send(.smsCode, "GET /balance", key: key)
            #expect(answer.status == status)
            #expect(answer.text.contains(#"{"success":false,"error":{"code":"#))
        }
    }

    @Test func `an order without balance is refused`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.openingBalanceUSDCents = [.smsCode: 102]
        try await Simulation.run(configuration) { simulation in
            try await Row(
                "POST /orders", json: #"{"country_id":6,"platform_id":1}"#, 402,
                "INSUFFICIENT_BALANCE"
            ).check(.smsCode, in: simulation)
        }
    }

    @Test func `an order is pending, then active, then completed with its code`() async throws {
        try await Simulation.run { simulation in
            let id = try await simulation.buy(.smsCode)
            try await Row("GET /orders/\(id)", 200, #""status":"pending","otp_code":null"#)
                .check(.smsCode, in: simulation)
            simulation.clock.advance(seconds: 2)
            try await Row("GET /orders/\(id)", 200, #""status":"active","otp_code":null"#)
                .check(.smsCode, in: simulation)
            simulation.clock.advance(seconds: 18)
            try await Row("GET /orders/\(id)", 200, #""status":"completed","otp_code":""#)
                .check(.smsCode, in: simulation)
            try await Row("DELETE /orders/\(id)", 400, "INVALID_PARAMETERS")
                .check(.smsCode, in: simulation)
        }
    }

    @Test func `a cancelled order is refunded and cannot be cancelled again`() async throws {
        try await Simulation.run { simulation in
            let id = try await simulation.buy(.smsCode)
            try await Row("GET /balance", 200, #""balance":364050"#)
                .check(.smsCode, in: simulation)
            try await Row("DELETE /orders/\(id)", 200, #""status":"cancelled"}}"#)
                .check(.smsCode, in: simulation)
            try await Row("GET /orders/\(id)", 200, #""status":"cancelled""#)
                .check(.smsCode, in: simulation)
            try await Row("GET /balance", 200, #""balance":382500"#)
                .check(.smsCode, in: simulation)
            try await Row("DELETE /orders/\(id)", 400, "INVALID_PARAMETERS")
                .check(.smsCode, in: simulation)
        }
    }

    @Test func `an expired order is refunded`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.silentServices = ["whatsapp"]
        try await Simulation.run(configuration) { simulation in
            let id = try await simulation.buy(.smsCode)
            simulation.clock.advance(seconds: 15 * 60)
            try await Row("GET /orders/\(id)", 200, #""status":"expired","otp_code":null"#)
                .check(.smsCode, in: simulation)
            try await Row("GET /balance", 200, #""balance":382500"#)
                .check(.smsCode, in: simulation)
        }
    }
}
