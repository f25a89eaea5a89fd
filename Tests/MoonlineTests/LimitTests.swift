import Moonline
import MoonlineTestKit
import OrderKernel
import Testing

/// The pace of a token, over orders, engines and restarts (L1, L2).
struct LimitTests {
    private func worstWindow(_ instants: [Instant], _ window: Duration) -> Int {
        instants.indices.map { start in
            instants[start...].prefix { $0 - instants[start] < window }.count
        }.max() ?? 0
    }

    @Test(arguments: [(1, 80), (2, 80), (3, 80)] as [(UInt64, Int)])
    func `many orders of one token stay within its limit (L1)`(
        _ row: (seed: UInt64, count: Int)
    ) throws {
        let stage = Stage(["legitsms"], seed: row.seed)
        defer { stage.cleanUp() }
        try stage.run(LegitSMSModel(looksUntilCode: 200).answer) { engine, network in
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<row.count {
                    group.addTask {
                        _ = try? await engine.verify(
                            VerificationRequest(
                                service: "whatsapp", countries: ["ID"], wait: .seconds(60),
                                deadline: .seconds(240)
                            )
                        )
                    }
                }
            }
            let instants = network.requests.map(\.at).sorted()
            #expect(instants.count > 100)
            #expect(worstWindow(instants, .seconds(60)) <= 60)
        }
    }

    @Test func `a restart neither exceeds the limit nor undercuts a look's minimum (L1, L2)`()
        throws
    {
        let stage = Stage(["legitsms"])
        defer { stage.cleanUp() }
        let model = LegitSMSModel(looksUntilCode: .max)
        let log = RequestLog()
        try stage.run(model.answer) { engine, network in
            _ = try await engine.buy(BuyRequest(service: "whatsapp", country: "ID"))
            log.add(network.requests)
        }
        for _ in 0..<30 {
            try stage.run(model.answer) { engine, network in
                let order = try #require(try await engine.orders().first)
                _ = try await engine.status(order.id)
                log.add(network.requests)
            }
        }
        let looks = log.requests.filter { $0.path.hasSuffix("/status") }.map(\.at)
        #expect(looks.count == 30)
        for (first, second) in zip(looks, looks.dropFirst()) {
            #expect(second - first >= .seconds(2))
        }
        #expect(worstWindow(log.requests.map(\.at), .seconds(60)) <= 60)
    }

    @Test func `reads that meet 429 follow the document's delays`() throws {
        let stage = Stage(["smscode"])
        defer { stage.cleanUp() }
        try stage.run { _ in
            .answer(status: 429, body: #"{"success":false,"error":{"code":"RATE_LIMIT_EXCEEDED"}}"#)
        } _: { engine, network in
            let balances = try await engine.balances()
            guard case .failure(let error)? = balances.first?.result else {
                Issue.record("no failure")
                return
            }
            #expect(error.code == .rateLimited)
            let gaps = zip(network.requests, network.requests.dropFirst()).map { $1.at - $0.at }
            let floors: [Duration] = [1, 2, 4, 8, 16].map { .seconds($0) }
            #expect(gaps.count == 5)
            for (gap, floor) in zip(gaps, floors) { #expect(gap >= floor) }
        }
    }

    @Test(arguments: [(500, 4), (503, 4), (400, 1), (401, 1), (403, 1), (404, 1)])
    func `reads are repeated three times after 5xx and never after another 4xx`(
        _ row: (status: Int, requests: Int)
    ) throws {
        let stage = Stage(["smscode"])
        defer { stage.cleanUp() }
        try stage.run { _ in
            .answer(status: row.status, body: "{}")
        } _: { engine, network in
            _ = try await engine.balances()
            #expect(network.requests.count == row.requests)
        }
    }
}
