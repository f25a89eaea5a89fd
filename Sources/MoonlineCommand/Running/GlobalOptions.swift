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
struct DurationArgument: CustomStringConvertible {
    let duration: Duration

    init(_ duration: Duration) { self.duration = duration }

    /// Reads what a user wrote.
    ///
    /// - Throws: `ValidationError` with what to write.
    init(_ text: String) throws {
        let known = text == "0" ? .zero : Duration(text: text)
        guard let known, known >= .zero else {
            let isNumber = Int(text) != nil
            throw ValidationError("write \(isNumber ? "\(text)s" : "a time such as 90s or 10m")")
        }
        duration = known
    }

    /// As help texts show a default.
    var description: String { duration == .zero ? "0" : duration.text }
}
