package import Definitions
package import OrderKernel
import Transport

extension Engine {
    /// The accounts that are ready and have an operation; all that are ready without one.
    package func accountNames(with operation: String? = nil) -> [String] {
        directory.accounts.filter { account in
            account.missing == nil
                && operation.map { account.definition.operations[$0] != nil } ?? true
        }
        .map(\.name)
    }

    /// An amount in US dollars by the rates of the settings; `nil` without a rate.
    package func inDollars(_ money: Money?) -> Money? {
        money.flatMap { settings.rates.microUSD($0) }
            .map { Money(ExactDecimal(units: $0, scale: 6), "USD") }
    }

    /// Waits.
    ///
    /// - Throws: `MoonlineError` with `cancelled`.
    package func pause(for duration: Duration) async throws(MoonlineError) {
        try await pause(until: clock.now() + duration)
    }

    /// Does some work, but not longer than this; it is stopped then.
    ///
    /// - Returns: `nil` when the time ran out first.
    /// - Throws: what the work throws, or `MoonlineError` with `cancelled`.
    package func limited<Value: Sendable>(
        to duration: Duration,
        _ work: @escaping @Sendable () async throws(MoonlineError) -> Value
    ) async throws(MoonlineError) -> Value? {
        try await Race.first(until: clock.now() + duration, clock: clock, work)
    }

    /// Sends a request without any credential to an origin that the user named.
    ///
    /// - Throws: `MoonlineError` with `network`, `timeout` or `protocol`.
    package func fetch(
        _ request: ProviderRequest,
        from origin: BaseURL,
        replyBytesMaximum: Int
    ) async throws(MoonlineError) -> ProviderResponse {
        try await transport.send(
            WireRequest(
                request: request, baseURL: origin, credentials: [], isUsersOrigin: true,
                reach: WireRequest.reach(ofGranted: origin),
                replyBytesMaximum: replyBytesMaximum))
    }
}
