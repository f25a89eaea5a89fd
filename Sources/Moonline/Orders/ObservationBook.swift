import OrderKernel
import Synchronization

/// Messages that a provider told of and that could not be written down, so that nothing is done
/// against them: invariant O4 holds for what this process has seen, not for what is on disk.
final class ObservationBook: Sendable {
    private struct Key: Hashable {
        let account: String
        let remoteID: String
    }

    // By the provider's id: a list tells of orders that have no other name yet.
    private let unwritten = Mutex<[Key: OrderObservation]>([:])

    func seen(of order: Order) -> OrderObservation? {
        unwritten.withLock { $0[Key(account: order.account, remoteID: order.remoteID)] }
    }

    func keep(_ observation: OrderObservation, of remoteID: String, _ account: String) {
        guard observation.isEvidence else { return }
        unwritten.withLock { $0[Key(account: account, remoteID: remoteID)] = observation }
    }

    func drop(_ order: Order) {
        unwritten.withLock { $0[Key(account: order.account, remoteID: order.remoteID)] = nil }
    }
}
