import Definitions
import Foundation
import OrderKernel
import Transport

extension AccountClient {
    /// Waits for a purchase's turn.
    ///
    /// An account that has to log in does so before, so that nothing stands between the purchase's
    /// intent and its request.
    ///
    /// - Throws: `MoonlineError`; nothing was sent but the login.
    func purchaseTurn(
        lane: Lane = .buy,
        _ kind: PurchaseKind,
        until deadline: Instant? = nil
    ) async throws(MoonlineError) -> TokenOwner.Turn {
        _ = try await credentials(account.auth.parts, lane: lane)
        return try await naming { () async throws(MoonlineError) in
            try await owner.turn(lane: lane, operation: kind.rawValue, until: deadline)
        }
    }

    /// The credentials that a request carries, after a login where they come from one.
    ///
    /// - Throws: `MoonlineError`; the request itself was not sent.
    func credentials(
        of request: ProviderRequest,
        lane: Lane
    ) async throws(MoonlineError) -> [AttachedCredential] {
        request.sendsCredential ? try await credentials(account.auth.parts, lane: lane) : []
    }

    private func credentials(
        _ parts: [AuthScheme.Part],
        lane: Lane
    ) async throws(MoonlineError) -> [AttachedCredential] {
        var attached: [AttachedCredential] = []
        for part in parts {
            var secret = account.secrets[part.credential]
            if part.credential == LoginScheme.credential, let login = account.auth.login {
                secret = try await session(login, lane: lane)
            }
            if part.place == .basic { secret = secret.map { basic($0, part) } }
            attached +=
                secret.map { [AttachedCredential(part.place, $0, prefix: part.prefix)] } ?? []
        }
        return attached
    }

    // RFC 7617 §2. What it is in base64 is as secret as what went into it.
    private func basic(_ user: Secret, _ part: AuthScheme.Part) -> Secret {
        let password = part.password.flatMap { account.secrets[$0] }
        let pair = user.withText { $0 } + ":" + (password?.withText { $0 } ?? "")
        guard let secret = Secret(Data(pair.utf8).base64EncodedString()) else { return user }
        sessions.redactor.learn(secret, issuedTo: account.sessionKey + " basic")
        return secret
    }

    /// The HMAC of a text with a credential: what a definition's function gets of it.
    ///
    /// - Throws: `MoonlineError` with `auth` when the account's way to send credentials has no such
    ///   key.
    func authenticationCode(
        _ algorithm: DigestAlgorithm,
        _ credential: String,
        of text: String
    ) throws(MoonlineError) -> [UInt8] {
        guard account.auth.signer == credential, let secret = account.secrets[credential] else {
            throw MoonlineError(
                .auth,
                "'\(credential)' signs nothing with the settings of '\(account.name)'; write "
                    + "hmac = \"{\(credential)}\" into this choice of auth",
                isUnsent: true)
        }
        return secret.withText { algorithm.authenticationCode(of: text, key: $0) }
    }

    private func session(_ login: LoginScheme, lane: Lane) async throws(MoonlineError) -> Secret {
        do throws(MoonlineError) {
            return try await sessions.secret(of: account.sessionKey) {
                () async throws(MoonlineError) in
                try await logIn(login, lane: lane)
            }
        } catch {
            var failure = error
            failure.provider = account.name
            failure.isUnsent = true
            throw failure
        }
    }

    private func logIn(
        _ login: LoginScheme,
        lane: Lane
    ) async throws(MoonlineError) -> SessionBook.Session {
        try await owner.depart { () async throws(MoonlineError) in
            try await naming { () async throws(MoonlineError) in
                try await owner.turn(lane: lane, operation: LoginScheme.operation)
            }
        }
        var wire = wire(
            login.request, try await credentials(login.parts, lane: lane), nil)
        wire.isLogin = true
        let response = try await transport.send(wire)
        if response.status == 429 {
            try await owner.refused(retryAfter: RetryAfterHeader.delay(in: response))
        }
        // The answer is as it came, since it has the token.
        let mask = sessions.redactor.mask(
            answering: wire.credentials.map(\.secret), to: account.sessionKey)
        let (token, usedUntil) = try login.session(
            from: response, said: mask.redact(response.text),
            timeZone: account.definition.timeZone, at: clock.now())
        guard let secret = Secret(token) else {
            throw MoonlineError(.protocol, "the token of the login has a blank or a line break")
        }
        return SessionBook.Session(secret: secret, usedUntil: usedUntil)
    }

    /// Forgets a token that the provider did not take.
    ///
    /// - Returns: whether a login may help, since the request carried such a token.
    func forgetSession(in credentials: [AttachedCredential]) -> Bool {
        for (part, credential) in zip(account.auth.parts, credentials)
        where part.credential == LoginScheme.credential {
            sessions.forget(credential.secret, of: account.sessionKey)
            return true
        }
        return false
    }

    /// Invariant I1: where all requests of the account go.
    private var origin: BaseURL {
        guard PlantedFault.sendsElsewhere.isPlanted else { return account.baseURL }
        return BaseURL(scheme: "https", host: "elsewhere.example", port: 443, path: "")
    }

    /// The request as it leaves.
    func wire(
        _ request: ProviderRequest,
        _ credentials: [AttachedCredential],
        _ departure: Departure?
    ) -> WireRequest {
        var request = request
        if let key = departure?.key, request.method != .get { request.headers.append(key) }
        return WireRequest(
            request: request, baseURL: origin, credentials: credentials,
            isUsersOrigin: account.isUsersOrigin,
            timeout: departure == nil ? WireRequest.timeoutDefault : WireRequest.purchaseTimeout,
            departure: departure.map { [clock] departure in
                PurchaseDeparture(of: departure.purchase) {
                    PlantedFault.sendsLate.isPlanted ? .zero : clock.now() - departure.notAfter
                }
            },
            issuer: account.sessionKey
        )
    }
}
