import ArgumentParser
import LuaSandbox
import Moonline
import OrderKernel

/// Waits for the code of an order.
struct WaitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wait",
        abstract: "Wait for the code of an order, also of one that another process bought.",
        discussion: "Example: moonline wait k3v9x2qd7m --wait 5m"
    )

    @Argument(help: "Moonline's id of the order.")
    var order: String

    @Option(
        help: "How long to wait; the order stays open afterwards.",
        transform: DurationArgument.init)
    var wait = DurationArgument(.seconds(600))

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        let console = invocation.console
        let spinner = Spinner(console: console, clock: invocation.clock)
        await invocation.run { [order, wait] (engine) async throws(MoonlineError) in
            let number = try await engine.number(order)
            let until = invocation.clock.now() + wait.duration
            spinner.set("waiting for the code on \(number.phone)", until: until)
            let code = try await spinner.spinning { () async throws(MoonlineError) in
                try await number.code(within: wait.duration)
            }
            let received = try await engine.number(order).order
            if console.isJSON {
                let duration = invocation.clock.now() - received.createdAt
                console.print(Documents.code(received, code, after: duration))
            } else {
                console.print(code)
            }
        } afterwards: { engine in
            await GivingBack(engine: engine, invocation: invocation).attempt()
        }
    }
}
