import OrderKernel

/// `Retry-After` and the RateLimit headers, which may tighten a limit but never loosen it.
package enum RetryAfterHeader {
    /// A longer wait is not believed: a number lives about as long.
    static let delayMaximum = Duration.seconds(15 * 60)

    /// The wait that a reply asks for: seconds, or a date relative to the reply's own `Date`.
    package static func delay(in response: ProviderResponse) -> Duration? {
        guard let text = response.header("retry-after")?.trimmed else { return nil }
        if let seconds = Int64(text) {
            return min(.seconds(max(0, seconds)), delayMaximum)
        }
        guard let until = HTTPDate.instant(text),
            let now = response.header("date").flatMap(HTTPDate.instant)
        else { return nil }
        return min(max(until - now, .zero), delayMaximum)
    }

    /// The wait in seconds that a body or a function names.
    static func delay(seconds text: String) -> Duration? {
        ExactDecimal(text)?.millionths.map { min(.microseconds(max(0, $0)), delayMaximum) }
    }

    /// How many requests are left, and until when, where a reply says so.
    package static func remaining(in response: ProviderResponse) -> (count: Int, reset: Duration)? {
        for prefix in ["ratelimit-", "x-ratelimit-"] {
            guard let count = response.header(prefix + "remaining").flatMap({ Int($0.trimmed) }),
                let seconds = response.header(prefix + "reset").flatMap({ Int64($0.trimmed) })
            else { continue }
            // Some servers give the time of the reset, others the seconds until then.
            guard seconds < 1_000_000 else { continue }
            return (max(0, count), min(.seconds(max(0, seconds)), delayMaximum))
        }
        return nil
    }
}

/// The date format of HTTP (RFC 9110 §5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func instant(_ text: String) -> Instant? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", parts[1].count == 2, parts[3].count == 4,
            let month = months.firstIndex(of: String(parts[2]))
        else { return nil }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Instant(iso8601: "\(parts[3])-\(number)-\(parts[1])T\(parts[4])Z")
    }
}
