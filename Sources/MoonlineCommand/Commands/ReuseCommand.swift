import ArgumentParser
import LuaSandbox
import Moonline
import OrderKernel

/// Buys another verification on a used number.
struct ReuseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reuse",
        abstract: "Buy another verification on a number that was used before.",
        discussion: "Example: moonline reuse k3v9x2qd7m"
    )

    @Argument(help: "Moonline's id of the earlier order.")
    var order: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        try await OrderAction(order, options, "buying the number again").run {
            (engine, id) async throws(MoonlineError) in
            let bought = try await engine.reuse(id)
            return try await engine.keep(bought.id)
        }
    }
}
