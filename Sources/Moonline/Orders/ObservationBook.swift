import OrderKernel
import Synchronization

/// Messages that a provider told of and that could not be written down, so that nothing is done
/// against them: invariant O4 holds for what this process has seen, not for what is on disk.
final class ObservationBook: Sendable {
    private let unwritten = Mutex<[String: OrderObservation]>([:])

    subscript(order: String) -> OrderObservation? { unwritten.withLock { $0[order] } }

    func keep(_ observation: OrderObservation, of order: String) {
        guard observation.isEvidence else { return }
        unwritten.withLock { $0[order] = observation }
    }

    func drop(_ order: String) { unwritten.withLock { $0[order] = nil } }
}
