import Testing

/// One row of the table: a message and the code a reader would take from it.
struct CodeRow: Sendable, CustomTestStringConvertible {
    /// The language tag of the message (BCP 47).
    let language: String
    let text: String
    /// The code, or nil when the message holds none.
    let expected: String?
    let service: String?

    init(_ language: String, _ text: String, _ expected: String?, service: String? = nil) {
        self.language = language
        self.text = text
        self.expected = expected
        self.service = service
    }

    var testDescription: String { "\(language): \(text)" }
}
