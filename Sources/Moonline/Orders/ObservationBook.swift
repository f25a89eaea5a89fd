import OrderKernel
import Synchronization

/// What a provider said of orders and could not be written down, so that nothing is done against
/// it: invariants O4 and L3 hold for what this process knows, not for what is on disk.
final class ObservationBook: Sendable {
    private struct Key: Hashable {
        let account: String
        let remoteID: String
    }

    // By the provider's id: a list tells of orders that have no other name yet.
    private let unwritten = Mutex<[Key: [OrderEvent]]>([:])

    /// In the order in which it was said.
    func unwritten(of order: Order) -> [OrderEvent] {
        unwritten.withLock { $0[Self.key(of: order)] ?? [] }
    }

    /// Keeps what forbids a cancel: a message, a refusal, a hold.
    func keep(_ event: OrderEvent, of remoteID: String, _ account: String) {
        switch event {
        case .observed(let observation) where observation.isEvidence: break
        case .cancelRefused, .cancelHeld: break
        default: return
        }
        unwritten.withLock { unwritten in
            // Each look says the same again.
            let key = Key(account: account, remoteID: remoteID)
            if unwritten[key]?.last != event { unwritten[key, default: []].append(event) }
        }
    }

    /// Forgets what has been written down meanwhile.
    func drop(_ events: [OrderEvent], of order: Order) {
        unwritten.withLock { unwritten in
            let key = Self.key(of: order)
            let rest = unwritten[key, default: []].filter { !events.contains($0) }
            unwritten[key] = rest.isEmpty ? nil : rest
        }
    }

    private static func key(of order: Order) -> Key {
        Key(account: order.account, remoteID: order.remoteID)
    }
}
