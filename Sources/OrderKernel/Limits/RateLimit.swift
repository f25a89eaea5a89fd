/// A provider's limit: so many requests in any window of that length.
public struct RateLimit: Sendable, Hashable, Codable {
    /// Requests in a window.
    public var requests: Int
    /// The window's length.
    public var window: Duration
    /// The operations that it binds; `nil` binds all.
    public var operations: Set<String>?

    /// A limit over all operations, or over some.
    public init(requests: Int, window: Duration, operations: Set<String>? = nil) {
        self.requests = max(1, requests)
        self.window = window
        self.operations = operations
    }

    /// Names the limit in the journal.
    package var key: String {
        let names = operations.map { $0.sorted().joined(separator: "+") } ?? "all"
        return "\(requests)/\(window.milliseconds)/\(names)"
    }

    /// Requests that may leave at once: 2 % of the limit, at least one.
    var burst: Int { max(1, requests / 50) }

    /// An allowance for latency that makes the pace safe for fixed, sliding and logged windows
    /// alike.
    var latencySpread: Duration { Self.latencySpread(of: window) }

    /// How far apart two requests may arrive that left together: two seconds within a minute, and
    /// in proportion for shorter times.
    package static func latencySpread(of duration: Duration) -> Duration {
        min(.seconds(2), .milliseconds(duration.milliseconds / 30))
    }

    /// The gap between requests once the burst is used: (W + J) / (R − b), in whole milliseconds
    /// as instants are, so that a burst is neither larger nor smaller than it should be.
    var interval: Duration {
        let exact = (window + latencySpread) / max(1, requests - burst)
        return .milliseconds(exact.milliseconds)
    }
}
