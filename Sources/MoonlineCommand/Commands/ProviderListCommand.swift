import ArgumentParser
import Definitions
import LuaSandbox
import Moonline
import OrderKernel

/// Lists the providers.
struct ProviderListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the providers, where they are and what they can do with an order.",
        discussion: "Example: moonline provider list"
    )

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        await invocation.runBare { _ async throws(MoonlineError) in
            let library = DefinitionFiles(invocation).library
            var table = Table(["PROVIDER", "NAME", "HOST", "ORDERS"])
            for entry in library.entries() {
                do throws(DefinitionProblems) {
                    let definition = try await library.load(path: entry.path)
                    let names = definition.operations.keys.sorted()
                    if invocation.console.isJSON {
                        invocation.console.print(Self.json(definition, entry, names))
                    } else {
                        table.add([
                            definition.id, definition.name, definition.baseURL.host,
                            Self.abilities(definition) + (entry.isShipped ? "" : " (yours)"),
                        ])
                    }
                } catch {
                    invocation.console.note(
                        "\(entry.path) has problems: \(error.problems[0]); run "
                            + "`moonline provider check \(entry.path)` for all")
                }
            }
            guard !invocation.console.isJSON else { return }
            Pager(console: invocation.console, environment: invocation.environment)
                .show(table.lines(invocation.console.style))
        }
    }

    // Nearly every one can buy and look; what else it can do with an order is worth to know.
    private static func abilities(_ definition: ProviderDefinition) -> String {
        let known: [CommonOperation] = [.cancel, .finish, .resend, .reuse, .swap, .list]
        return known.filter { definition.has($0) }.map(\.rawValue).joined(separator: " ")
    }

    private static func json(
        _ definition: ProviderDefinition,
        _ entry: DefinitionLibrary.Entry,
        _ operations: [String]
    ) -> JSON {
        .object([
            .init("id", .string(definition.id)),
            .init("name", .string(definition.name)),
            .init("version", .string(definition.version)),
            .init("base_url", .string(definition.baseURL.description)),
            .init("operations", .array(operations.map { .string($0) })),
            .init("file", .string(entry.path)),
            .init("shipped", .bool(entry.isShipped)),
        ])
    }
}
