import MoonlineTestKit
import Synchronization

/// The requests of several engines, one after another.
final class RequestLog: Sendable {
    private let state = Mutex<[SimulatedNetwork.Request]>([])

    var requests: [SimulatedNetwork.Request] { state.withLock { $0 } }
    func add(_ requests: [SimulatedNetwork.Request]) { state.withLock { $0 += requests } }
}
