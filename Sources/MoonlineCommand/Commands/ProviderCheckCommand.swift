import ArgumentParser
import Definitions
import LuaSandbox
import OrderKernel

/// Checks files.
struct ProviderCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check definition files: all problems at once, with line and suggestion.",
        discussion: "Example: moonline provider check my_provider.lua"
    )

    @Argument(help: "Files, or ids of providers; all that are found by default.")
    var files: [String] = []

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        await invocation.runBare { [files] _ async throws(MoonlineError) in
            let definitions = DefinitionFiles(invocation)
            var count = 0
            for path in try definitions.paths(files) {
                do throws(DefinitionProblems) {
                    let definition = try await definitions.library.load(path: path)
                    Self.report(definition, path, invocation.console)
                } catch {
                    count += error.problems.count
                    for problem in error.problems { Self.report(problem, invocation.console) }
                }
            }
            guard count == 0 else {
                throw MoonlineError(.invalid, count.counted("problem"))
            }
        }
    }

    private static func report(
        _ definition: ProviderDefinition,
        _ path: String,
        _ console: Console
    ) {
        let tests = definition.tests.count
        if console.isJSON {
            console.print(
                Documents.event(
                    "checked",
                    [
                        .init("file", .string(path)), .init("id", .string(definition.id)),
                        .init("tests", .number(String(tests))),
                        .init("notes", .array(definition.advice.map(notes))),
                    ])
            )
        } else {
            console.print(
                "\(path): fine, \(definition.operations.count.counted("operation")), "
                    + tests.counted("test"))
            for advice in definition.advice {
                console.print("  note: \(advice.operation) \(advice.text)")
            }
        }
    }

    private static func notes(_ advice: DefinitionAdvice) -> JSON {
        .object([
            .init("operation", .string(advice.operation)), .init("message", .string(advice.text)),
        ])
    }

    static func report(_ problem: DefinitionProblem, _ console: Console) {
        if console.isJSON {
            console.print(Documents.problem(problem))
        } else {
            console.print(problem.description)
        }
    }
}
