import Moonline
import OrderKernel
import Synchronization

/// Settles what a run leaves at its end, with a countdown while a hold lasts: purchases whose
/// answers were lost, numbers to be given back, and codes that came too late for the run itself.
final class GivingBack: Sendable {
    private let engine: Engine
    private let invocation: Invocation
    private let hasFailed = Mutex(false)

    init(engine: Engine, invocation: Invocation) {
        self.engine = engine
        self.invocation = invocation
    }

    private var console: Console { invocation.console }

    /// Stays until the run's own orders and purchases are settled, but not longer than `duration`;
    /// leftovers of earlier runs get one attempt.
    func settle(own: Set<String>, within duration: Duration) async {
        let clock = invocation.clock
        let deadline = clock.now() + duration
        let spinner = Spinner(console: console, clock: clock)
        let left = await spinner.spinning {
            spinner.set("settling what earlier runs left behind")
            await sweep()
            let own = own.union(await settlePurchases(until: deadline, spinner))
            let left = await telling { () async throws(MoonlineError) in
                try await engine.settle(until: deadline, only: own) { open, next in
                    let phones = open.map(\.phone).joined(separator: ", ")
                    wait("giving \(phones) back", until: next, spinner)
                }
            }
            // A code may have come instead of the last cancel.
            await sweep()
            return left ?? []
        }
        for order in left {
            console.note(
                "\(order.phone) is still open: its cancel is scheduled, and `moonline sweep` "
                    + "sends it (order \(order.id))")
        }
        let lost = await telling { () async throws(MoonlineError) in
            try await engine.ownLostPurchases()
        }
        for purchase in lost ?? [] {
            let wayOut = SweepReport.wayOut(purchase, at: clock.now())
            console.note("purchase \(purchase.id) of \(purchase.account): \(wayOut)")
        }
    }

    /// One attempt at what earlier runs left behind, by a command whose own work is done; codes
    /// that came late are left for one whose output has a place for them.
    ///
    /// A provider that does not answer holds it up for ten seconds at most.
    func attempt() async {
        let clock = invocation.clock
        let end = clock.now() + Self.attemptMaximum
        let spinner = Spinner(console: console, clock: clock)
        await spinner.spinning {
            spinner.set("settling what earlier runs left behind")
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.sweep(onCode: nil) }
                group.addTask { try? await clock.sleep(until: end) }
                await group.next()
                group.cancelAll()
            }
        }
    }

    private static let attemptMaximum = Duration.seconds(10)

    private func sweep() async { await sweep(onCode: tell) }

    private func sweep(onCode: (@Sendable (Order) async -> Void)?) async {
        _ = await telling { () async throws(MoonlineError) in
            try await engine.sweep(until: invocation.clock.now(), onCode: onCode)
        }
    }

    // Numbers that stay open cost money: that they could not be settled is said, once.
    private func telling<Value>(
        _ work: () async throws(MoonlineError) -> Value
    ) async -> Value? {
        do throws(MoonlineError) {
            return try await work()
        } catch {
            let isNews = hasFailed.withLock { hasFailed in
                defer { hasFailed = true }
                return !hasFailed
            }
            if isNews, error.code != .cancelled {
                console.note(
                    "what is open could not be settled: \(error.message); `moonline sweep` "
                        + "settles it later")
            }
            return nil
        }
    }

    // Returns the orders of this run's purchases whose answers were lost, as far as they are found.
    private func settlePurchases(until deadline: Instant, _ spinner: Spinner) async -> Set<String> {
        let lost = await telling { () async throws(MoonlineError) in
            Set(try await engine.ownLostPurchases().map(\.id))
        }
        guard let lost, !lost.isEmpty else { return [] }
        _ = await telling { () async throws(MoonlineError) in
            try await engine.settleOwnPurchases(until: deadline) { left, next in
                let accounts = Set(left.map(\.account)).sorted().joined(separator: ", ")
                wait("asking \(accounts) what became of a purchase", until: next, spinner)
            }
        }
        await sweep()
        let orders = await telling { () async throws(MoonlineError) in try await engine.orders() }
        return Set((orders ?? []).filter { lost.contains($0.purchaseID) }.map(\.id))
    }

    private func wait(_ what: String, until next: Instant, _ spinner: Spinner) {
        spinner.set(what, until: next)
        guard !console.hasLiveProgress else { return }
        let time = Spinner.clockText(max(next - invocation.clock.now(), .zero))
        console.note("\(what) in \(time)")
    }

    /// Tells a code that came when nobody waited for it; from then on it counts as told.
    static func tell(_ order: Order, _ console: Console) {
        if console.isJSON {
            console.print(Documents.lateCode(order))
        } else {
            console.note(
                "a code came late on \(order.phone): \(order.code ?? "") (order \(order.id))")
        }
    }

    // It was paid for, and there is nothing left to wait for, but for who keeps the number.
    private func tell(_ order: Order) async {
        Self.tell(order, console)
        guard !order.state.isTerminal, order.attendant != nil else { return }
        _ = try? await engine.finish(order.id)
    }
}
