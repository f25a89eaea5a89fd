import ArgumentParser
import Definitions
import Logging

/// What every command understands.
struct GlobalOptions: ParsableArguments {
    @Flag(name: .long, help: "Print JSON Lines, one object a line.")
    var json = false

    @Option(
        name: .customLong("log-level"),
        help: "Log to standard error: trace, debug, info, warning or error."
    )
    var logLevel: LogLevel = .warning

    /// The levels of the log.
    enum LogLevel: String, ExpressibleByArgument, CaseIterable {
        case trace, debug, info, warning, error

        var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .warning }
    }
}

/// A duration such as `90s` or `10m` on the command line.
struct DurationArgument: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        guard let duration = Duration(text: argument), duration >= .zero else {
            guard argument == "0" else { return nil }
            self.duration = .zero
            return
        }
        self.duration = duration
    }
}

extension DurationArgument {
    init(_ duration: Duration) { self.duration = duration }

    /// As help texts show a default.
    var defaultValueDescription: String { duration == .zero ? "0" : duration.text }
}
