import ArgumentParser

/// For authors of definitions.
struct ProviderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provider",
        abstract: "Write, check, test, explain, compare and allow provider definitions.",
        discussion: "Example: moonline provider check my_provider.lua",
        subcommands: [
            ProviderListCommand.self, ProviderCheckCommand.self, ProviderTestCommand.self,
            ProviderExplainCommand.self, ProviderDiffCommand.self, ProviderAllowCommand.self,
            ProviderNewCommand.self, ProviderRecordCommand.self, ProviderTypesCommand.self,
            ProviderReferenceCommand.self,
        ]
    )
}
