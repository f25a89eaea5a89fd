import ArgumentParser
import Definitions
import LuaSandbox
import Moonline
import OrderKernel

/// Runs the tests that files hold.
struct ProviderTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run the tests that definition files hold, offline; or one call, live.",
        discussion: """
            With --live the operation is performed once with the account's key, and request and
            reply are shown without it. Arguments follow as key=value; buying needs --spend.

            Example: moonline provider test my_provider.lua

            Example: moonline provider test my_provider.lua --live check id=8831
            """
    )

    @Argument(help: "Files, or ids of providers; all that are found by default.")
    var files: [String] = []

    @Option(help: "Perform this operation of one file with a real key.")
    var live: String?

    @Flag(help: "Let a live `buy` spend money; the number stays open.")
    var spend = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        if let live {
            guard let file = files.first else {
                throw ValidationError("--live needs a file or the id of a provider")
            }
            await runLive(file, live, invocation)
        }
        await invocation.runBare { [files] _ async throws(MoonlineError) in
            let definitions = DefinitionFiles(invocation)
            var failed = 0
            for path in try definitions.paths(files) {
                do throws(DefinitionProblems) {
                    let definition = try await definitions.library.load(path: path)
                    failed += await Self.run(definition, path, invocation.console)
                } catch {
                    failed += 1
                    for problem in error.problems {
                        ProviderCheckCommand.report(problem, invocation.console)
                    }
                }
            }
            guard failed == 0 else { throw MoonlineError(.invalid, "\(failed) failed") }
        }
    }

    private func runLive(
        _ file: String,
        _ operation: String,
        _ invocation: Invocation
    ) async -> Never {
        await LiveCall.run(
            file, operation, Array(files.dropFirst()), maySpend: spend, invocation
        ) { call, engine, _ async throws(MoonlineError) in
            var failure: MoonlineError?
            do throws(MoonlineError) {
                _ = try await call.perform(engine, invocation.console)
            } catch {
                failure = error
            }
            for exchange in call.exchanges {
                if invocation.console.isJSON {
                    invocation.console.print(exchange.json(call.credentialPlace))
                } else {
                    for line in exchange.lines(call.credentialPlace) {
                        invocation.console.print(line)
                    }
                }
            }
            if let failure { throw failure }
        }
    }

    private static func run(
        _ definition: ProviderDefinition,
        _ path: String,
        _ console: Console
    ) async -> Int {
        let outcomes = await DefinitionTestRunner(definition).run()
        let failed = outcomes.filter { !$0.passed }
        for outcome in failed where !console.isJSON {
            let test = outcome.test
            let name = "\(path):\(test.line): test \(test.number) (\(test.operation))"
            for difference in outcome.differences { console.print("\(name): \(difference)") }
        }
        if console.isJSON {
            for outcome in outcomes { console.print(json(outcome, definition.id)) }
        } else {
            console.print(
                "\(path): \(outcomes.count - failed.count) passed, \(failed.count) failed"
                    + (outcomes.isEmpty ? " (the file has no tests)" : ""))
        }
        return failed.count
    }

    private static func json(_ outcome: DefinitionTestOutcome, _ id: String) -> JSON {
        Documents.event(
            "test",
            [
                .init("provider", .string(id)),
                .init("number", .number(String(outcome.test.number))),
                .init("operation", .string(outcome.test.operation)),
                .init("passed", .bool(outcome.passed)),
                .init("differences", .array(outcome.differences.map { .string($0) })),
            ])
    }
}

extension ObservedExchange {
    /// The request and its answer, as a terminal shows them.
    fileprivate func lines(_ credentialPlace: String) -> [String] {
        var lines = ["\(request.method.verb) \(url)"]
        lines.append("  key: " + (request.sendsCredential ? credentialPlace : "not sent"))
        lines += request.headers.map { "  \($0.name): \($0.value)" }
        if let body = request.body { lines.append("  " + String(decoding: body, as: UTF8.self)) }
        switch answer {
        case .success(let response):
            lines.append("  answered \(response.status)")
            lines += response.text.split(separator: "\n").map { "  " + $0 }
        case .failure(let error): lines.append("  no answer: \(error)")
        }
        return lines
    }

    /// The same for programs.
    fileprivate func json(_ credentialPlace: String) -> JSON {
        let response = try? answer.get()
        return Documents.event(
            "exchange",
            [
                .init("method", .string(request.method.verb)), .init("url", .string(url)),
                .init("key", .string(request.sendsCredential ? credentialPlace : "none")),
                .init("headers", Documents.headers(request.headers)),
                .init(
                    "body", Documents.text(request.body.map { String(decoding: $0, as: UTF8.self) })
                ),
                .init("status", response.map { .number(String($0.status)) } ?? .null),
                .init("reply", Documents.text(response?.text)),
            ])
    }
}
