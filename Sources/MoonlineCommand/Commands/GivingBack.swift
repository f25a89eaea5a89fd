import Moonline
import OrderKernel

/// Gives numbers back at the end of a run, with a countdown while a hold lasts.
struct GivingBack: Sendable {
    let engine: Engine
    let invocation: Invocation

    /// Stays until the run's own orders are settled, but not longer than `duration`; leftovers of
    /// earlier runs get one attempt.
    func settle(own: Set<String>, within duration: Duration) async {
        let clock = invocation.clock
        let console = invocation.console
        let deadline = clock.now() + duration
        let spinner = Spinner(console: console, clock: clock)
        let left = await spinner.spinning {
            spinner.set("settling what earlier runs left behind")
            _ = try? await engine.sweep(until: clock.now())
            return try? await engine.settle(until: deadline, only: own) { open, next in
                let phones = open.map(\.phone).joined(separator: ", ")
                spinner.set("giving \(phones) back after the provider's hold", until: next)
                guard !console.hasLiveProgress else { return }
                let wait = Spinner.clockText(max(next - clock.now(), .zero))
                console.note("giving \(phones) back in \(wait)")
            }
        }
        for order in left ?? [] {
            console.note(
                "\(order.phone) is still open: its cancel is scheduled, and the next "
                    + "command on this account sends it (order \(order.id))")
        }
    }
}
