import Synchronization

/// Counts calls from anywhere.
final class Counter: Sendable {
    private let count = Mutex(0)

    /// How many calls there were before.
    func next() -> Int {
        count.withLock { count in
            defer { count += 1 }
            return count
        }
    }
}
