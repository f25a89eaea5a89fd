import ArgumentParser
import LuaSandbox
import Moonline
import OrderKernel

/// Gives a number back.
struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Give a number back; inside the provider's hold, the cancel is scheduled.",
        discussion: "Example: moonline cancel k3v9x2qd7m --settle 150s"
    )

    @Argument(help: "Moonline's id of the order.")
    var order: String

    @Option(
        help: "How long to stay for the end of a hold; 0 leaves the cancel to a later command.",
        transform: DurationArgument.init)
    var settle = DurationArgument(.zero)

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let settle = settle.duration
        let action = OrderAction(order, options, "giving the number back")
        try await action.run { (engine, id) async throws(MoonlineError) in
            do throws(MoonlineError) {
                return try await engine.cancel(id)
            } catch {
                guard [.tooEarly, .rateLimited].contains(error.code),
                    let hold = error.retryAfter, hold <= settle
                else { throw error }
                let deadline = action.invocation.clock.now() + settle
                _ = try await engine.settle(until: deadline, only: [id]) { _, next in
                    action.spinner.set("waiting for the end of the hold", until: next)
                    let console = action.invocation.console
                    guard !console.hasLiveProgress else { return }
                    let left = Spinner.clockText(max(next - action.invocation.clock.now(), .zero))
                    console.note("waiting for the end of the hold, \(left)")
                }
                let order = try await engine.number(id).order
                return order.state == .waiting ? try await engine.cancel(id) : order
            }
        } check: { (order) throws(MoonlineError) in
            // Whoever buys another number now would pay for two.
            guard !order.state.isTerminal, order.hasEvidence else { return }
            throw MoonlineError(
                .refused,
                "a message came on \(order.phone), so it is not given back; `moonline finish "
                    + "\(order.id)` closes the order",
                provider: order.account)
        }
    }
}
