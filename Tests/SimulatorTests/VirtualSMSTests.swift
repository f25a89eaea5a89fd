import HTTPTypes
import Simulator
import Testing

struct VirtualSMSTests {
    static let purchase = "POST /customer/purchase"

    static let rows = [
        Row("GET /price?service=tg&country=GB", 200, #"{"success":true,"price":0.50,"#),
        Row("GET /price?country=GB", 400, #""code":"missing_params""#),
        Row("GET /price?service=zz&country=GB", 400, #""code":"invalid_service""#),
        Row("GET /price?service=tg&country=ZZ", 400, #"{"error":"Unknown country: ZZ""#),
        Row(
            "GET /customer/services", 200,
            #"{"service_id":"wa","service_name":"WhatsApp","base_price":0.80}"#),
        Row("GET /customer/countries", 200, #"{"country_id":"GB","country_name":"#),
        Row("GET /customer/countries?service=tg", 200, #""min_price":0.50,"services":["tg"]}"#),
        Row("GET /customer/countries?service=zz", 400, #""code":"invalid_service""#),
        Row("GET /customer/balance", 200, #"{"success":true,"balance":25.50}"#),
        Row("GET /customer/profile", 200, #""balance_usd":25.50,"total_spent_usd":0.00,"#),
        Row("GET /customer/transactions", 200, #""type":"deposit","amount":25.50,"#),
        Row("GET /customer/transactions?offset=1", 200, #""transactions":[],"count":1,"#),
        Row("GET /catalog/countries?service=tg", 200, #"{"id":"GB","name":"United Kingdom","#),
        Row(
            "POST /customer/webhooks",
            json: #"{"url":"https://example.com","events":["balance.low"]}"#, 400, "threshold"),
        Row(
            "POST /customer/webhooks",
            json: #"{"url":"https://127.0.0.1/a","events":["sms.received"]}"#, 400, "public name"),
        Row("GET /customer/orders", 200, #"{"count":0,"orders":[]}"#),
        Row(
            purchase, json: #"{"service":"tg","country":"GB"}"#, 200,
            #""service":"tg","country":"GB","price":0.50,"status":"waiting","#),
        Row(
            purchase, json: #"{"service":"tg","country":"GB"}"#, 200,
            #""rules":{"cancel_cooldown_seconds":120,"swap_cooldown_seconds":120}}"#),
        Row(purchase, json: "{}", 400, #""code":"missing_params""#),
        Row(purchase, json: #"{"service":"fb","country":"RU"}"#, 404, #""code":"no_numbers""#),
        Row("GET /customer/order/none", 404, #"{"error":"Order not found"}"#),
        Row("POST /customer/swap/none", 404, #"{"error":"Order not found"}"#),
        Row("POST /customer/cancel/none", 404, #"{"error":"Order not found"}"#),
        Row("GET /customer/webhooks", 200, #"{"success":true,"webhooks":[]}"#),
        Row("GET /customer/webhooks/none", 404, "Webhook not found"),
        Row("POST /customer/webhooks", json: "{}", 400, #""code":"missing_params""#),
        Row(
            "POST /customer/webhooks",
            json: #"{"url":"http://example.com","events":["sms.received"]}"#, 400, "HTTPS"),
        Row(
            "POST /customer/webhooks",
            json: #"{"url":"https://example.com","events":["sms.sent"]}"#, 400, "balance.low"),
    ]

    @Test(arguments: rows)
    func `every endpoint answers as documented`(row: Row) async throws {
        try await Simulation.run { try await row.check(.virtualSMS, in: $0) }
    }

    @Test(arguments: [nil, "wrong"])
    func `a bad key is refused, except for prices`(key: String?) async throws {
        try await Simulation.run { simulation in
            let refused = try await simulation.send(
                .virtualSMS, "GET /customer/balance", key: key)
            #expect(refused.status == 401)
            #expect(refused.text.contains(#"{"error":"#))
            let price = try await simulation.send(
                .virtualSMS, "GET /price?service=tg&country=GB", key: key)
            #expect(price.status == 200)
        }
    }

    @Test func `an order without balance says what it takes`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.openingBalanceUSDCents = [.virtualSMS: 49]
        try await Simulation.run(configuration) { simulation in
            try await Row(
                Self.purchase, json: #"{"service":"tg","country":"GB"}"#, 402,
                #""code":"insufficient_balance","required":0.50,"current":0.49}"#
            ).check(.virtualSMS, in: simulation)
        }
    }

    @Test func `cancel and swap wait for the hold of two minutes`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.silentServices = ["whatsapp"]
        try await Simulation.run(configuration) { simulation in
            let id = try await simulation.buy(.virtualSMS)
            simulation.clock.advance(seconds: 33)
            let early = #"Please wait 87 seconds.","seconds_remaining":87}"#
            try await Row("POST /customer/cancel/\(id)", 425, early)
                .check(.virtualSMS, in: simulation)
            try await Row("POST /customer/swap/\(id)", 425, early)
                .check(.virtualSMS, in: simulation)
            simulation.clock.advance(seconds: 87)
            let swapped = try await simulation.send(.virtualSMS, "POST /customer/swap/\(id)")
            #expect(swapped.status == 200)
            #expect(try swapped.member("order_id") == id)
            #expect(try swapped.member("phone_number") != swapped.member("previous_number"))
            try await Row("GET /customer/balance", 200, "24.40")
                .check(.virtualSMS, in: simulation)
            try await Row(
                "POST /customer/cancel/\(id)", 200, #""status":"cancelled","refund_amount":1.10}"#
            ).check(.virtualSMS, in: simulation)
            try await Row(
                "POST /customer/cancel/\(id)", 400,
                #"{"error":"Cannot cancel order with status: cancelled"}"#
            ).check(.virtualSMS, in: simulation)
            try await Row("GET /customer/balance", 200, "25.50")
                .check(.virtualSMS, in: simulation)
        }
    }

    @Test func `a swap needs another number in stock`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.stock = ["whatsapp/GB": 1]
        configuration.silentServices = ["whatsapp"]
        try await Simulation.run(configuration) { simulation in
            let id = try await simulation.buy(.virtualSMS)
            simulation.clock.advance(seconds: 120)
            try await Row("POST /customer/swap/\(id)", 404, "No replacement available")
                .check(.virtualSMS, in: simulation)
        }
    }

    @Test func `an order with its message is completed and not cancelled`() async throws {
        try await Simulation.run { simulation in
            let id = try await simulation.buy(.virtualSMS)
            simulation.clock.advance(seconds: 120)
            let order = #""sms_received":true,"messages":[{"sender":"WhatsApp","content":"Your "#
            for fragment in [#""status":"completed","#, order] {
                try await Row("GET /customer/order/\(id)", 200, fragment)
                    .check(.virtualSMS, in: simulation)
            }
            try await Row("POST /customer/cancel/\(id)", 400, "with status: completed")
                .check(.virtualSMS, in: simulation)
            try await Row("GET /customer/orders?status=completed", 200, #"{"count":1,"#)
                .check(.virtualSMS, in: simulation)
        }
    }

    @Test func `an expired order is refunded`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.silentServices = ["whatsapp"]
        try await Simulation.run(configuration) { simulation in
            let id = try await simulation.buy(.virtualSMS)
            simulation.clock.advance(seconds: 20 * 60)
            try await Row("GET /customer/order/\(id)", 200, #""status":"expired""#)
                .check(.virtualSMS, in: simulation)
            try await Row("GET /customer/transactions", 200, #""type":"refund","amount":1.10,"#)
                .check(.virtualSMS, in: simulation)
        }
    }

    @Test func `a purchase repeated with its idempotency key is one purchase`() async throws {
        try await Simulation.run { simulation in
            let name = try #require(HTTPField.Name("X-Idempotency-Key"))
            var orders: Set<String> = []
            for key in ["a", "a", "b"] {
                let answer = try await simulation.send(
                    .virtualSMS, Self.purchase, json: #"{"service":"tg","country":"GB"}"#,
                    headers: [name: key])
                orders.insert(try answer.member("order_id"))
            }
            #expect(orders.count == 2)
            try await Row("GET /customer/balance", 200, "24.50")
                .check(.virtualSMS, in: simulation)
        }
    }

    @Test func `a webhook is made, changed, tested and deleted`() async throws {
        try await Simulation.run { simulation in
            let made = try await simulation.send(
                .virtualSMS, "POST /customer/webhooks",
                json: #"{"url":"https://example.com/a","events":["sms.received"]}"#)
            #expect(made.status == 201)
            #expect(try made.member("secret").hasPrefix("whsec_"))
            let path = "/customer/webhooks/\(try made.member("id"))"
            let read = try await simulation.send(.virtualSMS, "GET \(path)")
            #expect(!read.text.contains("secret"))
            try await Row("PATCH \(path)", json: #"{"threshold":2.5}"#, 200, #""threshold":2.50"#)
                .check(.virtualSMS, in: simulation)
            try await Row("PATCH \(path)", json: #"{"threshold":0}"#, 400, "threshold")
                .check(.virtualSMS, in: simulation)
            try await Row("PATCH \(path)", json: #"{"active":1}"#, 400, "active")
                .check(.virtualSMS, in: simulation)
            try await Row("POST \(path)/test", 200, "true").check(.virtualSMS, in: simulation)
            _ = try await simulation.buy(.virtualSMS)
            simulation.clock.advance(seconds: 20)
            let deliveries = try await simulation.send(.virtualSMS, "GET \(path)/deliveries")
            #expect(deliveries.text.contains(#""test":true"#))
            #expect(deliveries.text.contains(#""test":false"#))
            try await Row("DELETE \(path)", 200, "true").check(.virtualSMS, in: simulation)
            try await Row("GET \(path)", 404, "not found").check(.virtualSMS, in: simulation)
        }
    }
}
