import ArgumentParser
import LuaSandbox
import Moonline
import OrderKernel

/// Replaces a number.
struct SwapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "swap",
        abstract: "Replace a number that got no code, after the provider's hold.",
        discussion: "Example: moonline swap k3v9x2qd7m"
    )

    @Argument(help: "Moonline's id of the order.")
    var order: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        try await OrderAction(order, options, "replacing the number").run {
            (engine, id) async throws(MoonlineError) in try await engine.swap(id).order
        }
    }
}
