import Synchronization

/// What a call has left of its limits, together with all calls that it leads to.
package final class LuaBudget: Sendable {
    private struct State {
        var processorTime: Duration
        var hostCalls: Int
    }

    private let state: Mutex<State>

    package init(_ limits: LuaLimits) {
        state = Mutex(
            State(processorTime: limits.processorTime, hostCalls: limits.hostCallsMaximum))
    }

    /// Processor time that is left.
    var processorTime: Duration { state.withLock { $0.processorTime } }

    /// Takes the time that a step used.
    func spend(_ duration: Duration) {
        state.withLock { $0.processorTime = max(.zero, $0.processorTime - duration) }
    }

    /// Takes one host call, which costs the host some time as well; `false` when none is left.
    func takeHostCall() -> Bool {
        state.withLock { state in
            guard state.hostCalls > 0 else { return false }
            state.hostCalls -= 1
            state.processorTime = max(.zero, state.processorTime - LuaLimits.hostCallCost)
            return true
        }
    }
}
