import Definitions
public import OrderKernel

extension Engine {
    /// Buys the cheapest number, waits for its code, reports it as used; tries the next offer where
    /// that makes sense.
    ///
    /// Numbers that brought no code are given back; those inside a hold stay scheduled, see
    /// `settle`.
    ///
    /// - Parameter onEvent: told what happens; the code as soon as it is durable.
    /// - Returns: the order with its code.
    /// - Throws: `MoonlineError`; of several failures the one that `FallbackRule` ranks first.
    public func verify(
        _ request: VerificationRequest,
        onEvent: @escaping @Sendable (VerificationEvent) async -> Void = { _ in }
    ) async throws(MoonlineError) -> Order {
        let deadline = clock.now() + request.deadline
        return try await TurnPatience.until(deadline) { () async throws(MoonlineError) in
            try await verify(request, until: deadline, onEvent)
        }
    }

    private func verify(
        _ request: VerificationRequest,
        until deadline: Instant,
        _ onEvent: @escaping @Sendable (VerificationEvent) async -> Void
    ) async throws(MoonlineError) -> Order {
        await onEvent(.searching)
        var found = try await offers(for: request, until: deadline)
        found.offers = try await ranked(found.offers, by: request.strategy)
        // When there is nothing to choose from, the failure itself is told.
        if !found.offers.isEmpty {
            for failure in found.failures { await onEvent(.skipped(failure)) }
        }
        await onEvent(.offers(found.offers))
        var attempt = VerificationAttempt(request: request, deadline: deadline)
        attempt.failures = found.failures
        for offer in found.offers where !attempt.dropped.contains(offer.account) {
            guard clock.now() < deadline else { break }
            if let order = try await self.try(offer, &attempt, onEvent) { return order }
        }
        if attempt.failures.isEmpty, clock.now() >= deadline {
            throw MoonlineError(.deadline, "no code came before the deadline")
        }
        throw FallbackRule.verdict(attempt.failures, service: request.service)
    }

    private func offers(
        for request: VerificationRequest,
        until deadline: Instant
    ) async throws(MoonlineError) -> (offers: [Offer], failures: [MoonlineError]) {
        let half = (deadline - clock.now()) / 2
        let patience = min(Self.purchasePatience(request.countries), half)
        let found = try await Race.first(until: deadline, clock: clock) {
            () async throws(MoonlineError) in
            try await self.offers(
                service: request.service, countries: request.countries,
                providers: request.providers, operatorName: request.operatorName,
                patience: patience)
        }
        guard let found else {
            throw MoonlineError(.deadline, "the providers' offers did not come before the deadline")
        }
        return found
    }

    // The order with its code, or nil when the next offer may be tried.
    private func `try`(
        _ offer: Offer,
        _ attempt: inout VerificationAttempt,
        _ onEvent: @escaping @Sendable (VerificationEvent) async -> Void
    ) async throws(MoonlineError) -> Order? {
        if let blind = try blindness(of: offer) {
            await onEvent(.refused(offer, blind))
            attempt.note(blind, offer.account)
            return nil
        }
        await onEvent(.buying(offer))
        let maximum = attempt.request.maximumPrice
        switch await purchase(offer, maximumPrice: maximum, until: attempt.deadline) {
        case .unknown(_, let error): throw error
        case .refused(let error):
            guard FallbackRule.goesOn(after: error) else { throw error }
            await onEvent(.refused(offer, error))
            attempt.note(error, offer.account)
            return nil
        case .bought(let number):
            return try await receive(number.order, &attempt, onEvent)
        }
    }

    // A number that nobody can look at brings no code.
    private func blindness(of offer: Offer) throws(MoonlineError) -> MoonlineError? {
        let definition = try directory.account(named: offer.account).definition
        guard !definition.tellsCodes else { return nil }
        return MoonlineError(
            .unsupported,
            "\(offer.account) cannot be asked for codes: its definition has no 'check', and no "
                + "'list' with a code or message",
            provider: offer.account)
    }

    private func receive(
        _ order: Order,
        _ attempt: inout VerificationAttempt,
        _ onEvent: @escaping @Sendable (VerificationEvent) async -> Void
    ) async throws(MoonlineError) -> Order? {
        let client = try await client(of: order)
        let canCancel = client.account.definition.has(.cancel)
        // A number that cannot be given back is waited for as long as it lives.
        let patience = canCancel ? clock.now() + attempt.request.wait : order.expiresAt
        let until = min(patience, attempt.deadline)
        await onEvent(.number(order, until: until))
        do throws(MoonlineError) {
            let (code, revision) = try await waitForCode(of: order.id, until: until) { order in
                await onEvent(.looked(order))
            }
            let received = try await require(order.id)
            await onEvent(.code(received, code: code))
            await told(received.id, revision)
            return try await complete(received, onEvent)
        } catch {
            try await abandon(order.id)
            guard error.code != .cancelled else { throw error }
            let isGivenBack = canCancel && error.code != .internal
            let refusal = isGivenBack ? await failureOfCancel(order.id) : nil
            let after = try await require(order.id)
            if after.hasNewCode, let code = after.code {
                // The cancel met a code that had come in the last moment, or the journal can be
                // written again.
                await onEvent(.code(after, code: code))
                await told(after.id, after.revision)
                return try await complete(after, onEvent)
            }
            guard error.code != .internal else { throw error }
            await onEvent(.gaveUp(after, error))
            attempt.note(
                canCancel ? Self.givenUp(after, error, refusal) : error, order.account)
            return nil
        }
    }

    private func failureOfCancel(_ id: String) async -> MoonlineError? {
        do throws(MoonlineError) {
            try await parting { () async throws(MoonlineError) in try await cancel(id) }
            return nil
        } catch {
            return error
        }
    }

    // The code is told, or the next offer waits: what is left to say of the number may be said
    // later as well.
    @discardableResult
    private func parting(
        _ work: () async throws(MoonlineError) -> Order
    ) async throws(MoonlineError) -> Order {
        try await TurnPatience.until(clock.now(), work)
    }

    // Nothing is left to wait for.
    private static func givenUp(
        _ order: Order,
        _ error: MoonlineError,
        _ refusal: MoonlineError?
    ) -> MoonlineError {
        guard error.code == .deadline else { return error }
        let fate =
            switch (order.state, refusal) {
            case (.cancelled, _):
                order.refund == .due
                    ? "and it is cancelled, its money is awaited" : "and it is given back"
            case _ where order.isCancelWanted: "and it is given back as soon as it can be"
            case (_, let refusal?): "and it could not be given back (\(refusal.message))"
            default: "and it is over"
            }
        return MoonlineError(
            .deadline, "no code came in time on \(order.phone), \(fate); `--wait` waits longer",
            provider: error.provider)
    }

    private func complete(
        _ order: Order,
        _ onEvent: @Sendable (VerificationEvent) async -> Void
    ) async throws(MoonlineError) -> Order {
        do throws(MoonlineError) {
            let finished = try await parting { () async throws(MoonlineError) in
                try await finish(order.id)
            }
            await onEvent(.finished(finished))
            return finished
        } catch {
            await onEvent(.finishFailed(order, error))
            return order
        }
    }
}

/// What one run of the main job has learnt.
private struct VerificationAttempt {
    let request: VerificationRequest
    let deadline: Instant
    var failures: [MoonlineError] = []
    var dropped: Set<String> = []

    mutating func note(_ error: MoonlineError, _ account: String) {
        failures.append(error)
        if FallbackRule.dropsAccount(error) { dropped.insert(account) }
    }
}
