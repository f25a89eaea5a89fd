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
    /// What its body holds beside them, and of which kind it is.
    let body: [UInt8]?
    let bodyType: String?
    let token: FieldPath
    let expiresAt: FieldPath?
    /// Where the seconds stand for which the token holds.
    let expiresIn: FieldPath?
    let lifetime: Duration

    /// A token is not used in its last minute: its provider's clock may be ahead.
    static let margin = Duration.seconds(60)
    /// A shorter token could be guessed and is found in any text; servers take no longer header.
    static let tokenBytes = 8...8192
    /// How long a token holds whose lifetime the file does not state: TextVerified's, the shortest
    /// that is known.
    static let lifetimeDefault = Duration.seconds(15 * 60)

    /// The request, without its credentials.
    package var request: ProviderRequest {
        var request = ProviderRequest(method: method, path: path, operation: Self.operation)
        request.body = body
        request.headers = bodyType.map { [.init("Content-Type", $0)] } ?? []
        return request
    }

    /// What the provider's answer gives: the token, and until when it is used.
    ///
    /// - Parameters:
    ///   - said: the answer's text as it may be shown.
    ///   - timeZone: of times that name none, ahead of UTC.
    /// - Throws: `MoonlineError` by the answer's status, or with `protocol` when it has no token.
    package func session(
        from response: ProviderResponse,
        said: String,
        timeZone: Duration,
        at now: Instant
    ) throws(MoonlineError) -> (token: String, usedUntil: Instant) {
        guard (200..<300).contains(response.status) else {
            // A token in a refusal is one all the same, and nobody knows it.
            let hasToken = (try? JSON(parsing: response.body)).map {
                token.value(in: $0)?.text != nil
            }
            let isShown = hasToken != true && !said.trimmed.hasPrefix("<")
            let line = isShown ? said.firstLine : ""
            let reason = line.isEmpty ? "" : " ('\(line)')"
            throw MoonlineError(
                ErrorMap.meaning(ofStatus: response.status),
                "the login was refused with status \(response.status)\(reason); check the "
                    + "credentials",
                retryAfter: RetryAfterHeader.delay(in: response))
        }
        guard let body = try? JSON(parsing: response.body),
            let token = token.value(in: body)?.text, !token.isEmpty
        else {
            throw MoonlineError(.protocol, "the answer to the login has no token")
        }
        guard Self.tokenBytes.contains(token.utf8.count) else {
            throw MoonlineError(
                .protocol,
                "the token of the login has \(token.utf8.count) bytes, "
                    + "\(Self.tokenBytes.lowerBound) to \(Self.tokenBytes.upperBound) are expected")
        }
        let end = end(in: body, timeZone, at: now) ?? now + lifetime
        return (token, max(end - Self.margin, now + Self.margin / 2))
    }

    private func end(in body: JSON, _ timeZone: Duration, at now: Instant) -> Instant? {
        if let value = expiresAt?.value(in: body),
            let named = try? FieldType.time.normalized(
                value, field: "expires_at", timeZone: timeZone)
        {
            return named.text.flatMap { Instant(iso8601: $0) }
        }
        guard let value = expiresIn?.value(in: body),
            let seconds = try? FieldType.remaining.normalized(value, field: "expires_in")
        else { return nil }
        return seconds.text.flatMap(Int.init).map { now + .seconds($0) }
    }
}
