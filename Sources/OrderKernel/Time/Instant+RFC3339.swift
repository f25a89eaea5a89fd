extension Instant {
    /// The instant as RFC 3339 text in UTC, such as `2026-03-21T20:15:00Z`, with milliseconds only
    /// where there are any.
    public var rfc3339: String {
        let days = milliseconds.floorDivided(by: 86_400_000)
        let (year, month, day) = Self.civil(fromDays: days)
        let remainder = milliseconds % 86_400_000
        let rest = remainder < 0 ? remainder + 86_400_000 : remainder
        let clock = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60]
            .map { Self.padded($0, 2) }.joined(separator: ":")
        let fraction = rest % 1000 == 0 ? "" : ".\(Self.padded(rest % 1000, 3))"
        let date = "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
        return "\(date)T\(clock)\(fraction)Z"
    }

    /// Reads ISO 8601 as providers write it: `2026-03-21T20:15:00Z`, with a space for the `T`,
    /// with a fraction, with an offset, or without a zone.
    ///
    /// - Parameter timeZone: how far the clock is ahead of UTC where the text names no zone.
    public init?(iso8601 text: String, timeZone: Duration = .zero) {
        var digits = Scanner(text)
        guard let year = digits.number(4), digits.skip("-"), let month = digits.number(2),
            digits.skip("-"), let day = digits.number(2), (1...12).contains(month),
            day >= 1
        else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        // A day that the month does not have would come back as one of the next month.
        guard Self.civil(fromDays: days) == (year, month, day) else { return nil }
        let zone = timeZone.components.seconds
        var seconds = days * 86_400
        if digits.isAtEnd { seconds -= zone }
        var fraction: Int64 = 0
        if digits.skip("T") || digits.skip("t") || digits.skip(" ") {
            guard let hour = digits.number(2), digits.skip(":"), let minute = digits.number(2),
                hour < 24, minute < 60
            else { return nil }
            seconds += hour * 3600 + minute * 60
            if digits.skip(":") {
                guard let second = digits.number(2), second < 61 else { return nil }
                seconds += second
            }
            if digits.skip(".") || digits.skip(",") {
                guard let thousandths = digits.thousandths() else { return nil }
                fraction = thousandths
            }
            guard let offset = digits.zoneSeconds(zone) else { return nil }
            seconds -= offset
        }
        guard digits.isAtEnd else { return nil }
        self.init(milliseconds: seconds * 1000 + fraction)
    }

    /// Reads seconds or milliseconds since 1970, told apart by their size.
    public init?(epoch number: Int64) {
        guard number > 0 else { return nil }
        self.init(milliseconds: number > 100_000_000_000 ? number : number * 1000)
    }

    // Days since 1970 in the proleptic Gregorian calendar, counted in eras of 400 years that begin
    // on 1 March, so that the leap day is the last of its year.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month > 2 ? year : year - 1
        let era = shifted.floorDivided(by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}

extension Duration {
    /// Reads an offset from UTC: `+03:00`, `-0530` or `Z`.
    package init?(zone text: String) {
        var digits = Scanner(text)
        guard !digits.isAtEnd, let seconds = digits.zoneSeconds(0), digits.isAtEnd else {
            return nil
        }
        self = .seconds(seconds)
    }
}

extension Int64 {
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}

/// A cursor over the bytes of a date.
private struct Scanner {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { offset == bytes.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    mutating func number(_ width: Int) -> Int64? {
        guard offset + width <= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes[offset..<offset + width] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        offset += width
        return value
    }

    mutating func thousandths() -> Int64? {
        guard let first = number(1) else { return nil }
        var value = first * 100
        var scale: Int64 = 10
        while let digit = number(1) {
            value += digit * scale
            scale /= 10
        }
        return value
    }

    mutating func zoneSeconds(_ standard: Int64) -> Int64? {
        if isAtEnd { return standard }
        if skip("Z") || skip("z") { return 0 }
        let sign: Int64 = skip("-") ? -1 : 1
        guard sign == -1 || skip("+"), let hours = number(2), hours < 24 else { return nil }
        guard skip(":") || !isAtEnd else { return sign * hours * 3600 }
        guard let minutes = number(2), minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
