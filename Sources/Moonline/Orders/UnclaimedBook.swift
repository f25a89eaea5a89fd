import Synchronization

/// Purchases of this process whose callers were told that nobody knows what became of them: the
/// number of one that is found later is nobody's.
final class UnclaimedBook: Sendable {
    private let purchases = Mutex<Set<String>>([])

    func note(_ purchase: String) { purchases.withLock { _ = $0.insert(purchase) } }

    func contains(_ purchase: String) -> Bool { purchases.withLock { $0.contains(purchase) } }
}
