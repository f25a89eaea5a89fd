import Definitions
import Logging
import OrderKernel
import Transport

extension AccountClient {
    func environment(
        _ opening: Opening,
        _ progress: CallProgress
    ) -> OperationEnvironment {
        OperationEnvironment(
            send: { request throws(MoonlineError) in
                try await send(request, opening, progress)
            },
            sleep: { duration throws(MoonlineError) in try await wait(duration) },
            sign: { algorithm, credential, text throws(MoonlineError) in
                try authenticationCode(algorithm, credential, of: text)
            },
            now: { clock.now() },
            log: { level, message in
                logger.log(
                    // Lua's name for it is shorter.
                    level: level == "warn" ? .warning : Logger.Level(rawValue: level) ?? .info,
                    "\(account.name): \(sessions.redactor.redact(message))")
            }
        )
    }

    private func send(
        _ request: ProviderRequest,
        _ opening: Opening,
        _ progress: CallProgress
    ) async throws(MoonlineError) -> ProviderResponse {
        do throws(MoonlineError) {
            guard !progress.isSpent else { throw .slow(request.operation) }
            let credentials = try await depart(request, opening, progress)
            let wire = wire(request, credentials, opening.departure)
            let response = try await observed(request) { () async throws(MoonlineError) in
                let begin = clock.now()
                defer { progress.noteExchange(taking: clock.now() - begin) }
                return try await transport.send(wire)
            }
            activity.note(account.name, at: clock.now())
            progress.noteAnswer()
            if let remaining = RetryAfterHeader.remaining(in: response) {
                try? await owner.answered(remaining: remaining)
            }
            guard response.status == 401, forgetSession(in: credentials) else {
                return response
            }
            // A purchase is not the client's to repeat; whoever wants it may try again.
            guard opening.departure == nil, progress.takeRenewal() else { return response }
            return try await send(request, opening, progress)
        } catch {
            var failure = error
            if progress.isAnswered { failure.isUnsent = false }
            throw failure
        }
    }

    // What the request carries, as soon as it may leave.
    private func depart(
        _ request: ProviderRequest,
        _ opening: Opening,
        _ progress: CallProgress
    ) async throws(MoonlineError) -> [AttachedCredential] {
        do throws(MoonlineError) {
            let credentials = try await credentials(of: request, lane: opening.lane)
            try await naming { () async throws(MoonlineError) in
                try await admit(request, opening, progress)
            }
            return credentials
        } catch {
            progress.noteHeldBack()
            throw error
        }
    }

    /// Waits for a turn; that none came in time is said of the account.
    func naming<Value>(
        _ wait: () async throws(MoonlineError) -> Value
    ) async throws(MoonlineError) -> Value {
        do throws(MoonlineError) {
            return try await wait()
        } catch {
            guard [.deadline, .rateLimited].contains(error.code) else { throw error }
            var named = error
            named.provider = account.name
            named.message = "\(account.name): \(error.message)"
            throw named
        }
    }

    private func observed(
        _ request: ProviderRequest,
        _ send: () async throws(MoonlineError) -> ProviderResponse
    ) async throws(MoonlineError) -> ProviderResponse {
        guard let observer else { return try await send() }
        func tell(_ answer: Result<ProviderResponse, MoonlineError>) {
            observer(
                ObservedExchange(
                    account: account.name,
                    url: sessions.redactor.redact(account.baseURL.description + request.target),
                    request: request.redacted(by: sessions.redactor), answer: answer))
        }
        do throws(MoonlineError) {
            let response = try await send()
            var shown = response
            shown.body = Array(sessions.redactor.redact(response.text).utf8)
            tell(.success(shown))
            return response
        } catch {
            var shown = error
            shown.message = sessions.redactor.redact(error.message)
            tell(.failure(shown))
            throw error
        }
    }

    private func admit(
        _ request: ProviderRequest,
        _ opening: Opening,
        _ progress: CallProgress
    ) async throws(MoonlineError) {
        switch (opening, isFirst: progress.takeFirst()) {
        case (.turn(let take), isFirst: true):
            guard try await owner.depart(on: take) else {
                progress.noteMoot()
                throw .moot
            }
        case (.departure(let departure), isFirst: true):
            if await owner.departs(on: departure.turn) { break }
            try await owner.depart { () async throws(MoonlineError) in
                try await owner.turn(
                    lane: .buy, operation: request.operation,
                    until: PlantedFault.sendsLate.isPlanted ? nil : departure.notAfter)
            }
        default:
            // A function that goes on after it was told so still sends nothing.
            if progress.isMoot { throw .moot }
            try await owner.depart { () async throws(MoonlineError) in
                try await owner.turn(
                    lane: opening.lane, operation: request.operation,
                    until: opening.departure?.notAfter)
            }
        }
    }
}

extension MoonlineError {
    fileprivate static func slow(_ operation: String) -> MoonlineError {
        MoonlineError(
            .timeout,
            "the requests of one \(operation) took five minutes, so it sends no other one")
    }

    /// Between a call and its first request it became known that nothing is to be sent.
    fileprivate static let moot = MoonlineError(
        .cancelled, "nothing was sent, since it was no longer needed", isUnsent: true)
}
