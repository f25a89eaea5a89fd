import Definitions

/// The text of a small definition that has no problem, with some of its keys changed.
///
/// Every key has a line of its own: `api` stands on line 2, `operations` on line 8, and a key that
/// the changes add on line 9.
enum DefinitionText {
    private static let entries = [
        ("api", "1"),
        ("id", "\"example\""),
        ("name", "\"Example\""),
        ("base_url", "\"https://api.example.com/v1\""),
        ("credentials", "{ api_key = { label = \"API key\" } }"),
        ("auth", "{ bearer = \"{api_key}\" }"),
        ("operations", "{ balance = { get = \"/balance\", reply = { amount = \"balance\" } } }"),
    ]

    /// The text; an empty change takes a key away.
    static func of(_ changes: [String: String] = [:]) -> String {
        var lines = ["return provider {"]
        for (key, value) in entries { lines.append(line(key, changes[key] ?? value)) }
        for (key, value) in changes.sorted(by: { $0.key < $1.key })
        where !entries.contains(where: { $0.0 == key }) {
            lines.append(line(key, value))
        }
        return (lines + ["}"]).joined(separator: "\n")
    }

    private static func line(_ key: String, _ value: String) -> String {
        value.isEmpty ? "" : "  \(key) = \(value),"
    }

    static func load(
        _ source: String,
        dialects: [String: String] = [:]
    ) async throws(DefinitionProblems) -> ProviderDefinition {
        let loader = DefinitionLoader { dialects[$0] }
        return try await loader.load(source, id: "example", file: "example.lua")
    }

    /// What is wrong with a text, one problem a line; empty when it loads.
    static func problems(_ source: String, dialects: [String: String] = [:]) async -> String {
        do {
            _ = try await load(source, dialects: dialects)
            return ""
        } catch {
            return error.description
        }
    }
}
