import Moonline
import OrderKernel

/// Settles what a run leaves at its end, with a countdown while a hold lasts: purchases whose
/// answers were lost, numbers to be given back, and codes that came too late for the run itself.
struct GivingBack: Sendable {
    let engine: Engine
    let invocation: Invocation

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
            let left = try? await engine.settle(until: deadline, only: own) { open, next in
                let phones = open.map(\.phone).joined(separator: ", ")
                wait("giving \(phones) back", until: next, spinner)
            }
            // A code may have come instead of the last cancel.
            await sweep()
            return left ?? []
        }
        for order in left {
            console.note(
                "\(order.phone) is still open: its cancel is scheduled, and the next "
                    + "command on this account sends it (order \(order.id))")
        }
    }

    private func sweep() async {
        _ = try? await engine.sweep(until: invocation.clock.now(), onCode: tell)
    }

    // Returns the orders of this run's purchases whose answers were lost, as far as they are found.
    private func settlePurchases(until deadline: Instant, _ spinner: Spinner) async -> Set<String> {
        guard let lost = try? await engine.ownLostPurchases(), !lost.isEmpty else { return [] }
        _ = try? await engine.settleOwnPurchases(until: deadline) { left, next in
            let accounts = Set(left.map(\.account)).sorted().joined(separator: ", ")
            wait("asking \(accounts) what became of a purchase", until: next, spinner)
        }
        await sweep()
        let ids = Set(lost.map(\.id))
        let orders = (try? await engine.orders()) ?? []
        return Set(orders.filter { ids.contains($0.purchaseID) }.map(\.id))
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
