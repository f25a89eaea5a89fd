public import OrderKernel

/// A log of instants in their order, and how many of them fall into a window that slides over it.
public struct SlidingWindow: Sendable {
    /// All instants.
    public private(set) var instants: [Instant] = []
    /// The most that any window held.
    public private(set) var worst = 0
    private let lengthMilliseconds: Int64
    private var head = 0

    /// An empty log with windows of a length.
    public init(length: Duration) { lengthMilliseconds = length.milliseconds }

    /// How many instants the window holds that ends now; one as old as the window is out.
    public mutating func count(at now: Instant) -> Int {
        while head < instants.count,
            now.milliseconds - instants[head].milliseconds >= lengthMilliseconds
        {
            head += 1
        }
        return instants.count - head
    }

    /// Adds an instant; one that comes too late for the order counts as the latest.
    public mutating func add(_ instant: Instant) {
        let instant = max(instant, instants.last ?? instant)
        instants.append(instant)
        worst = max(worst, count(at: instant))
    }

    /// When the window that ends now will hold fewer than `limit`.
    public mutating func room(for limit: Int, at now: Instant) -> Instant {
        let excess = count(at: now) - limit
        guard excess >= 0, head + excess < instants.count else { return now }
        return instants[head + excess] + .milliseconds(lengthMilliseconds)
    }

    /// The most instants that any window of another length holds.
    public func worst(in length: Duration) -> Int {
        let milliseconds = length.milliseconds
        var first = 0
        var most = 0
        for last in instants.indices {
            while instants[last].milliseconds - instants[first].milliseconds >= milliseconds,
                first < last
            {
                first += 1
            }
            most = max(most, last - first + 1)
        }
        return most
    }
}
