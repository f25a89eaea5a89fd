import ArgumentParser
import Definitions
import Foundation
import LuaSandbox
import Moonline
import OrderKernel
import Scripting

/// Runs an automation script.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run an automation script; what it returns is printed as JSON.",
        discussion: """
            Arguments are written key=value or --key value; `moonline run FILE --help` lists them. \
            Numbers that a script leaves open are given back when it ends. Options of `run` itself \
            stand before the file.

            Example: moonline run scripts/verify.lua service=telegram countries=ID,GB max_price=0.80
            """
    )

    @OptionGroup var options: GlobalOptions

    @Option(
        name: .customLong("allow-host"),
        help: "A host that the script may reach, such as app.example or http://localhost:8080."
    )
    var allowedHosts: [String] = []

    @Option(
        help: "How long to stay for numbers that cannot be given back yet; 0 leaves them.",
        transform: DurationArgument.init)
    var settle = DurationArgument(.seconds(150))

    @Option(
        help: "How long the script may take, waiting included; a day without it.",
        transform: DurationArgument.init)
    var deadline = DurationArgument(ScriptRunner.durationDefault)

    @Argument(help: "The script.")
    var file: String

    @Argument(parsing: .captureForPassthrough, help: "Its arguments.")
    var arguments: [String] = []

    func run() async throws {
        var options = options
        var given = arguments
        if let index = given.firstIndex(of: "--json") {
            options.json = true
            given.remove(at: index)
        }
        let invocation = Invocation(options)
        let runner = ScriptRunner(source: try source(), file: name)
        let arguments = given
        let isHelp = arguments.contains { ["--help", "-h"].contains($0) }
        let report = ScriptReport(invocation.console)
        let (settleWithin, duration) = (settle.duration, deadline.duration)
        await invocation.run { [file, allowedHosts] engine async throws(MoonlineError) in
            if isHelp {
                let specification = try await runner.specification(engine)
                return report.help(specification, file: file)
            }
            let outcome = await runner.run(
                engine, arguments: try ScriptArguments.parse(arguments),
                grants: try ScriptGrants(allowedHosts),
                output: report.output, within: duration)
            try report.finish(outcome)
        } afterwards: { engine in
            guard !isHelp else { return }
            await report.leave(engine)
            await GivingBack(engine: engine, invocation: invocation).settle(
                own: report.orders, within: settleWithin)
            // A message may have come instead of the cancel.
            await report.leave(engine)
        }
    }

    private var name: String { URL(filePath: file).lastPathComponent }

    private func source() throws -> String {
        guard
            let source = SourceFile.text(
                at: file, bytesMaximum: ScriptRunner.sourceBytesMaximum)
        else {
            throw ValidationError(
                "'\(file)' cannot be read; check that it is a file, that you may read it, and "
                    + "that a link leads to a .lua file")
        }
        return source
    }
}

/// The arguments of a script on the command line.
enum ScriptArguments {
    /// Reads `key=value`, `--key=value` and `--key value`; dashes in a key stand for underscores.
    ///
    /// - Throws: `MoonlineError` with `invalid`.
    static func parse(_ arguments: [String]) throws(MoonlineError) -> [String: String] {
        var values: [String: String] = [:]
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            let isOption = argument.hasPrefix("--")
            let body = isOption ? String(argument.dropFirst(2)) : argument
            let halves = body.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let key = String(halves[0].map { $0 == "-" ? "_" : $0 })
            if halves.count == 2, !key.isEmpty {
                values[key] = String(halves[1])
            } else if isOption, let value = rest.popFirst() {
                values[key] = value
            } else {
                throw MoonlineError(
                    .invalid, "'\(argument)' has no value, write key=value")
            }
        }
        return values
    }
}
