import ArgumentParser
import Definitions
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

            Credentials come from the environment, such as MOONLINE_SMSCODE_TOKEN, or from a file \
            named by MOONLINE_SMSCODE_TOKEN_FILE. For testing and verifying accounts that are yours.
            """,
        version: "0.1.0",
        subcommands: [
            VerifyCommand.self, OffersCommand.self, BalanceCommand.self, CountriesCommand.self,
            ServicesCommand.self, OperatorsCommand.self, BuyCommand.self, StatusCommand.self,
            WaitCommand.self, CancelCommand.self, FinishCommand.self, ResendCommand.self,
            ReuseCommand.self, SwapCommand.self, OrdersCommand.self, SweepCommand.self,
            ResolveCommand.self, CallCommand.self, RunCommand.self, StatsCommand.self,
            ProviderCommand.self, SimulateCommand.self, DemoCommand.self, DoctorCommand.self,
        ]
    )

    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        leaveNoCore()
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

    // An image of the memory would hold every key. Where the kernel hands it to a program instead
    // of writing a file, the limit does not hold, but what is left out of the image does (core(5)).
    private static func leaveNoCore() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(coreFile, &none)
        try? Data("0".utf8).write(to: URL(filePath: "/proc/self/coredump_filter"))
    }

    #if os(Linux)
        private static let coreFile = __rlimit_resource_t(RLIMIT_CORE.rawValue)
    #else
        private static let coreFile = RLIMIT_CORE
    #endif

    // The help of the command that was meant, or the command that is nearest.
    private static func wayOut(_ arguments: [String]) -> String {
        var (words, commands) = ("moonline", configuration.subcommands)
        for word in arguments.prefix(while: { !$0.hasPrefix("-") }) where !commands.isEmpty {
            let named = commands.first { $0.configuration.commandName == word }
            guard let named else {
                let names = commands.compactMap { $0.configuration.commandName }
                let near = NearestNames.of(word, among: names, limit: 1).first
                return near.map { "did you mean `\(words) \($0)`?" } ?? "see `\(words) --help`"
            }
            words += " " + word
            commands = named.configuration.subcommands
        }
        return "see `\(words) --help`"
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
        Failure.report(MoonlineError(.invalid, "\(text); \(wayOut(arguments))"), console)
        Foundation.exit(64)
    }
}
