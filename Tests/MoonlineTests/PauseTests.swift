import Moonline
import MoonlineTestKit
import OrderKernel
import Synchronization
import Testing

/// What becomes of work while a provider wants no request for ten minutes (L3).
struct PauseTests {
    private static let pause = Duration.seconds(600)

    // LegitSMS, which wants no request from the first one to a path on.
    private static func respond(
        pausing path: String,
        for pause: Duration
    ) -> @Sendable (SimulatedNetwork.Request) -> SimulatedNetwork.Reply {
        let model = LegitSMSModel(looksUntilCode: 2)
        let begin = PauseBegin()
        return { request in
            guard request.path.hasSuffix("/\(path)"),
                request.at < begin.note(request.at) + pause
            else { return model.answer(request) }
            return .answer(
                status: 429, body: "{}",
                headers: ["retry-after": String(pause.milliseconds / 1000)])
        }
    }

    private static let request = VerificationRequest(
        service: "whatsapp", countries: ["ID"], wait: .seconds(60), deadline: .seconds(240))

    @Test(arguments: [("prices", 1), ("order", 2), ("status", 3)])
    func `a pause beyond the deadline is told at once, with its length`(
        _ row: (path: String, requests: Int)
    ) throws {
        let stage = Stage(["legitsms"])
        defer { stage.cleanUp() }
        try stage.run(Self.respond(pausing: row.path, for: Self.pause)) { engine, network in
            let begin = stage.clock.now()
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.verify(Self.request)
            }
            #expect(error?.code == .rateLimited)
            #expect(error?.provider == "legitsms")
            let wait = try #require(error?.retryAfter)
            #expect(wait > .seconds(560) && wait <= Self.pause)
            let left = try await engine.settle(until: stage.clock.now() + .seconds(5))
            #expect(stage.clock.now() - begin < .seconds(30))
            #expect(left.map(\.isCancelWanted) == (row.path == "status" ? [true] : []))
            #expect(network.requests.count { $0.path.hasSuffix(row.path) } == 1)
            #expect(network.requests.last?.path.hasSuffix(row.path) == true)
        }
        // Whoever comes after the pause gives the number back.
        guard row.path == "status" else { return }
        try stage.run(LegitSMSModel(looksUntilCode: .max).answer) { engine, network in
            try await stage.clock.sleep(until: stage.clock.now() + Self.pause)
            let left = try await engine.sweep(until: stage.clock.now() + .seconds(60))
            #expect(left.orders.isEmpty)
            #expect(network.requests.contains { $0.target.contains("status=8") })
        }
    }

    // A definition may name any limit, so that its own can keep requests back for hours.
    @Test func `a limit that keeps a request back for long is told, not sat out`() throws {
        let stage = Stage(["legitsms"], more: ["MOONLINE_LEGITSMS_LIMIT": "1/1h"])
        defer { stage.cleanUp() }
        try stage.run(LegitSMSModel(looksUntilCode: 2).answer) { engine, network in
            let begin = stage.clock.now()
            for _ in 0..<2 {
                _ = try? await engine.offers(service: "whatsapp", countries: ["ID"])
            }
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.verify(Self.request)
            }
            #expect(error?.code == .rateLimited)
            #expect(error?.retryAfter.map { $0 > .seconds(3000) } == true)
            #expect(stage.clock.now() - begin < .seconds(10))
            #expect(network.requests.count == 1)
        }
    }

    @Test func `a code is told although its report as used meets a pause`() throws {
        let stage = Stage(["legitsms"])
        defer { stage.cleanUp() }
        try stage.run(Self.respond(pausing: "set_status", for: Self.pause)) { engine, _ in
            let begin = stage.clock.now()
            let order = try await engine.verify(Self.request)
            #expect(order.code == "44921")
            #expect(order.state == .received)
            #expect(stage.clock.now() - begin < .seconds(60))
        }
    }

    @Test(arguments: ["cancel", "finish", "status", "countries"])
    func `nobody sits out a pause of ten minutes for a single command`(_ command: String) throws {
        let stage = Stage(["legitsms"])
        defer { stage.cleanUp() }
        let path = ["cancel", "finish"].contains(command) ? "set_status" : command
        try stage.run(Self.respond(pausing: path, for: Self.pause)) { engine, network in
            let number = try await engine.buy(BuyRequest(service: "whatsapp", country: "ID"))
            let begin = stage.clock.now()
            for _ in 0..<2 {
                let error = await #expect(throws: MoonlineError.self) {
                    switch command {
                    case "cancel": try await number.cancel()
                    case "finish": try await number.finish()
                    case "status": _ = try await engine.status(number.id)
                    default: _ = try await engine.countries(of: "legitsms")
                    }
                }
                #expect(error?.code == .rateLimited)
                #expect(error?.retryAfter ?? .zero > .seconds(500))
            }
            #expect(stage.clock.now() - begin < .seconds(30))
            #expect(network.requests.count { $0.path.hasSuffix("/\(path)") } == 1)
        }
    }

    @Test(arguments: ["prices", "order", "status", "set_status"])
    func `a pause that ends in time is sat out`(_ path: String) throws {
        let stage = Stage(["legitsms"])
        defer { stage.cleanUp() }
        let respond = Self.respond(pausing: path, for: .seconds(25))
        try stage.run(respond) { engine, network in
            let order = try await engine.verify(Self.request)
            #expect(order.state == .finished)
            let refused = network.requests.firstIndex { $0.path.hasSuffix("/\(path)") }
            let index = try #require(refused)
            let gap = network.requests[index + 1].at - network.requests[index].at
            #expect(gap >= .seconds(25))
        }
    }
}

/// When a pause began.
private final class PauseBegin: Sendable {
    private let begin = Mutex<Instant?>(nil)

    func note(_ instant: Instant) -> Instant {
        begin.withLock { begin in
            begin = begin ?? instant
            return begin ?? instant
        }
    }
}
