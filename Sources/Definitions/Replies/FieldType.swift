import LuaSandbox
import OrderKernel

/// What a field's name says of its type: the same in every definition.
enum FieldType: Sendable {
    case text, phone, amount, count, time, status, countryCode, raw

    init(field name: String) {
        switch name {
        case "id", "country", "service", "operator", "code", "name", "status_text", "message",
            "currency", "prefix", "text", "sender":
            self = .text
        case "phone": self = .phone
        case "price", "amount", "refund": self = .amount
        case "available": self = .count
        case "expires_at", "created_at", "cancel_at", "swap_at", "received_at": self = .time
        case "status": self = .status
        case "iso": self = .countryCode
        default: self = .raw
        }
    }

    /// The value in its normal form.
    ///
    /// - Throws: `MoonlineError` with `protocol` when the value cannot be of the type.
    func normalized(_ value: JSON, field: String) throws(MoonlineError) -> JSON {
        if self == .raw { return value }
        guard let text = value.text else {
            throw Self.unexpected(field, "a list or an object")
        }
        switch self {
        case .text, .raw: return .string(text)
        case .phone:
            let digits = text.filter { $0.isASCII && $0.isNumber }
            guard digits.count >= 4 else { throw Self.unexpected(field, "'\(text)'") }
            return .string("+" + digits)
        case .amount:
            guard let amount = ExactDecimal(text) else { throw Self.unexpected(field, "'\(text)'") }
            return .string(amount.description)
        case .count:
            guard let count = ExactDecimal(text), count.scale == 0 || count.units == 0 else {
                throw Self.unexpected(field, "'\(text)'")
            }
            return .number(count.description)
        case .time:
            guard let instant = Instant(iso8601: text) ?? Int64(text).flatMap(Instant.init(epoch:))
            else { throw Self.unexpected(field, "'\(text)'") }
            return .string(instant.rfc3339)
        case .status:
            guard OrderStatus(rawValue: text) != nil else {
                throw Self.unexpected(field, "'\(text)'")
            }
            return .string(text)
        case .countryCode:
            return .string(text.uppercased())
        }
    }

    private static func unexpected(_ field: String, _ what: String) -> MoonlineError {
        MoonlineError(.protocol, "the reply has \(what) as \(field), which the definition does not "
            + "know")
    }
}
