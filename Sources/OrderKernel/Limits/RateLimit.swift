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
        self.window = min(max(window, .milliseconds(1)), Self.windowMaximum)
        self.operations = operations
    }

    /// A limit as another process or the journal has it.
    ///
    /// - Throws: `DecodingError` when it is none.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            requests: try values.decode(Int.self, forKey: .requests),
            window: try values.decode(Duration.self, forKey: .window),
            operations: try values.decodeIfPresent(Set<String>.self, forKey: .operations)
        )
    }

    /// A year; no document names more than a day.
    private static let windowMaximum = Duration.seconds(366 * 86_400)

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
