import Simulator
import Testing

struct LegitSMSTests {
    static let rows = [
        Row("GET /countries", 200, #""6":{"id":6,"eng":"Indonesia","rus":"Индонезия"}"#),
        Row("GET /services", 200, #"{"id":"wa","name":"WhatsApp"}"#),
        Row("GET /operators?country=6", 200, #""country":"6","operators":["telkomsel","#),
        Row(
            "GET /operators?country=43", 400,
            #"{"code":"provider_error","message":"OPERATORS_NOT_FOUND","data":{"status":400}}"#),
        Row("GET /operators", 400, #""code":"missing_params""#),
        Row(
            "GET /prices?service=wa&country=16", 200,
            #"{"country":"16","service":"wa","cost":1.20,"count":673}"#),
        Row("GET /prices?service=fb&country=0", 200, #""count":0}"#),
        Row("GET /prices?service=zz&country=16", 400, #""code":"provider_error""#),
        Row("GET /prices?service=wa&country=999", 404, #""code":"stock_error""#),
        Row("GET /balance", 200, #"{"balance":25.50,"currency":"USD"}"#),
        Row("POST /order?service=wa", 400, #""code":"missing_params""#),
        Row("POST /order?service=fb&country=0", 404, #""code":"stock_error""#),
        Row("POST /order?service=tg&country=16", 400, #""code":"order_failed""#),
        Row("POST /order?service=wa&country=16", 200, #""cost":1.20,"msg":"Waiting for SMS"}"#),
        Row("GET /status", 400, #""code":"missing_params""#),
        Row("GET /status?order_id=1", 404, #""code":"not_found""#),
        Row("POST /set_status?order_id=1&status=7", 400, #""code":"invalid_status""#),
        Row("POST /set_status?order_id=1&status=8", 404, #""code":"not_found""#),
        Row("POST /reuse?order_id=1", 404, #""code":"not_found""#),
    ]

    @Test(arguments: rows)
    func `every endpoint answers as documented`(row: Row) async throws {
        var configuration = SimulatorConfiguration()
        configuration.emptiedOffers = ["telegram/GB"]
        try await Simulation.run(configuration) { try await row.check(.legitSMS, in: $0) }
    }

    @Test(arguments: [nil, "wrong"])
    func `a bad key is refused`(key: String?) async throws {
        try await Simulation.run { simulation in
            let answer = try await simulation.send(.legitSMS, "GET /balance", key: key)
            #expect(answer.status == 401)
            #expect(answer.text.contains(#""code":"invalid_key""#))
        }
    }

    @Test func `an order without funds is refused`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.openingBalanceUSDCents = [.legitSMS: 119]
        try await Simulation.run(configuration) { simulation in
            let answer = try await simulation.send(
                .legitSMS, "POST /order?service=wa&country=16")
            #expect(answer.status == 402)
            #expect(answer.text.contains(#""code":"insufficient_funds""#))
        }
    }

    @Test func `a cancelled order is refunded once and its number returns`() async throws {
        try await Simulation.run { simulation in
            let id = try await simulation.buy(.legitSMS)
            try await Row("GET /balance", 200, "24.30").check(.legitSMS, in: simulation)
            try await Row("GET /prices?service=wa&country=16", 200, #""count":672"#)
                .check(.legitSMS, in: simulation)
            let cancel = "POST /set_status?status=8&order_id=\(id)"
            let success = #"{"status":"success","message":"Order cancelled and refunded"}"#
            try await Row(cancel, 200, success).check(.legitSMS, in: simulation)
            try await Row("GET /balance", 200, "25.50").check(.legitSMS, in: simulation)
            try await Row("GET /prices?service=wa&country=16", 200, #""count":673"#)
                .check(.legitSMS, in: simulation)
            try await Row("GET /status?order_id=\(id)", 200, #"{"status":"STATUS_CANCELLED"}"#)
                .check(.legitSMS, in: simulation)
            try await Row(cancel, 400, #""code":"already_closed""#)
                .check(.legitSMS, in: simulation)
            try await Row("GET /balance", 200, "25.50").check(.legitSMS, in: simulation)
        }
    }

    @Test func `a code arrives in time and ends the right to cancel`() async throws {
        try await Simulation.run { simulation in
            let id = try await simulation.buy(.legitSMS)
            simulation.clock.advance(seconds: 7)
            try await Row("GET /status?order_id=\(id)", 200, #"{"status":"STATUS_WAIT_CODE"}"#)
                .check(.legitSMS, in: simulation)
            simulation.clock.advance(seconds: 13)
            try await Row("GET /status?order_id=\(id)", 200, #"{"status":"STATUS_OK","code":""#)
                .check(.legitSMS, in: simulation)
            try await Row("POST /set_status?status=8&order_id=\(id)", 400, "cancel_failed")
                .check(.legitSMS, in: simulation)
            let finish = "POST /set_status?status=6&order_id=\(id)"
            try await Row(finish, 200, "Order finished").check(.legitSMS, in: simulation)
            try await Row(finish, 400, "already_closed").check(.legitSMS, in: simulation)
            try await Row("GET /balance", 200, "24.30").check(.legitSMS, in: simulation)
        }
    }

    @Test func `an order that expires is refunded`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.silentServices = ["whatsapp/GB"]
        try await Simulation.run(configuration) { simulation in
            let id = try await simulation.buy(.legitSMS)
            simulation.clock.advance(seconds: 20 * 60 - 1)
            try await Row("GET /status?order_id=\(id)", 200, "STATUS_WAIT_CODE")
                .check(.legitSMS, in: simulation)
            simulation.clock.advance(seconds: 1)
            try await Row("GET /status?order_id=\(id)", 200, "STATUS_CANCELLED")
                .check(.legitSMS, in: simulation)
            try await Row("GET /balance", 200, "25.50").check(.legitSMS, in: simulation)
        }
    }

    @Test func `a number is sold again within 14 days`() async throws {
        try await Simulation.run { simulation in
            let id = try await simulation.buy(.legitSMS)
            let reuse = "POST /reuse?order_id=\(id)"
            try await Row(reuse, 400, "reuse_failed").check(.legitSMS, in: simulation)
            simulation.clock.advance(seconds: 14 * 24 * 60 * 60)
            let success = #""cost":1.20,"msg":"Reuse successful. Waiting for SMS."}"#
            try await Row(reuse, 200, success).check(.legitSMS, in: simulation)
            try await Row("GET /balance", 200, "23.10").check(.legitSMS, in: simulation)
            simulation.clock.advance(seconds: 1)
            try await Row(reuse, 400, "reuse_failed").check(.legitSMS, in: simulation)
        }
    }

    @Test func `parameters of an order may come as a form`() async throws {
        try await Simulation.run { simulation in
            let answer = try await simulation.send(
                .legitSMS, "POST /order", form: "service=wa&country=16")
            #expect(answer.status == 200)
            #expect(try answer.member("phone").hasPrefix("447"))
        }
    }
}
