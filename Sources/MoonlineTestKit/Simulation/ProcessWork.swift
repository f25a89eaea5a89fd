import Moonline
import OrderKernel
import Synchronization

/// What one verification of a simulated caller wants.
struct CallPlan: Sendable {
    let number: Int
    let delay: Duration
    let wait: Duration
    let deadline: Duration

    init(number: Int, _ random: inout SeededGenerator) {
        self.number = number
        delay = random.duration(0...20_000)
        wait = random.duration(20_000...180_000)
        deadline = random.duration(30_000...900_000)
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
                for call in calls { group.addTask { await verify(call, engine) } }
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

    private func verify(_ call: CallPlan, _ engine: Engine) async -> String? {
        try? await configuration.clock.sleep(until: configuration.clock.now() + call.delay)
        let request = VerificationRequest(
            service: "telegram", countries: world.scenario.countries, wait: call.wait,
            deadline: call.deadline
        )
        return await SimulatedWorld.$call.withValue(call.number) { () async -> String? in
            do throws(MoonlineError) {
                _ = try await engine.verify(request) { event in
                    if case .code(let order, let code) = event {
                        world.announced(code, of: order.id)
                    }
                }
                return nil
            } catch {
                return error.message
            }
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
            _ = try await engine.sweep(until: clock.now() + .seconds(150))
            return
        }
        // Past the expiry and the refund of the last order.
        for _ in 0..<40 {
            let left = try await engine.sweep(until: clock.now() + .seconds(120))
            if left.isSettled, try await engine.orders(openOnly: true).isEmpty { break }
            try? await clock.sleep(until: clock.now() + .seconds(60))
        }
        try? await clock.sleep(until: clock.now() + .seconds(300))
        _ = try await engine.sweep(until: clock.now())
    }
}
