import Definitions
import Logging
import OrderKernel
import Synchronization
import Transport

/// Performs operations of one account: paced, with its credential, reads repeated where that helps.
struct AccountClient: Sendable {
    let account: Account
    let owner: TokenOwner
    let transport: any HTTPTransport
    let clock: any EngineClock
    let random: RandomSource
    let logger: Logger

    /// Performs a read, and repeats it as the definition says.
    ///
    /// - Throws: `MoonlineError` with the account's name.
    func read(
        _ operation: String,
        _ arguments: Arguments,
        lane: Lane = .catalogue
    ) async throws(MoonlineError) -> OperationResult {
        try await repeating { () async throws(MoonlineError) in
            try await perform(operation, arguments, lane: lane)
        }
    }

    /// Looks at an order once; a look that fails is not repeated, the next one is due anyway.
    ///
    /// - Returns: `nil` when another process looked meanwhile: the journal may know more then.
    /// - Throws: `MoonlineError` with the account's name.
    func look(at order: Order) async throws(MoonlineError) -> Record? {
        guard try await owner.look(at: order, polling: account.polling) else { return nil }
        let operation = CommonOperation.check.rawValue
        return try await perform(operation, Self.arguments(of: order), lane: nil).record
    }

    /// Reads the list of orders once, not more often than an order may be looked at.
    ///
    /// - Returns: `nil` when another process read it meanwhile: the journal may know more then.
    /// - Throws: `MoonlineError` with the account's name.
    func lookAtList() async throws(MoonlineError) -> [Record]? {
        let name = CommonOperation.list.rawValue
        guard
            try await owner.look(
                at: "\(name)/\(account.name)", operation: name, lane: .settle,
                every: account.polling.every
            )
        else { return nil }
        return try await perform(name, Arguments(), lane: nil).list
    }

    /// Performs an operation that changes an order but spends nothing. It is repeated after 429
    /// only: then it was not carried out.
    ///
    /// - Parameter isMoot: asked when an attempt has its turn, since others may have learnt more
    ///   while it waited.
    /// - Returns: `nil` when it was moot, so that nothing was sent.
    /// - Throws: `MoonlineError` with the account's name.
    func change(
        _ operation: CommonOperation,
        _ order: Order,
        lane: Lane,
        isMoot: () async throws(MoonlineError) -> Bool = { false }
    ) async throws(MoonlineError) -> Record? {
        var wasMoot = false
        let result = try await repeating(only: [.rateLimited]) { () async throws(MoonlineError) in
            try await owner.turn(lane: lane, operation: operation.rawValue)
            wasMoot = try await isMoot()
            if wasMoot { return .nothing }
            return try await perform(operation.rawValue, Self.arguments(of: order), lane: nil)
        }
        return wasMoot ? nil : result.record
    }

    /// Sends a purchase, once. Its turn was waited for before it was written down.
    ///
    /// - Throws: `MoonlineError`; `isUnsent` tells that no byte left.
    func purchase(
        _ permit: consuming SendPermit,
        _ purchase: Purchase
    ) async throws(MoonlineError) -> Record {
        let header = account.definition.idempotency?.header
        let isFresh = PlantedFault.freshKeyPerAttempt.isPlanted
        let departure = Departure(
            purchase: permit.purchaseID, notAfter: permit.notAfter,
            key: purchase.terms.idempotencyKey.flatMap { key in
                header.map { ProviderRequest.Parameter($0, isFresh ? random.key() : key) }
            }
        )
        let arguments = Arguments(text: purchase.terms.arguments)
        let result = try await perform(
            purchase.kind.rawValue, arguments, lane: nil, departure: departure
        )
        _ = consume permit
        return result.record
    }

    /// What a purchase has on its way that nothing else has.
    struct Departure: Sendable {
        /// Its id.
        let purchase: String
        /// It may not leave after.
        let notAfter: Instant
        /// The header with its idempotency key.
        let key: ProviderRequest.Parameter?
    }

