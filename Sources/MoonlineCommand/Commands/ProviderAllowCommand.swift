import ArgumentParser
import LuaSandbox
import Moonline
import OrderKernel

/// Lets a definition that leads to another origin than before have the credential.
struct ProviderAllowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "allow",
        abstract: "Let a file that leads to another origin than before use your key.",
        discussion: "Example: moonline provider allow smscode"
    )

    @Argument(help: "The provider's id.")
    var id: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        await invocation.run { [id] (engine) async throws(MoonlineError) in
            let origin = try await engine.allow(provider: id)
            let open = try await engine.orders(openOnly: true).filter { $0.provider == id }
            if !open.isEmpty {
                invocation.console.note(
                    "\(open.count) of its orders are open; where one was bought at another "
                        + "address, `moonline status ID` says how to reach it")
            }
            guard invocation.console.isJSON else {
                return invocation.console.print("the credential of \(id) may go to \(origin)")
            }
            invocation.console.print(
                Documents.event(
                    "allowed", [.init("provider", .string(id)), .init("origin", .string(origin))]))
        }
    }
}
