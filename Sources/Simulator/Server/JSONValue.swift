import Foundation

/// A JSON document to be sent, with amounts of money as exact numbers.
///
/// Foundation's encoder writes 1.2 where the documents show 1.20, and sorts keys or shuffles them.
enum JSONValue: Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case amount(Int64, Currency)
    case string(String)
    case array([JSONValue])
    case object([(String, JSONValue)])

    /// The document as text, members in their order.
    var text: String {
        switch self {
        case .null: "null"
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .amount(let value, let currency): Self.decimal(value, digits: currency.minorDigits)
        case .string(let value): Self.quoted(value)
        case .array(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
        case .object(let members): Self.braced(members)
        }
    }

    /// An amount in minor units as a decimal number: 120 with two digits is `1.20`.
    static func decimal(_ value: Int64, digits: Int) -> String {
        guard digits > 0 else { return String(value) }
        let text = String(value.magnitude)
        let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
        return (value < 0 ? "-" : "") + padded.dropLast(digits) + "." + padded.suffix(digits)
    }

    private static func braced(_ members: [(String, JSONValue)]) -> String {
        "{" + members.map { quoted($0.0) + ":" + $0.1.text }.joined(separator: ",") + "}"
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    init(stringLiteral value: String) { self = .string(value) }
}

extension JSONValue: ExpressibleByBooleanLiteral {
    init(booleanLiteral value: Bool) { self = .boolean(value) }
}

extension JSONValue: ExpressibleByIntegerLiteral {
    init(integerLiteral value: Int64) { self = .integer(value) }
}

extension JSONValue: ExpressibleByArrayLiteral {
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
    init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(elements) }
}

extension JSONValue {
    /// A text, or null.
    static func optional(_ value: String?) -> JSONValue {
        value.map(JSONValue.string) ?? .null
    }

    /// A past time as RFC 3339 in whole seconds.
    static func time(_ milliseconds: Int64) -> JSONValue {
        .string(stamp(seconds: milliseconds / 1000))
    }

    /// A time to come, rounded up, so that nobody comes too early by it.
    static func deadline(_ milliseconds: Int64) -> JSONValue {
        .string(stamp(seconds: (milliseconds + 999) / 1000))
    }

    private static func stamp(seconds: Int64) -> String {
        Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
    }
}