    /// Performs an operation as it is, once.
    ///
    /// - Throws: `MoonlineError` with the account's name.
    func perform(
        _ operation: String,
        _ arguments: Arguments,
        lane: Lane?,
        departure: Departure? = nil
    ) async throws(MoonlineError) -> OperationResult {
        try account.checkCredential()
        let runner = OperationRunner(
            account.definition, environment: environment(lane: lane, departure: departure)
        )
        do {
            return try await runner.perform(operation, arguments)
        } catch {
            var failure = error
            failure.provider = account.name
            if failure.code == .rateLimited {
                try await owner.refused(retryAfter: failure.retryAfter)
            }
            throw failure
        }
    }

    private static func arguments(of order: Order) -> Arguments {
        Arguments(text: [
            "id": order.remoteID, "phone": order.phone, "service": order.service,
            "country": order.country,
        ])
    }

    private func repeating(
        only codes: Set<ErrorCode>? = nil,
        _ attempt: () async throws(MoonlineError) -> OperationResult
    ) async throws(MoonlineError) -> OperationResult {
        var repetitions: [ErrorCode: Int] = [:]
        while true {
            do {
                return try await attempt()
            } catch {
                let count = repetitions[error.code, default: 0]
                guard codes?.contains(error.code) ?? true,
                    let backoff = account.definition.retry[error.code],
                    let delay = backoff.delay(
                        before: count, retryAfter: error.retryAfter, jitter: random.thousandths()
                    )
                else { throw error }
                repetitions[error.code] = count + 1
                logger.debug("\(account.name): \(error.code.rawValue), again in \(delay.text)")
                try await wait(delay)
            }
        }
    }

    private func wait(_ delay: Duration) async throws(MoonlineError) {
        do {
            try await clock.sleep(until: clock.now() + delay)
        } catch {
            throw MoonlineError(.cancelled, "the call was stopped")
        }
    }

    private func environment(lane: Lane?, departure: Departure?) -> OperationEnvironment {
        let firstTurn = FirstTurn(isTaken: lane == nil)
        let sent = SentCount()
        return OperationEnvironment(
            send: { request throws(MoonlineError) in
                if !firstTurn.take() {
                    try await owner.turn(lane: lane ?? .poll, operation: request.operation)
                }
                if let departure, clock.now() > departure.notAfter {
                    throw MoonlineError(
                        .deadline, "the purchase was held up on its way, so it was not sent",
                        isUnsent: true)
                }
                let wire = wire(request, departure)
                do throws(MoonlineError) {
                    let response = try await transport.send(wire)
                    sent.increment()
                    try? await owner.answered(remaining: RetryAfterHeader.remaining(in: response))
                    return response
                } catch {
                    var failure = error
                    if sent.isPositive { failure.isUnsent = false }
                    throw failure
                }
            },
            sleep: { duration throws(MoonlineError) in try await wait(duration) },
            log: { level, message in
                logger.log(
                    level: Logger.Level(rawValue: level) ?? .info, "\(account.name): \(message)")
            }
        )
    }

    private func wire(_ request: ProviderRequest, _ departure: Departure?) -> WireRequest {
        var request = request
        if let key = departure?.key, request.method != .get { request.headers.append(key) }
        return WireRequest(
            request: request, baseURL: account.baseURL, auth: account.auth,
            secret: account.secret, isUsersOrigin: account.isUsersOrigin,
            timeout: departure == nil ? WireRequest.timeoutDefault : WireRequest.purchaseTimeout,
            purchase: departure?.purchase
        )
    }
}

/// Whether the turn that was taken before the call is used up.
private final class FirstTurn: Sendable {
    private let isLeft: Atomic<Bool>

    init(isTaken: Bool) { isLeft = Atomic(isTaken) }

    /// True once, when a turn was taken before.
    func take() -> Bool { isLeft.exchange(false, ordering: .relaxed) }
}

/// How many requests of a call were answered.
private final class SentCount: Sendable {
    private let count = Atomic(0)

    func increment() { count.add(1, ordering: .relaxed) }
    var isPositive: Bool { count.load(ordering: .relaxed) > 0 }
}
