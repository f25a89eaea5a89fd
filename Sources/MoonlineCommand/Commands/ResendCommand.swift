import ArgumentParser
import LuaSandbox
import Moonline
import OrderKernel

/// Asks for another code.
struct ResendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resend",
        abstract: "Ask for another code on the same number.",
        discussion: "Example: moonline resend k3v9x2qd7m && moonline wait k3v9x2qd7m"
    )

    @Argument(help: "Moonline's id of the order.")
    var order: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        try await OrderAction(order, options, "asking for another code").run {
            (engine, id) async throws(MoonlineError) in try await engine.resend(id)
        }
    }
}
