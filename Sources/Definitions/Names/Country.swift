/// A country or territory with the names and codes that providers use for it.
package struct Country: Sendable, Hashable {
    /// The ISO 3166-1 alpha-2 code in upper case, such as `GB`; `XK` is Kosovo.
    package let alpha2: String
    /// The ISO 3166-1 alpha-3 code in upper case, such as `GBR`.
    package let alpha3: String
    /// The short English name.
    package let name: String
    /// Formal names and the spellings that providers use, without the short name.
    package let otherNames: [String]
    /// The digits of the country calling code without `+`; empty where nobody lives.
    package let prefix: String
    /// The numbers that the sms-activate API uses for the country, the preferred one first.
    package let smsActivate: [String]
}

extension Country {
    /// Reads one row of the country table; nil when a column is missing or malformed.
    init?(row: String, otherNames: [String: [String]]) {
        let columns = TableText.columns(of: row)
        guard columns.count == 5 else { return nil }
        let numbers = TableText.list(columns[3], separator: ",")
        guard Self.isCode(columns[0], length: 2), Self.isCode(columns[1], length: 3),
            Self.isDigits(columns[2]), numbers.allSatisfy(Self.isDigits), !columns[4].isEmpty
        else { return nil }
        alpha2 = columns[0]
        alpha3 = columns[1]
        prefix = columns[2]
        smsActivate = numbers
        name = columns[4]
        self.otherNames = otherNames[columns[0], default: []]
    }

    private static func isCode(_ text: String, length: Int) -> Bool {
        text.count == length && text.allSatisfy { ("A"..."Z").contains($0) }
    }

    private static func isDigits(_ text: String) -> Bool {
        text.allSatisfy { ("0"..."9").contains($0) }
    }
}
