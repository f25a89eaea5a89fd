import Testing

@testable import Definitions

/// What is said about the only test of a small definition.
enum Mistake {
    /// What differs, one difference a line; empty when the test passes.
    static func differences(_ test: String, operations: String) async throws -> String {
        let text = DefinitionText.of(["operations": operations, "tests": "{ { \(test) } }"])
        let definition = try await DefinitionText.load(text)
        let outcomes = await DefinitionTestRunner(definition).run()
        #expect(outcomes.count == 1)
        return outcomes.flatMap(\.differences).joined(separator: "\n")
    }
}
