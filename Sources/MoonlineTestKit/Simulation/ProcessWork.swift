import Moonline
import OrderKernel
import Synchronization

/// What one call of a simulated caller wants.
package struct CallPlan: Sendable {
    /// What is done with a number.
    package enum Kind: String, Sendable, Hashable {
        /// One code, by the main job.
        case verification
        /// Another number first.
        case swap
        /// Another code on the same number.
        case resend
        /// Another purchase of the same number.
        case reuse
    }

    let number: Int
    let kind: Kind
    let delay: Duration
    let wait: Duration
    let deadline: Duration

    /// - Parameter kind: by chance when it is `nil`.
    init(number: Int, _ kind: Kind?, _ random: inout SeededGenerator) {
        self.number = number
        delay = random.duration(0...20_000)
        wait = random.duration(20_000...180_000)
        deadline = random.duration(30_000...900_000)
        let kinds: [Kind] = [.swap, .resend, .reuse]
        let draw = Int(random.next() % 12)
        self.kind = kind ?? (draw < kinds.count ? kinds[draw] : .verification)
    }
}

/// What a simulated process does: some verifications at once and its own leftovers; the last one
/// settles what all others left.
struct ProcessWork: Sendable {
    let configuration: EngineConfiguration
    let world: SimulatedWorld
    let process: SimulatedProcess
    let executor: ProcessExecutor
    let calls: [CallPlan]
    let isLast: Bool
    /// Whether it comes after a crash and looks at what is open at once, as a person would.
    let isImpatient: Bool

    /// - Returns: every message that a person would have read.
    func run() async -> [String] {
        let shown = Mutex<[String]>([])
        do {
            let engine = try await Engine(
                configuration: configuration,
                transport: ProcessTransport(world: world, process: UInt64(process.number)),
                host: process, journalExecutor: executor
            )
            await withTaskGroup(of: String?.self) { group in
                if isImpatient { group.addTask { await lookAtOpen(engine) } }
                for call in calls { group.addTask { await perform(call, engine) } }
                for await message in group {
                    if let message { shown.withLock { $0.append(message) } }
                }
            }
            do {
                try await tidyUp(engine)
            } catch {
                shown.withLock { $0.append(error.message) }
            }
            await engine.shutDown()
        } catch {
            shown.withLock { $0.append("\(error)") }
        }
        return shown.withLock { $0 }
    }

    private func perform(_ call: CallPlan, _ engine: Engine) async -> String? {
        try? await configuration.clock.sleep(until: configuration.clock.now() + call.delay)
        return await SimulatedWorld.$call.withValue(call.number) { () async -> String? in
            do throws(MoonlineError) {
                if call.kind == .verification {
                    try await verify(call, engine)
                } else {
                    try await useFreely(call, engine)
                }
                return nil
            } catch {
                return error.message
            }
        }
    }

    private func verify(_ call: CallPlan, _ engine: Engine) async throws(MoonlineError) {
        let request = VerificationRequest(
            service: "telegram", countries: world.scenario.countries, wait: call.wait,
            deadline: call.deadline
        )
        _ = try await engine.verify(request) { event in
            if case .code(let order, let code) = event { announced(code, of: order.id) }
        }
    }

    // As a script does; what it leaves is given back.
    private func useFreely(_ call: CallPlan, _ engine: Engine) async throws(MoonlineError) {
        let number = try await engine.buy(
            BuyRequest(service: "telegram", country: world.scenario.countries[0]))
        var ids = [number.id]
        do throws(MoonlineError) {
            if call.kind == .swap { _ = try await engine.swap(number.id) }
            try await takeCode(of: number.id, call, engine)
            if call.kind == .resend {
                _ = try await engine.resend(number.id)
                try await takeCode(of: number.id, call, engine)
            }
            _ = try await engine.finish(number.id)
            guard call.kind == .reuse else { return }
            let again = try await engine.reuse(number.id)
            ids.append(again.id)
            try await takeCode(of: again.id, call, engine)
            _ = try await engine.finish(again.id)
        } catch {
            for id in ids { await leave(id, engine) }
            throw error
        }
    }

    private func takeCode(
        of id: String,
        _ call: CallPlan,
        _ engine: Engine
    ) async throws(MoonlineError) {
        let code = try await engine.code(of: id, within: call.wait)
        announced(code, of: id)
    }

    private func leave(_ id: String, _ engine: Engine) async {
        guard let order = try? await engine.number(id).order, !order.state.isTerminal else {
            return
        }
        if order.hasEvidence {
            _ = try? await engine.finish(id)
        } else {
            try? await engine.abandon(id)
        }
    }

    private func lookAtOpen(_ engine: Engine) async -> String? {
        do {
            for order in try await engine.orders(openOnly: true) {
                _ = try? await engine.status(order.id)
            }
            return nil
        } catch {
            return error.message
        }
    }

    private func tidyUp(_ engine: Engine) async throws(MoonlineError) {
        let clock = configuration.clock
        guard isLast else {
            try await engine.sweep(until: clock.now() + .seconds(150), onCode: announce)
            return
        }
        // Past the expiry and the refund of the last order.
        for _ in 0..<40 {
            let left = try await engine.sweep(
                until: clock.now() + .seconds(120), onCode: announce)
            if left.isSettled, try await engine.orders(openOnly: true).isEmpty { break }
            try? await clock.sleep(until: clock.now() + .seconds(60))
        }
        try? await clock.sleep(until: clock.now() + .seconds(300))
        try await engine.sweep(until: clock.now(), onCode: announce)
    }

    private func announce(_ order: Order) async {
        if let code = order.code { announced(code, of: order.id) }
    }

    private func announced(_ code: String, of order: String) {
        world.announced(code, of: order, by: UInt64(process.number))
    }
}
