import ArgumentParser

/// For authors of definitions.
struct ProviderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provider",
        abstract: "List, check, test and allow provider definitions.",
        discussion: "Example: moonline provider check my_provider.lua",
        subcommands: [
            ProviderListCommand.self, ProviderCheckCommand.self, ProviderTestCommand.self,
            ProviderAllowCommand.self,
        ]
    )
}
