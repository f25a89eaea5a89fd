import ArgumentParser
import LuaSandbox
import Moonline
import OrderKernel

/// Looks at an order.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Look at an order, as soon as its provider allows it.",
        discussion: "Example: moonline status k3v9x2qd7m --json"
    )

    @Argument(help: "Moonline's id of the order.")
    var order: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        try await OrderAction(order, options, "looking at the order").run {
            (engine, id) async throws(MoonlineError) in try await engine.status(id)
        }
    }
}
