/// One kind of table in a definition file, with the keys that it may have.
///
/// The readers refuse every other key, and the editor's types and the written reference are made
/// of the same lists, so that they cannot differ.
package struct FormatTable: Sendable, Hashable {
    /// What types and reference call it.
    package let name: String
    package let summary: String
    package let keys: [FormatKey]
    /// Keys that are names of the author's choice, or values of the provider.
    package let others: FormatKey?

    init(_ name: String, _ summary: String, _ keys: [FormatKey], others: FormatKey? = nil) {
        self.name = name
        self.summary = summary
        self.keys = keys
        self.others = others
    }

    /// The names of its keys; a position is written `[1]`.
    package var names: [String] { keys.map(\.name) }

    /// All tables, in the order in which an author meets them.
    package static let all: [FormatTable] = [
        definition, credential, auth, login, limit, polling, backoff, idempotency, reuse, names,
        aliases, errors, operation, messages, test, failure, sent, reply,
    ]
}

/// A key of a table.
package struct FormatKey: Sendable, Hashable {
    package let name: String
    package let type: FormatType
    package let isRequired: Bool
    package let summary: String
    /// As a file writes it.
    package let example: String

    init(
        _ name: String,
        _ type: FormatType,
        _ summary: String,
        _ example: String,
        isRequired: Bool = false
    ) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
        self.summary = summary
        self.example = example
    }
}
