import Synchronization

/// Counts calls from anywhere.
package final class Counter: Sendable {
    private let count = Mutex(0)

    package init() {}

    /// How many calls there were before.
    package func next() -> Int {
        count.withLock { count in
            defer { count += 1 }
            return count
        }
    }
}
