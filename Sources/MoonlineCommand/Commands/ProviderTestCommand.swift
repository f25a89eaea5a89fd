import ArgumentParser
import Definitions
import LuaSandbox
import OrderKernel

/// Runs the tests that files hold.
struct ProviderTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run the tests that definition files hold, offline.",
        discussion: "Example: moonline provider test my_provider.lua"
    )

    @Argument(help: "Files, or ids of providers; all that are found by default.")
    var files: [String] = []

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        await invocation.runBare { [files] _ async throws(MoonlineError) in
            let definitions = DefinitionFiles(invocation)
            var failed = 0
            for path in try definitions.paths(files) {
                do throws(DefinitionProblems) {
                    let definition = try await definitions.library.load(path: path)
                    failed += await Self.run(definition, path, invocation.console)
                } catch {
                    failed += 1
                    for problem in error.problems { invocation.console.print(problem.description) }
                }
            }
            guard failed == 0 else { throw MoonlineError(.invalid, "\(failed) failed") }
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
            let name = "\(path): test \(outcome.test.number) (\(outcome.test.operation))"
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
