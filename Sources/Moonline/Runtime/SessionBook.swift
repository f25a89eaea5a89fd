import OrderKernel
import Synchronization
import Transport

/// The tokens that accounts got for their credentials: in memory only, each asked for once however
/// many requests wait for it.
final class SessionBook: Sendable {
    private typealias Waiter = CheckedContinuation<Void, any Error>

    private struct State {
        var sessions: [String: Session] = [:]
        /// Who waits for a login that is under way, by account.
        var waiting: [String: [UInt64: Waiter]] = [:]
        var nextWaiter: UInt64 = 0
        /// Who stopped waiting before it had begun.
        var stopped: Set<UInt64> = []
    }

    private let clock: any EngineClock
    let redactor: Redactor
    private let state = Mutex(State())

    /// A token, and until when it is used.
    struct Session: Sendable {
        let secret: Secret
        let usedUntil: Instant
    }

    init(clock: any EngineClock, redactor: Redactor) {
        self.clock = clock
        self.redactor = redactor
    }

    /// The account's token, after a login when there is none that is good for long enough.
    ///
    /// - Throws: what the login throws, or `MoonlineError` with `cancelled`.
    func secret(
        of account: String,
        login: @Sendable () async throws(MoonlineError) -> Session
    ) async throws(MoonlineError) -> Secret {
        while true {
            switch claim(account) {
            case .known(let secret): return secret
            case .wait: try await wait(for: account)
            case .logIn:
                defer { resume(account) }
                let session = try await login()
                redactor.learn(session.secret, issuedTo: account)
                state.withLock { $0.sessions[account] = session }
                return session.secret
            }
        }
    }

    private enum Claim {
        case known(Secret)
        case logIn, wait
    }

    private func claim(_ account: String) -> Claim {
        let now = clock.now()
        return state.withLock { state in
            if let known = state.sessions[account], now < known.usedUntil {
                return .known(known.secret)
            }
            guard state.waiting[account] == nil else { return .wait }
            state.waiting[account] = [:]
            return .logIn
        }
    }

    // Returns when the login is over, however it ended.
    private func wait(for account: String) async throws(MoonlineError) {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        defer { state.withLock { _ = $0.stopped.remove(id) } }
        do {
            try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { waiter in
                    begin(waiter, id, account)
                }
            } onCancel: {
                stop(id, account)
            }
        } catch {
            throw MoonlineError(.cancelled, "the call was stopped", isUnsent: true)
        }
    }

    private func begin(_ waiter: Waiter, _ id: UInt64, _ account: String) {
        let isStopped = state.withLock { state -> Bool? in
            if state.stopped.remove(id) != nil { return true }
            guard state.waiting[account] != nil else { return false }
            state.waiting[account]?[id] = waiter
            return nil
        }
        switch isStopped {
        case true?: waiter.resume(throwing: CancellationError())
        // The login is over by now.
        case false?: waiter.resume()
        case nil: break
        }
    }

    private func stop(_ id: UInt64, _ account: String) {
        let waiter = state.withLock { state in
            let waiter = state.waiting[account]?.removeValue(forKey: id)
            if waiter == nil { state.stopped.insert(id) }
            return waiter
        }
        waiter?.resume(throwing: CancellationError())
    }

    /// The provider no longer takes a token.
    func forget(_ secret: Secret, of account: String) {
        state.withLock { state in
            if state.sessions[account]?.secret == secret { state.sessions[account] = nil }
        }
    }

    private func resume(_ account: String) {
        let waiters = state.withLock { $0.waiting.removeValue(forKey: account) }
        for waiter in (waiters ?? [:]).sorted(by: { $0.key < $1.key }) { waiter.value.resume() }
    }
}
