import Moonline
import MoonlineTestKit
import OrderKernel
import Synchronization
import Testing

/// Money: one authorisation, at most one purchase (M1, M4, M5).
struct PurchaseTests {
    private static let lost: [SimulatedNetwork.Reply] = [
        .broken, .silence, .answer(status: 500, body: #"{"code":"system_error"}"#),
        .answer(status: 502, body: #"{"code":"provider_error"}"#),
        .answer(status: 503, body: "<html>down</html>"), .answer(status: 200, body: "<html>"),
        .answer(status: 200, body: #"{"status":"success"}"#), .answer(status: 200, body: ""),
        .answer(status: 200, body: #"{"status":"succ"#), .answer(status: 302, body: ""),
    ]

    @Test(arguments: lost.indices)
    func `a purchase whose answer is lost is never sent again (M1)`(_ index: Int) throws {
        let stage = Stage(["legitsms"])
        defer { stage.cleanUp() }
        let model = LegitSMSModel(looksUntilCode: 1)
        try stage.run { request in
            request.path.hasSuffix("/order") ? Self.lost[index] : model.answer(request)
        } _: { engine, network in
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.verify(
                    VerificationRequest(service: "whatsapp", countries: ["ID", "GB"])
                )
            }
            #expect(error?.code == .unknownPurchase)
            #expect(network.requests.count { $0.path.hasSuffix("/order") } == 1)
            let unknown = try await engine.openPurchases()
            #expect(unknown.count == 1)
        }
        try stage.run(model.answer) { engine, network in
            let unknown = try await engine.openPurchases()
            #expect(unknown.count == 1)
            #expect(network.requests.isEmpty)
        }
    }

    @Test func `a purchase that met 429 is sent again after Retry-After (L3)`() throws {
        let stage = Stage(["legitsms"])
        defer { stage.cleanUp() }
        let model = LegitSMSModel(looksUntilCode: 1)
        let refusals = Mutex(2)
        try stage.run { request in
            let isRefused =
                request.path.hasSuffix("/order")
                && refusals.withLock { count in
                    defer { count -= 1 }
                    return count > 0
                }
            return isRefused
                ? .answer(status: 429, body: "{}", headers: ["retry-after": "7"])
                : model.answer(request)
        } _: { engine, network in
            _ = try await engine.verify(VerificationRequest(service: "whatsapp", countries: ["ID"]))
            let sent = network.requests.filter { $0.path.hasSuffix("/order") }.map(\.at)
            #expect(sent.count == 3)
            for (first, second) in zip(sent, sent.dropFirst()) {
                #expect(second - first >= .seconds(7))
            }
        }
    }

    @Test func `a purchase that could not leave is no unknown one`() throws {
        let stage = Stage(["legitsms"])
        defer { stage.cleanUp() }
        let model = LegitSMSModel(looksUntilCode: 1)
        try stage.run { request in
            request.path.hasSuffix("/order") ? .unreachable : model.answer(request)
        } _: { engine, _ in
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.verify(VerificationRequest(service: "whatsapp", countries: ["ID"]))
            }
            #expect(error?.code == .network)
            let unknown = try await engine.openPurchases()
            #expect(unknown.isEmpty)
        }
    }

    @Test(arguments: [("6.00", ErrorCode.spendCap), ("5.00", nil)])
    func `an order above five dollars is refused before it is sent (M4)`(
        _ row: (price: String, code: ErrorCode?)
    ) throws {
        let stage = Stage(["legitsms"])
        defer { stage.cleanUp() }
        let model = LegitSMSModel(looksUntilCode: 1)
        try stage.run { request in
            request.path.hasSuffix("/prices")
                ? .answer(status: 200, body: #"{"cost":\#(row.price),"count":5}"#)
                : model.answer(request)
        } _: { engine, network in
            let found = try await engine.offers(service: "whatsapp", countries: ["ID"])
            let offer = try #require(found.offers.first)
            switch await engine.purchase(offer) {
            case .bought: #expect(row.code == nil)
            case .refused(let error): #expect(error.code == row.code)
            case .unknown: Issue.record("the outcome is unknown")
            }
            let sent = network.requests.count { $0.path.hasSuffix("/order") }
            #expect(sent == (row.code == nil ? 1 : 0))
        }
    }

    @Test(arguments: [("6", ErrorCode.spendCap, "per_run"), ("20", .unavailable, "balance")])
    func `unknown purchases count as spent, and nothing is bought behind them (M4)`(
        _ row: (cap: String, code: ErrorCode, word: String)
    ) throws {
        let stage = Stage(["legitsms"])
        defer { stage.cleanUp() }
        try stage.configure("caps: { per_run: \(row.cap) }")
        let model = LegitSMSModel(looksUntilCode: 1)
        try stage.run { request in
            switch request.path.split(separator: "/").last {
            case "prices": .answer(status: 200, body: #"{"cost":4.50,"count":5}"#)
            case "order": .broken
            default: model.answer(request)
            }
        } _: { engine, network in
            let found = try await engine.offers(service: "whatsapp", countries: ["ID"])
            let offer = try #require(found.offers.first)
            var errors: [MoonlineError] = []
            for _ in 0..<3 {
                switch await engine.purchase(offer) {
                case .bought: Issue.record("bought")
                case .refused(let error), .unknown(_, let error): errors.append(error)
                }
            }
            #expect(errors.map(\.code) == [.unknownPurchase, row.code, row.code])
            #expect(errors[1].message.contains(row.word))
            #expect(network.requests.count { $0.path.hasSuffix("/order") } == 1)
        }
    }

    @Test(arguments: [
        ("1.00", ErrorCode.spendCap), ("1.20", nil), ("100000IDR", nil), ("100IDR", .spendCap),
    ])
    func `a maximum price is kept, in its own currency or by the rate`(
        _ row: (maximum: String, code: ErrorCode?)
    ) throws {
        let stage = Stage(["legitsms"])
        defer { stage.cleanUp() }
        try stage.run(LegitSMSModel(looksUntilCode: 1).answer) { engine, _ in
            let found = try await engine.offers(service: "whatsapp", countries: ["ID"])
            let offer = try #require(found.offers.first)
            switch await engine.purchase(offer, maximumPrice: Money(argument: row.maximum)) {
            case .bought: #expect(row.code == nil)
            case .refused(let error): #expect(error.code == row.code)
            case .unknown: Issue.record("the outcome is unknown")
            }
        }
    }
}
