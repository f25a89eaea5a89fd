import OrderKernel

/// The instants at which a pacer's requests left, and the windows they fall into.
struct Departures {
    private(set) var instants: [Instant]

    /// The instants, in any order, at which requests left.
    init(_ instants: [Instant] = []) { self.instants = instants.sorted() }

    /// Sends one request as soon as the pacer allows, not before `wanted`.
    mutating func send(_ pacer: inout Pacer, wanted: Instant, operation: String = "check") {
        let leaves = max(wanted, pacer.earliest(for: operation), instants.last ?? .distantPast)
        pacer.take(operation, at: leaves)
        instants.append(leaves)
    }

    /// Sends without a pause until an instant.
    mutating func saturate(_ pacer: inout Pacer, from start: Instant, until end: Instant) {
        while max(start, pacer.earliest(for: "check")) < end {
            send(&pacer, wanted: start)
        }
    }

    /// The most requests that any window can hold when the first may arrive `spread` late and the
    /// last at once: whatever window a server counts, it sees no more.
    func mostInWindow(_ window: Duration, spread: Duration) -> Int {
        Self.most(instants, in: window + spread)
    }

    /// The most requests that any window holds when each arrives up to `spread` late.
    func mostInWindow(
        _ window: Duration,
        spread: Duration,
        random: inout SeededGenerator
    ) -> Int {
        let latest = spread.milliseconds
        let arrivals = instants.map {
            $0 + .milliseconds(Int64.random(in: 0...latest, using: &random))
        }
        return Self.most(arrivals.sorted(), in: window)
    }

    private static func most(_ sorted: [Instant], in window: Duration) -> Int {
        var (first, most) = (0, 0)
        for last in sorted.indices {
            while sorted[last] - sorted[first] >= window { first += 1 }
            most = max(most, last - first + 1)
        }
        return most
    }
}
