import Foundation

/// One member of a JSON body, told apart by type as far as a provider looks at it.
enum BodyField: Decodable, Sendable {
    case boolean(Bool)
    case number(Decimal)
    case string(String)
    case strings([String])
    case other

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Decimal.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([String].self) {
            self = .strings(value)
        } else {
            self = .other
        }
    }

    /// The number if it is a whole one.
    var integer: Int64? {
        if case .number(let value) = self { Int64(value.description) } else { nil }
    }

    /// The number in hundredths if it has at most two decimals.
    var hundredths: Int64? {
        if case .number(let value) = self { Int64((value * 100).description) } else { nil }
    }

    var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    var strings: [String]? {
        if case .strings(let value) = self { value } else { nil }
    }

    var boolean: Bool? {
        if case .boolean(let value) = self { value } else { nil }
    }
}
