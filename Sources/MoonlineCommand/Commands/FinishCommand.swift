import ArgumentParser
import LuaSandbox
import Moonline
import OrderKernel

/// Reports a code as used.
struct FinishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finish",
        abstract: "Report the code of an order as used.",
        discussion: "Example: moonline finish k3v9x2qd7m"
    )

    @Argument(help: "Moonline's id of the order.")
    var order: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        try await OrderAction(order, options, "finishing the order").run {
            (engine, id) async throws(MoonlineError) in try await engine.finish(id)
        }
    }
}
