package import Definitions
package import OrderKernel

/// A request with what came back, as an observer sees it: without credentials, and with those that
/// the provider repeats taken out.
package struct ObservedExchange: Sendable {
    /// The account's name.
    package let account: String
    /// Where it went, without credentials.
    package let url: String
    package let request: ProviderRequest
    package let answer: Result<ProviderResponse, MoonlineError>
}
