/// The text of a JSON object, written field by field.
struct ReferenceJSON {
    private var fields = "{"

    /// The object so far, closed.
    var text: String { fields + "}" }

    /// Adds a text, or `null`.
    mutating func add(_ name: StaticString, _ value: String?) {
        begin(name)
        guard let value else {
            fields += "null"
            return
        }
        fields += "\""
        Self.append(value, to: &fields)
        fields += "\""
    }

    /// Adds a whole number.
    mutating func add(_ name: StaticString, _ value: Int64) {
        begin(name)
        fields += String(value)
    }

    /// Adds JSON that is written already.
    mutating func add(_ name: StaticString, json: String) {
        begin(name)
        fields += json
    }

    private mutating func begin(_ name: StaticString) {
        fields += fields.utf8.count > 1 ? ",\"" : "\""
        fields += "\(name)\":"
    }

    private static func append(_ value: String, to text: inout String) {
        // Nearly no value needs an escape, so the common case is one scan and one copy.
        guard value.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) else {
            text += value
            return
        }
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                text += "\\"
                text.unicodeScalars.append(scalar)
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
    }

    /// The fields of an object whose values are all texts; `nil` for anything else.
    static func texts(in body: String) -> [String: String]? {
        var reader = ReferenceJSONReader(body)
        return reader.texts()
    }
}

extension Int64 {
    /// An amount in millionths as decimal text with at least two digits behind the point.
    var amountText: String {
        var fraction = String(magnitude % 1_000_000)
        fraction = String(repeating: "0", count: 6 - fraction.count) + fraction
        while fraction.utf8.count > 2, fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(self < 0 ? "-" : "")\(magnitude / 1_000_000).\(fraction)"
    }
}
