import OrderKernel
import Transport

/// The tokens that accounts got for their credentials: in memory only, each asked for once however
/// many requests wait for it.
actor SessionBook {
    private let clock: any EngineClock
    nonisolated let redactor: Redactor
    private var sessions: [String: Session] = [:]
    /// Who waits for a login that is under way, by account.
    private var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]

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
    /// - Throws: what the login throws.
    func secret(
        of account: String,
        login: @Sendable () async throws(MoonlineError) -> Session
    ) async throws(MoonlineError) -> Secret {
        while true {
            if let known = sessions[account], clock.now() < known.usedUntil { return known.secret }
            guard waiting[account] != nil else {
                waiting[account] = []
                defer { resume(account) }
                let session = try await login()
                redactor.learn(session.secret)
                sessions[account] = session
                return session.secret
            }
            await withCheckedContinuation { waiting[account]?.append($0) }
        }
    }

    /// The provider no longer takes a token.
    func forget(_ secret: Secret, of account: String) {
        if sessions[account]?.secret == secret { sessions[account] = nil }
    }

    private func resume(_ account: String) {
        for continuation in waiting.removeValue(forKey: account) ?? [] { continuation.resume() }
    }
}
