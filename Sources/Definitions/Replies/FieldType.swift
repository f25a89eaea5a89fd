import LuaSandbox
import OrderKernel

/// What a field's name says of its type: the same in every definition.
enum FieldType: Sendable {
    case text, phone, amount, count, time, remaining, status, countryCode, raw

    /// In words.
    var words: String {
        switch self {
        case .text: "text"
        case .phone: "phone number"
        case .amount: "exact amount"
        case .count: "whole number"
        case .time: "ISO 8601, or seconds or milliseconds since 1970"
        case .remaining: "seconds, or a duration"
        case .status: "one of \(OrderStatus.allCases.map(\.rawValue).joined(separator: ", "))"
        case .countryCode: "two letters"
        case .raw: "as it is"
        }
    }

    init(field name: String) { self = ReplyField.byName[name]?.type ?? .raw }

    /// The value in its normal form.
    ///
    /// - Parameter timeZone: of a time that names none, ahead of UTC.
    /// - Throws: `MoonlineError` with `protocol` when the value cannot be of the type.
    func normalized(
        _ value: JSON,
        field: String,
        timeZone: Duration = .zero
    ) throws(MoonlineError) -> JSON {
        if self == .raw { return value }
        guard let text = value.text else {
            throw unexpected(field, "a list or an object")
        }
        switch self {
        case .text, .raw:
            if field == "message" || field == "text" {
                return .string(MessageEvidence.shortened(text))
            }
            try checkLength(of: text, field)
            // A reply that was mended has another id, of which nothing can be asked.
            guard field != "id" || !text.unicodeScalars.contains("\u{FFFD}") else {
                throw unexpected(field, "'\(text)'")
            }
            // One line wherever it is shown; but ids go back to the provider as they are.
            return .string(Self.ids.contains(field) ? text : text.oneLine)
        case .phone:
            let digits = text.filter { $0.isASCII && $0.isNumber }
            guard Self.phoneDigits.contains(digits.count) else {
                throw unexpected(field, "'\(text)'")
            }
            return .string("+" + digits)
        case .amount:
            guard let amount = ExactDecimal(written: text) else {
                throw unexpected(field, "'\(text)'")
            }
            return .string(amount.description)
        case .count:
            guard let count = ExactDecimal(text), let whole = count.whole else {
                throw unexpected(field, "'\(text)'")
            }
            return .number(String(whole))
        case .time:
            guard let instant = Instant(iso8601: text, timeZone: timeZone) ?? Self.epoch(text),
                instant < Self.instantLimit
            else { throw unexpected(field, "'\(text)'") }
            return .string(instant.rfc3339)
        case .remaining:
            guard let remaining = Self.remaining(text) else {
                throw unexpected(field, "'\(text)'")
            }
            return .number(String(remaining.milliseconds / 1000))
        case .status:
            guard OrderStatus(rawValue: text) != nil else {
                throw unexpected(field, "'\(text)'")
            }
            return .string(text)
        case .countryCode:
            try checkLength(of: text, field)
            return .string(text.uppercased().oneLine)
        }
    }

    private func checkLength(of text: String, _ field: String) throws(MoonlineError) {
        guard text.utf8.count <= Self.textBytesMaximum else {
            throw unexpected(field, "\(text.utf8.count) bytes")
        }
    }

    private static let ids: Set = ["id", "country", "service", "operator"]
    /// ITU-T E.164 §6.1 allows 15; the rest is for a prefix of the provider's.
    private static let phoneDigits = 4...20
    /// Names, codes and ids are shorter; each is kept for every order.
    static let textBytesMaximum = 1024
    /// The year 10000, which no text of ISO 8601 can name.
    private static let instantLimit = Instant(milliseconds: 253_402_300_800_000)

    // Longer than a year is an instant that was taken for a length of time.
    private static func remaining(_ text: String) -> Duration? {
        let seconds = ExactDecimal(text)?.millionths.map { Duration.microseconds($0) }
        guard let remaining = seconds ?? Duration(text: text),
            remaining < .seconds(366 * 24 * 3600)
        else { return nil }
        // Some count on after the end.
        return max(remaining, .zero)
    }

    // A function that divides milliseconds gives a fraction, if only `.0`.
    private static func epoch(_ text: String) -> Instant? {
        if let number = Int64(text) { return Instant(epoch: number) }
        guard let millionths = ExactDecimal(text)?.millionths else { return nil }
        let isSeconds = millionths < 100_000_000_000 * 1_000_000
        guard isSeconds else { return Instant(epoch: millionths / 1_000_000) }
        return millionths > 0 ? Instant(milliseconds: millionths / 1000) : nil
    }

    private func unexpected(_ field: String, _ what: String) -> MoonlineError {
        MoonlineError(
            .protocol, "the reply has \(what.firstLine) as \(field) (expected: \(words))")
    }
}

extension ExactDecimal {
    /// As programs write amounts: `1,234.50`, or with the noise of a binary fraction
    /// (`0.30000000000000004`), which is rounded away.
    ///
    /// A binary fraction of 64 bits is written with 17 digits at most and shows no noise below 15
    /// (IEEE 754).
    fileprivate init?(written text: String) {
        if let exact = ExactDecimal(text) {
            self = exact
            return
        }
        guard text.utf8.count <= Self.writtenBytesMaximum,
            let (isNegative, whole, fraction) = Self.written(text)
        else { return nil }
        let isNoise = (whole + fraction).drop { $0 == "0" }.count >= 15
        guard isNoise || fraction.count <= Self.scaleMaximum else { return nil }
        let kept = fraction.prefix(Self.scaleMaximum)
        let isUp = fraction.dropFirst(kept.count).first.map { $0 >= "5" } ?? false
        guard let cut = Int64(whole + kept), cut < Int64.max else { return nil }
        var (units, scale) = (cut + (isUp ? 1 : 0), kept.count)
        while kept.count < fraction.count, scale > 0, units % 10 == 0 {
            (units, scale) = (units / 10, scale - 1)
        }
        self.init(units: isNegative ? -units : units, scale: scale)
    }

    // The digits on both sides of the point: commas stand between groups of three, or nine digits
    // without any at most.
    private static func written(
        _ text: String
    ) -> (isNegative: Bool, whole: String, fraction: Substring)? {
        let isNegative = text.hasPrefix("-")
        let halves = text.dropFirst(isNegative ? 1 : 0)
            .split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count == 2, (1...40).contains(halves[1].count) else { return nil }
        let groups = halves[0].split(separator: ",", omittingEmptySubsequences: false)
        let isDigits = (groups + [halves[1]]).allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        let isGrouped =
            groups.count > 1 && groups[0].count <= 3
            && groups.dropFirst().allSatisfy { $0.count == 3 }
        guard isDigits, isGrouped || groups.count == 1 && groups[0].count <= 9 else { return nil }
        return (isNegative, groups.joined(), halves[1])
    }

    /// Longer ones are no amounts.
    private static let writtenBytesMaximum = 64

    /// The number without its point, when nothing but zeros stands behind it.
    fileprivate var whole: Int64? {
        let divisor = (0..<scale).reduce(Int64(1)) { value, _ in value * 10 }
        return units % divisor == 0 ? units / divisor : nil
    }
}
