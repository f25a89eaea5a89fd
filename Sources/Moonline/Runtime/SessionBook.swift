import OrderKernel
import Synchronization
import Transport

/// The tokens that accounts got for their credentials: in memory only, each asked for once however
/// many requests wait for it.
final class SessionBook: Sendable {
    private let clock: any EngineClock
    let redactor: Redactor
    private let logins = Turnstile()
    private let sessions = Mutex<[String: Session]>([:])

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
            if let known = known(account) { return known }
            guard try await logins.enter(account) else { continue }
            defer { logins.leave(account) }
            // Another login may have ended just before this one was to begin.
            if let known = known(account) { return known }
            let session = try await login()
            redactor.learn(session.secret, issuedTo: account)
            sessions.withLock { $0[account] = session }
            return session.secret
        }
    }

    private func known(_ account: String) -> Secret? {
        let now = clock.now()
        return sessions.withLock { $0[account].flatMap { now < $0.usedUntil ? $0.secret : nil } }
    }

    /// The provider no longer takes a token.
    func forget(_ secret: Secret, of account: String) {
        sessions.withLock { if $0[account]?.secret == secret { $0[account] = nil } }
    }
}
