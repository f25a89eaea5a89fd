import Moonline
import MoonlineTestKit
import OrderKernel
import Synchronization
import Testing

/// The main job, from the offers to the finished order.
struct VerificationTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `a number is bought, its code shown and the order finished`(_ seed: UInt64) throws {
        let stage = Stage(["legitsms"], seed: seed)
        defer { stage.cleanUp() }
        let model = LegitSMSModel(looksUntilCode: 4)
        try stage.run(model.answer) { engine, network in
            let order = try await engine.verify(
                VerificationRequest(service: "whatsapp", countries: ["ID"])
            )
            #expect(order.code == "44921")
            #expect(order.phone == "+628123456789")
            #expect(order.state == .finished)
            let paths = network.requests.map { $0.path.split(separator: "/").last ?? "" }
            #expect(
                paths == [
                    "prices", "balance", "order", "status", "status", "status", "status",
                    "set_status",
                ])
            #expect(network.requests.allSatisfy { $0.credential == "query api_key" })
        }
    }

    @Test func `looks keep the document's two seconds and the first five (L2)`() throws {
        let stage = Stage(["legitsms"])
        defer { stage.cleanUp() }
        try stage.run(LegitSMSModel(looksUntilCode: 12).answer) { engine, network in
            _ = try await engine.verify(VerificationRequest(service: "whatsapp", countries: ["ID"]))
            let bought = try #require(network.requests.first { $0.path.hasSuffix("/order") })
            let looks = network.requests.filter { $0.path.hasSuffix("/status") }.map(\.at)
            let first = try #require(looks.first)
            #expect(first.milliseconds - bought.at.milliseconds >= 5000)
            for (first, second) in zip(looks, looks.dropFirst()) {
                #expect(second - first >= .seconds(2))
            }
        }
    }

    @Test func `failed looks neither end the wait nor come faster`() throws {
        let stage = Stage(["legitsms"])
        defer { stage.cleanUp() }
        let model = LegitSMSModel(looksUntilCode: 1)
        let failures = Mutex<[SimulatedNetwork.Reply]>([
            .answer(status: 500, body: #"{"code":"system_error","message":"x"}"#),
            .answer(status: 200, body: "<html>"), .broken, .unreachable, .silence,
            .answer(status: 502, body: #"{"code":"provider_error","message":"x"}"#),
            .answer(status: 200, body: #"{"status":"STATUS_NEW"}"#),
        ])
        try stage.run { request in
            guard request.path.hasSuffix("/status") else { return model.answer(request) }
            return failures.withLock { $0.isEmpty ? nil : $0.removeFirst() }
                ?? model.answer(request)
        } _: { engine, network in
            let order = try await engine.verify(
                VerificationRequest(service: "whatsapp", countries: ["ID"])
            )
            #expect(order.code == "44921")
            let looks = network.requests.filter { $0.path.hasSuffix("/status") }.map(\.at)
            #expect(looks.count == 8)
            for (first, second) in zip(looks, looks.dropFirst()) {
                #expect(second - first >= .seconds(2))
            }
        }
    }

    @Test func `a number without a code is given back, and the deadline is told`() throws {
        let stage = Stage(["legitsms"])
        defer { stage.cleanUp() }
        try stage.run(LegitSMSModel(looksUntilCode: .max).answer) { engine, network in
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.verify(VerificationRequest(service: "whatsapp", countries: ["ID"]))
            }
            #expect(error?.code == .deadline)
            let cancels = network.requests.filter { $0.target.contains("status=8") }
            #expect(cancels.count == 1)
            let open = try await engine.orders(openOnly: true)
            #expect(open.isEmpty)
        }
    }

    @Test func `the last look's failure is told when the time runs out with it`() throws {
        let stage = Stage(["legitsms"])
        defer { stage.cleanUp() }
        let model = LegitSMSModel(looksUntilCode: .max)
        try stage.run { request in
            request.path.hasSuffix("/status")
                ? .answer(status: 500, body: #"{"code":"system_error"}"#) : model.answer(request)
        } _: { engine, _ in
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.verify(VerificationRequest(service: "whatsapp", countries: ["ID"]))
            }
            #expect(error?.code == .unavailable)
        }
    }

    @Test(arguments: [
        (402, "insufficient_funds", ErrorCode.balance), (404, "stock_error", .noNumbers),
        (400, "order_failed", .noNumbers), (401, "invalid_key", .auth),
        (400, "missing_params", .invalid),
    ])
    func `a refused purchase is told by its code`(
        _ row: (status: Int, code: String, meaning: ErrorCode)
    ) throws {
        let stage = Stage(["legitsms"])
        defer { stage.cleanUp() }
        let model = LegitSMSModel(looksUntilCode: 1)
        try stage.run { request in
            request.path.hasSuffix("/order")
                ? .answer(status: row.status, body: #"{"code":"\#(row.code)","message":"m"}"#)
                : model.answer(request)
        } _: { engine, network in
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.verify(VerificationRequest(service: "whatsapp", countries: ["ID"]))
            }
            #expect(error?.code == row.meaning)
            #expect(network.requests.count { $0.path.hasSuffix("/order") } == 1)
        }
    }

    @Test func `an account without balance is dropped, and another one is used`() throws {
        let stage = Stage(["legitsms", "ismscode"])
        defer { stage.cleanUp() }
        let legit = LegitSMSModel(looksUntilCode: 1)
        try stage.run { request in
            switch request.path {
            case "/wp-json/legitsms/v1/order":
                return .answer(status: 402, body: #"{"code":"insufficient_funds"}"#)
            case "/api/v3/countries":
                return .answer(
                    status: 200,
                    body: #"{"status":"success","countries":["#
                        + #"{"code":"ID","name":"Indonesia","prefix":"+62"}]}"#)
            case "/api/v3/services":
                return .answer(status: 200, body: #"{"status":"success","services":["whatsapp"]}"#)
            case "/api/v3/numbers/request":
                return .answer(
                    status: 200,
                    body: #"{"status":"success","number":{"id":"num_1","#
                        + #""phone":"+6281","country":"ID","service":"whatsapp","#
                        + #""expires_at":"2026-11-01T00:20:00Z"}}"#.replacing(
                            "+6281", with: "+628155"))
            case "/api/v3/numbers/num_1/sms":
                return .answer(
                    status: 200,
                    body: #"{"status":"success","sms":[{"from":"WhatsApp","#
                        + #""text":"Your WhatsApp code: 583-920"}]}"#
                )
            default: return legit.answer(request)
            }
        } _: { engine, _ in
            let order = try await engine.verify(
                VerificationRequest(service: "whatsapp", countries: ["ID"])
            )
            #expect(order.provider == "ismscode")
            #expect(order.code == "583920")
            #expect(order.price == nil)
        }
    }

    @Test func `nothing is bought where nobody can look for the code`() throws {
        let definition = """
            return provider {
              api = 1, id = "blind", name = "Blind", version = "1",
              base_url = "https://blind.example", credentials = { token = { label = "Token" } },
              auth = { bearer = "{token}" }, currency = "USD", lifetime = "10m",
              limits = { { requests = 600, per = "1m" } },
              aliases = { services = { whatsapp = "wa" }, countries = { ID = "id" } },
              operations = {
                offers = { get = "/offers", each = "$[]",
                  reply = { service = "service", country = "country", price = "price" } },
                buy = { post = "/orders", reply = { id = "id", phone = "phone" } },
              },
            }
            """
        try DefinitionStage(
            id: "blind", definition: definition, environment: ["MOONLINE_BLIND_TOKEN": "secret"]
        ).run({ _ in
            .answer(status: 200, body: #"[{"service":"wa","country":"id","price":"0.50"}]"#)
        }) { engine, network, _ in
            let error = await #expect(throws: MoonlineError.self) {
                _ = try await engine.verify(
                    VerificationRequest(service: "whatsapp", countries: ["ID"]))
            }
            #expect(error?.code == .unsupported)
            #expect(error?.message.contains("no 'check', and no 'list' with a code") ?? false)
            #expect(network.requests.allSatisfy { $0.method == "GET" })
        }
    }
}
