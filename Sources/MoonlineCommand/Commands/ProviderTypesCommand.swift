import ArgumentParser
import Definitions
import OrderKernel

/// Types for the Lua language server.
struct ProviderTypesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "types",
        abstract: "Print types of definitions and scripts for the Lua language server.",
        discussion: """
            Editors with the Lua language server complete and check files by them. Write the file \
            into a folder that the editor has as a library (`Lua.workspace.library`).

            Example: moonline provider types > types/moonline.lua
            """
    )

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        await invocation.runBare { _ in
            invocation.console.print(text: EditorTypes.text, as: "types")
        }
    }
}
