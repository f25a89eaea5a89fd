/// A point in time as a plain value: whole milliseconds since 1970-01-01T00:00:00Z.
///
/// The kernel is handed instants and never asks a clock. Milliseconds are enough: the shortest
/// interval that any provider documents is two seconds.
public struct Instant: Sendable, Hashable, Comparable, Codable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var milliseconds: Int64

    /// An instant from its milliseconds since 1970.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// The instant that is later by a duration, which may be negative.
    public static func + (instant: Instant, duration: Duration) -> Instant {
        let added = duration.milliseconds
        let (sum, overflows) = instant.milliseconds.addingReportingOverflow(added)
        // A wait that is too long to count must not end in the past.
        return Instant(milliseconds: overflows ? (added < 0 ? .min : .max) : sum)
    }

    /// The instant that is earlier by a duration.
    public static func - (instant: Instant, duration: Duration) -> Instant {
        Instant(milliseconds: instant.milliseconds &- duration.milliseconds)
    }

    /// The time from `earlier` to `later`; negative when they are the other way round.
    public static func - (later: Instant, earlier: Instant) -> Duration {
        .milliseconds(later.milliseconds &- earlier.milliseconds)
    }

    /// Whether the left instant comes first.
    public static func < (left: Instant, right: Instant) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// Before every instant that occurs.
    public static let distantPast = Instant(milliseconds: 0)
}

extension Duration {
    /// Whole milliseconds, rounded up, so that a wait is never too short; the nearest that fit
    /// when there are too many.
    public var milliseconds: Int64 {
        let parts = components
        let fraction = parts.attoseconds / 1_000_000_000_000_000
        let rest = parts.attoseconds % 1_000_000_000_000_000
        let exact = Int128(parts.seconds) * 1000 + Int128(fraction + (rest > 0 ? 1 : 0))
        return Int64(clamping: exact)
    }

    /// The duration times a share of `part` in `whole`.
    package func scaled(_ part: Int64, of whole: Int64) -> Duration {
        .milliseconds(Int64(clamping: Int128(milliseconds) * Int128(part) / Int128(whole)))
    }
}
