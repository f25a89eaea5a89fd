import Testing

@testable import Definitions

/// What `explain` and `diff` tell of a file.
struct DefinitionFactTests {
    private func definition(_ changes: [String: String] = [:]) async throws -> ProviderDefinition {
        try await DefinitionText.load(DefinitionText.of(changes))
    }

    @Test(arguments: [
        (["base_url": "\"https://other.example/v1\""], DefinitionFact.Topic.host, "", true),
        (["auth": "{ query = { key = \"{api_key}\" } }"], .auth, "api_key", true),
        (["limits": "{ { requests = 7, per = \"1m\" } }"], .limit, "1", false),
        (["polling": "{ every = \"9s\" }"], .polling, "", false),
        (["lifetime": "\"9m\""], .order, "", false),
        (["currency": "\"EUR\""], .currency, "", false),
        (["idempotency": "{ header = \"X-Key\" }"], .settlement, "", false),
        (["refunds_within": "\"9m\""], .refund, "", false),
    ])
    func `a change is told under its topic, and marked where it touches keys or money`(
        _ row: (changes: [String: String], topic: DefinitionFact.Topic, name: String, mark: Bool)
    ) async throws {
        let (old, new) = (try await definition(), try await definition(row.changes))
        let changes = DefinitionChange.between(old, new)
        #expect(changes.map(\.topic) == [row.topic])
        #expect(changes.map(\.name) == [row.name])
        #expect(changes.allSatisfy { $0.isSensitive == row.mark && $0.before != $0.after })
        #expect(DefinitionChange.between(new, new).isEmpty)
    }

    @Test func `hosts and credentials come before all else`() async throws {
        let new = try await definition([
            "base_url": "\"https://other.example/v1\"", "currency": "\"EUR\"",
            "operations": "{ rent = { post = \"/rent\", costs = true } }",
        ])
        let topics = DefinitionChange.between(try await definition(), new).map(\.topic)
        let order = DefinitionFact.Topic.allCases
        let places = topics.compactMap { order.firstIndex(of: $0) }
        #expect(topics.first == .host && places == places.sorted())
        #expect(topics.contains(.money) && topics.contains(.operation))
    }
}
