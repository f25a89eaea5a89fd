import LuaSandbox
package import OrderKernel

/// A request that trades an account's credentials for a token that holds for a while.
package struct LoginScheme: Sendable, Hashable {
    /// What the place of the token calls it: `bearer = "{login}"`.
    package static let credential = "login"
    /// The name of its request in messages and limits.
    package static let operation = "login"

    let method: HTTPMethod
    let path: String
    /// The credentials that it carries.
    package let parts: [AuthScheme.Part]
    let token: FieldPath
    let expiresAt: FieldPath?
    let lifetime: Duration

    /// A token is not used in its last minute: its provider's clock may be ahead.
    static let margin = Duration.seconds(60)
    /// How long a token holds whose lifetime the file does not state: TextVerified's, the shortest
    /// that is known.
    static let lifetimeDefault = Duration.seconds(15 * 60)

    /// The request, without its credentials.
    package var request: ProviderRequest {
        ProviderRequest(method: method, path: path, operation: Self.operation)
    }

    /// What the provider's answer gives: the token, and until when it is used.
    ///
    /// - Throws: `MoonlineError` by the answer's status, or with `protocol` when it has no token.
    package func session(
        from response: ProviderResponse,
        at now: Instant
    ) throws(MoonlineError) -> (token: String, usedUntil: Instant) {
        guard (200..<300).contains(response.status) else {
            throw MoonlineError(
                ErrorMap.meaning(ofStatus: response.status),
                "the login was refused with status \(response.status); check the credentials",
                retryAfter: RetryAfterHeader.delay(in: response))
        }
        guard let body = try? JSON(parsing: response.body),
            let token = token.value(in: body)?.text, !token.isEmpty
        else {
            throw MoonlineError(.protocol, "the answer to the login has no token")
        }
        let named = expiresAt.flatMap { $0.value(in: body) }
            .flatMap { try? FieldType.time.normalized($0, field: "expires_at") }?.text
        let end = named.flatMap { Instant(iso8601: $0) } ?? now + lifetime
        return (token, max(end - Self.margin, now + Self.margin / 2))
    }
}
