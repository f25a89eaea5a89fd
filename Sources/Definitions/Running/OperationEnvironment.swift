package import OrderKernel

/// What an operation needs from outside: the effects are the caller's.
package struct OperationEnvironment: Sendable {
    /// What an effect may fail with.
    package typealias Failure = MoonlineError

    /// Sends one request: paced, with credentials, within the host policy.
    package var send: @Sendable (ProviderRequest) async throws(Failure) -> ProviderResponse
    /// Waits, without holding a place in the pace.
    package var sleep: @Sendable (Duration) async throws(Failure) -> Void
    /// Notes a line of the definition's own: level and text.
    package var log: @Sendable (_ level: String, _ message: String) -> Void

    package init(
        send: @escaping @Sendable (ProviderRequest) async throws(Failure) -> ProviderResponse,
        sleep: @escaping @Sendable (Duration) async throws(Failure) -> Void,
        log: @escaping @Sendable (_ level: String, _ message: String) -> Void = { _, _ in }
    ) {
        self.send = send
        self.sleep = sleep
        self.log = log
    }
}
