/// A provider's limit: so many requests in any window of that length.
public struct RateLimit: Sendable, Hashable {
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

    /// Requests that may leave at once: 2 % of the limit, at least one (`reliability.md` §1).
    var burst: Int { max(1, requests / 50) }

    /// How far apart two requests may arrive that left together: an allowance for latency that
    /// makes the pace safe for fixed, sliding and logged windows alike (`reliability.md` §1). It is
    /// two seconds for a window of a minute, and in proportion for shorter ones.
    var latencySpread: Duration { min(.seconds(2), window / 30) }

    /// The gap between requests once the burst is used: (W + J) / (R − b).
    var interval: Duration { (window + latencySpread) / max(1, requests - burst) }
}
