import HTTPTypes
import Simulator
import Testing

/// SMSCode as its client libraries speak to it.
struct SMSCodeContractTests {
    private static let create = #"{"catalog_product_id":1161,"policy":"cheapest","quantity":1}"#

    private static func run(
        _ test: @Sendable (Simulation) async throws -> Void
    ) async throws {
        var configuration = SimulatorConfiguration()
        configuration.speaksContract = true
        try await Simulation.run(configuration, test)
    }

    private static let rows = [
        Row(
            "GET /v2/balance", 200,
            #""balance":{"amount":"25.50","currency":"USD","canonical_amount":382500,"#),
        Row(
            "GET /v2/catalog/countries", 200,
            #"{"id":6,"code":"id","name":"Indonesia","dial_code":"62","active":true}"#),
        Row("GET /v2/catalog/products?country_id=16", 200, #""catalog_product_id":1161"#),
        Row("GET /v2/catalog/products?country_id=999", 200, #""data":[]"#),
        Row("GET /v2/catalog/exchange-rate", 200, #""pair":"USD/IDR","rate":15000"#),
        Row("POST /v2/orders/create", json: create, 200, #""status":"ACTIVE""#),
        Row("POST /v2/orders/create", json: "{}", 422, "VALIDATION_ERROR"),
        Row(
            "POST /v2/orders/create", json: #"{"catalog_product_id":1}"#, 422,
            "NO_OFFER_AVAILABLE"),
        Row("GET /v1/balance", 200, #"{"currency":"IDR","balance":382500}"#),
        Row("GET /v2/balance", 200, #""meta":{"fx":{"pair":"USD/IDR","rate":15000,"#),
        Row("GET /v2/catalog/services", 200, #"{"id":1,"code":"whatsapp","name":"WhatsApp","#),
        Row(
            "GET /v1/catalog/products?platform_id=1&limit=2&page=2", 200,
            #""meta":{"page":2,"limit":2,"count":2}"#),
        Row(
            "POST /v2/orders/create", json: #"{"catalog_product_id":1161,"max_price":"0.01"}"#,
            422, "NO_OFFER_AVAILABLE"),
        Row(
            "POST /v1/orders/create", json: #"{"product_id":11610,"quantity":2}"#, 200,
            #""failed_count":0"#),
        Row("GET /v2/webhook", 200, #""webhook_url":null"#),
        Row("POST /v2/webhook/test", 422, "VALIDATION_ERROR"),
        Row("GET /v1/orders/1", 404, "NOT_FOUND"),
        Row("GET /v1/orders/active", 200, #""data":[]"#),
        Row("POST /v2/orders/cancel", json: #"{"id":1}"#, 404, "NOT_FOUND"),
        Row("POST /v2/orders/finish", json: "{}", 422, "VALIDATION_ERROR"),
        Row("POST /v1/orders", json: #"{"country_id":16,"platform_id":1}"#, 404, ""),
    ]

    @Test(arguments: rows)
    func `every endpoint answers as the contract says`(_ row: Row) async throws {
        try await Self.run { try await row.check(.smsCode, in: $0) }
    }

    @Test func `an order is active, receives its code, is resent, finished and reactivated`()
        async throws
    {
        try await Self.run { simulation in
            let made = try await simulation.send(
                .smsCode, "POST /v2/orders/create", json: Self.create)
            #expect(made.text.contains(#""id":610000001"#) && made.status == 200)
            let id = #"{"id":610000001}"#
            try await Row("POST /v2/orders/finish", json: id, 409, "CONFLICT")
                .check(.smsCode, in: simulation)
            simulation.clock.advance(seconds: 30)
            try await Row("GET /v1/orders/610000001", 200, #""status":"OTP_RECEIVED""#)
                .check(.smsCode, in: simulation)
            for (action, status) in [
                ("resend", 200), ("cancel", 409), ("finish", 200), ("reactivate", 200),
            ] {
                let answer = try await simulation.send(
                    .smsCode, "POST /v2/orders/\(action)", json: id)
                #expect(answer.status == status, "\(action): \(answer.text)")
            }
            try await Row("GET /v1/orders?limit=1", 200, #""id":610000002"#)
                .check(.smsCode, in: simulation)
        }
    }

    @Test func `an order tells when it may be cancelled, and is held until then`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.speaksContract = true
        configuration.silentServices = ["whatsapp"]
        try await Simulation.run(configuration) { simulation in
            let made = try await simulation.send(
                .smsCode, "POST /v2/orders/create", json: Self.create)
            #expect(made.text.contains(#""can_cancel":false"#))
            let id = #"{"id":610000001}"#
            try await Row("POST /v2/orders/cancel", json: id, 409, "CANCEL_TOO_EARLY")
                .check(.smsCode, in: simulation)
            simulation.clock.advance(seconds: 120)
            try await Row(
                "GET /v2/orders/610000001", 200,
                #""can_cancel":true,"can_replace":true,"can_reactivate":false,"#
            )
            .check(.smsCode, in: simulation)
            try await Row("POST /v1/orders/cancel", json: id, 200, #""new_balance":382500"#)
                .check(.smsCode, in: simulation)
        }
    }

    @Test func `one key is one purchase, and another request under it is refused`() async throws {
        try await Self.run { simulation in
            let name = try #require(HTTPField.Name("idempotency-key"))
            let first = try await simulation.send(
                .smsCode, "POST /v2/orders/create", json: Self.create, headers: [name: "k"])
            let second = try await simulation.send(
                .smsCode, "POST /v2/orders/create", json: Self.create, headers: [name: "k"])
            #expect(first.text == second.text)
            let other = try await simulation.send(
                .smsCode, "POST /v2/orders/create", json: #"{"catalog_product_id":1162}"#,
                headers: [name: "k"])
            #expect(other.status == 422 && other.text.contains("IDEMPOTENCY_KEY_REUSED"))
        }
    }
}
