import ArgumentParser
import Definitions
import LuaSandbox
import Moonline
import OrderKernel

/// Says in plain words what a definition does.
struct ProviderExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say in plain words what a definition does: host, key, limits, operations.",
        discussion: "Example: moonline provider explain herosms"
    )

    @Argument(help: "An id, or a file.")
    var provider: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        await invocation.runBare { [provider] _ async throws(MoonlineError) in
            let (definition, path) = try await DefinitionFiles(invocation).definition(provider)
            let console = invocation.console
            if console.isJSON {
                for fact in definition.facts { console.print(Self.json(fact)) }
                return
            }
            let title = "\(definition.name) (\(definition.id), version \(definition.version))"
            console.print(console.style.bold(title))
            var table = Table(["", "", ""])
            table.add(["file", "", path])
            for credential in definition.credentials {
                let variable = EnvironmentReader.variable(
                    of: credential.name, account: definition.id)
                table.add(["set", credential.name, "\(variable), or \(variable)_FILE"])
            }
            table.add([
                "set", "another origin",
                EnvironmentReader.variable(of: "base_url", account: definition.id),
            ])
            var last = ""
            for fact in definition.facts {
                let topic = fact.topic.rawValue
                table.add([topic == last ? "" : topic, fact.name, fact.text])
                last = topic
            }
            let missing = CommonOperation.allCases.filter { !definition.has($0) }.map(\.rawValue)
            if !missing.isEmpty { table.add(["cannot", "", missing.joined(separator: ", ")]) }
            for line in table.lines(console.style).dropFirst() { console.print(line) }
        }
    }

    private static func json(_ fact: DefinitionFact) -> JSON {
        Documents.event(
            "fact",
            [
                .init("topic", .string(fact.topic.rawValue)), .init("name", .string(fact.name)),
                .init("text", .string(fact.text)),
            ])
    }
}
