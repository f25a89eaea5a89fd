/// A service that sends codes, with the names and codes that providers use for it.
package struct Service: Sendable, Hashable {
    /// The name that callers use: lower-case words joined by `-`, such as `google-voice`.
    package let slug: String
    /// The name as the service writes it.
    package let name: String
    /// Products of the same account and the spellings that providers use, without the name.
    package let otherNames: [String]
    /// The code that the sms-activate API uses for the service, if its lists agree on one.
    package let smsActivate: String?
}

extension Service {
    /// Reads one row of the service table; nil when a column is missing or malformed.
    init?(row: String) {
        let columns = TableText.columns(of: row)
        guard columns.count == 4, Self.isSlug(columns[0]), !columns[2].isEmpty else { return nil }
        slug = columns[0]
        smsActivate = columns[1].isEmpty ? nil : columns[1]
        name = columns[2]
        otherNames = TableText.list(columns[3], separator: ";")
    }

    private static func isSlug(_ text: String) -> Bool {
        let words = text.split(separator: "-", omittingEmptySubsequences: false)
        return words.allSatisfy { word in
            !word.isEmpty
                && word.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) }
        }
    }
}
