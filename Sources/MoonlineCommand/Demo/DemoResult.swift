import OrderKernel
import Synchronization

/// The order that a verification of the demo ended with.
final class DemoResult: Sendable {
    private let state = Mutex<Order?>(nil)

    var order: Order? { state.withLock { $0 } }
    func set(_ order: Order) { state.withLock { $0 = order } }
}
