package import OrderKernel

/// What an operation needs from outside: the effects are the caller's.
package struct OperationEnvironment: Sendable {
    /// What an effect may fail with.
    package typealias Failure = MoonlineError

    /// What a function takes for the time in the tests of a file: 2026-01-01T00:00:00Z.
    package static let offlineTime = Instant(milliseconds: 1_767_225_600_000)

    /// Makes the authentication code of a text with the credential of a name.
    package typealias Signer =
        @Sendable (DigestAlgorithm, _ credential: String, _ text: String) throws(Failure) -> [UInt8]

    /// Sends one request: paced, with credentials, within the host policy.
    package var send: @Sendable (ProviderRequest) async throws(Failure) -> ProviderResponse
    /// Waits, without holding a place in the pace.
    package var sleep: @Sendable (Duration) async throws(Failure) -> Void
    /// The HMAC of a text with a credential, which never gets into Lua.
    package var sign: Signer
    /// The time.
    package var now: @Sendable () -> Instant
    /// Notes a line of the definition's own: level and text.
    package var log: @Sendable (_ level: String, _ message: String) -> Void

    /// - Parameters:
    ///   - sign: the name of the credential is its value, as in the tests of a file, without it.
    ///   - now: it is always the same time without it.
    package init(
        send: @escaping @Sendable (ProviderRequest) async throws(Failure) -> ProviderResponse,
        sleep: @escaping @Sendable (Duration) async throws(Failure) -> Void,
        sign: @escaping Signer = { algorithm, credential, text in
            algorithm.authenticationCode(of: text, key: credential)
        },
        now: @escaping @Sendable () -> Instant = { offlineTime },
        log: @escaping @Sendable (_ level: String, _ message: String) -> Void = { _, _ in }
    ) {
        self.send = send
        self.sleep = sleep
        self.sign = sign
        self.now = now
        self.log = log
    }
}
