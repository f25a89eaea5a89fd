import OrderKernel
import Synchronization

/// Work of which one at a time is done for each key: whoever comes meanwhile waits for its end, and
/// sees then whether there is anything left to do.
final class Turnstile: Sendable {
    private typealias Waiter = CheckedContinuation<Void, any Error>

    private struct State {
        /// Who waits for the work that is under way, by its key.
        var waiting: [String: [UInt64: Waiter]] = [:]
        var nextWaiter: UInt64 = 0
        /// Who stopped waiting before it had begun.
        var stopped: Set<UInt64> = []
    }

    private let state = Mutex(State())

    /// - Returns: whether the work is the caller's to do, who has to leave then; `false` when
    ///   another one's is over by now, however it ended.
    /// - Throws: `MoonlineError` with `cancelled`.
    func enter(_ key: String) async throws(MoonlineError) -> Bool {
        let isFree = state.withLock { state in
            guard state.waiting[key] == nil else { return false }
            state.waiting[key] = [:]
            return true
        }
        if !isFree { try await wait(for: key) }
        return isFree
    }

    /// The work is over: those that waited for it go on, in the order in which they came.
    func leave(_ key: String) {
        let waiters = state.withLock { $0.waiting.removeValue(forKey: key) }
        for waiter in (waiters ?? [:]).sorted(by: { $0.key < $1.key }) { waiter.value.resume() }
    }

    private func wait(for key: String) async throws(MoonlineError) {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        defer { state.withLock { _ = $0.stopped.remove(id) } }
        do {
            try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { begin($0, id, key) }
            } onCancel: {
                stop(id, key)
            }
        } catch {
            throw MoonlineError(.cancelled, "the call was stopped", isUnsent: true)
        }
    }

    private func begin(_ waiter: Waiter, _ id: UInt64, _ key: String) {
        let isStopped = state.withLock { state -> Bool? in
            if state.stopped.remove(id) != nil { return true }
            guard state.waiting[key] != nil else { return false }
            state.waiting[key]?[id] = waiter
            return nil
        }
        switch isStopped {
        case true?: waiter.resume(throwing: CancellationError())
        // The work is over by now.
        case false?: waiter.resume()
        case nil: break
        }
    }

    private func stop(_ id: UInt64, _ key: String) {
        let waiter = state.withLock { state in
            let waiter = state.waiting[key]?.removeValue(forKey: id)
            if waiter == nil { state.stopped.insert(id) }
            return waiter
        }
        waiter?.resume(throwing: CancellationError())
    }
}
