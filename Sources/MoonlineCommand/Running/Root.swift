import ArgumentParser
import Foundation
import OrderKernel

/// The program.
@main
struct Root: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "moonline",
        abstract: "Buys virtual numbers from any provider that a Lua file describes, and waits for "
            + "their codes.",
        discussion: """
            Example: moonline verify --service whatsapp --country ID --max-price 1.50

            Credentials come from the environment, such as MOONLINE_SMSCODE_TOKEN, or from a file
            named by MOONLINE_SMSCODE_TOKEN_FILE. For testing and verifying accounts that are yours.
            """,
        version: "0.1.0",
        subcommands: [
            VerifyCommand.self, OffersCommand.self, BalanceCommand.self, CountriesCommand.self,
            ServicesCommand.self, OperatorsCommand.self, BuyCommand.self, StatusCommand.self,
            WaitCommand.self, CancelCommand.self, FinishCommand.self, ResendCommand.self,
            ReuseCommand.self, SwapCommand.self, OrdersCommand.self, CallCommand.self,
            ProviderCommand.self, SimulateCommand.self, DemoCommand.self, DoctorCommand.self,
        ]
    )

    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            var command = try parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            fail(error, arguments)
        }
    }

    // A wrong command line is one line too, and a `failed` line with --json.
    private static func fail(_ error: any Error, _ arguments: [String]) -> Never {
        let status = exitCode(for: error)
        guard status != .success, arguments.contains("--json") || status.rawValue == 64 else {
            exit(withError: error)
        }
        let console = Console(
            isJSON: arguments.contains("--json"), environment: ProcessInfo.processInfo.environment
        )
        let text = message(for: error).split(whereSeparator: \.isNewline).joined(separator: " ")
        let command = arguments.prefix { !$0.hasPrefix("-") }.joined(separator: " ")
        let help = "see `moonline \(command.isEmpty ? "" : command + " ")--help`"
        Failure.report(MoonlineError(.invalid, "\(text); \(help)"), console)
        Foundation.exit(64)
    }
}
