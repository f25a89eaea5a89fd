import ArgumentParser
import Definitions
import LuaSandbox
import Moonline
import OrderKernel

/// Compares two versions of a definition.
struct ProviderDiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare two versions of a definition: hosts, credentials and costs first.",
        discussion: "Example: moonline provider diff smspool ./smspool.lua"
    )

    @Argument(help: "The version in use: an id, or a file.")
    var old: String

    @Argument(help: "The other version: an id, or a file.")
    var new: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        await invocation.runBare { [old, new] _ async throws(MoonlineError) in
            let files = DefinitionFiles(invocation)
            let before = try await files.definition(old).definition
            let after = try await files.definition(new).definition
            let changes = DefinitionChange.between(before, after)
            let console = invocation.console
            for change in changes {
                if console.isJSON {
                    console.print(Self.json(change))
                } else {
                    Self.lines(change, console.style).forEach { console.print($0) }
                }
            }
            guard !console.isJSON else { return }
            if before.source == after.source {
                console.print("the two are the same")
            } else if after.facts.contains(where: { $0.topic == .function }) {
                console.print("functions of the file may differ, too: read them")
            } else if changes.isEmpty {
                console.print("both talk to the provider in the same way; only the text differs")
            }
        }
    }

    private static func lines(_ change: DefinitionChange, _ style: Style) -> [String] {
        let mark = change.isSensitive ? style.red("!") : " "
        let what = [change.topic.rawValue, change.name].filter { !$0.isEmpty }
            .joined(separator: " ")
        return [
            change.before.map { "\(mark) - \(what): \($0)" },
            change.after.map { "\(mark) + \(what): \($0)" },
        ].compactMap { $0 }
    }

    private static func json(_ change: DefinitionChange) -> JSON {
        Documents.event(
            "change",
            [
                .init("topic", .string(change.topic.rawValue)),
                .init("name", .string(change.name)),
                .init("before", Documents.text(change.before)),
                .init("after", Documents.text(change.after)),
                .init("sensitive", .bool(change.isSensitive)),
            ])
    }
}
