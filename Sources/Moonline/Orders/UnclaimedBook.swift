import OrderKernel
import Synchronization

/// What nobody in this process waits for, though it lives: purchases whose callers were told that
/// nobody knows what became of them, and orders that were given up.
final class UnclaimedBook: Sendable {
    private let ids = Mutex<Set<String>>([])

    func note(_ id: String) { ids.withLock { _ = $0.insert(id) } }

    func contains(_ order: Order) -> Bool {
        ids.withLock { $0.contains(order.id) || $0.contains(order.purchaseID) }
    }

    /// Somebody waits for the order again.
    func claim(_ order: Order) {
        ids.withLock { ids in
            ids.remove(order.id)
            ids.remove(order.purchaseID)
        }
    }
}
