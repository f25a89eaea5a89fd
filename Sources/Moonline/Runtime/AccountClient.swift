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
        let operation = CommonOperation.check.rawValue
        return try await looking(operation, Self.arguments(of: order)) {
            () async throws(MoonlineError) in
            try await owner.look(at: order, polling: account.polling)
        }?.record
    }

    /// Reads the list of orders once, not more often than an order may be looked at.
    ///
    /// - Returns: `nil` when another process read it meanwhile: the journal may know more then.
    /// - Throws: `MoonlineError` with the account's name.
    func lookAtList() async throws(MoonlineError) -> [Record]? {
        let name = CommonOperation.list.rawValue
        return try await looking(name, Arguments()) { () async throws(MoonlineError) in
            try await owner.look(
                at: "\(name)/\(account.name)", operation: name, lane: .settle,
                every: account.polling.every
            )
        }?.list
    }

    private func looking(
        _ operation: String,
        _ arguments: Arguments,
        turn: () async throws(MoonlineError) -> TokenOwner.Turn?
    ) async throws(MoonlineError) -> OperationResult? {
        while let turn = try await turn() {
            do throws(MoonlineError) {
                return try await perform(operation, arguments, on: .taken(turn))
            } catch {
                guard error.isLateTurn else { throw error }
            }
        }
        return nil
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
            while true {
                let turn = try await owner.turn(lane: lane, operation: operation.rawValue)
                wasMoot = try await isMoot()
                if wasMoot { return .nothing }
                do throws(MoonlineError) {
                    let arguments = Self.arguments(of: order)
                    return try await perform(operation.rawValue, arguments, on: .taken(turn))
                } catch {
                    guard error.isLateTurn else { throw error }
                }
            }
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
            purchase.kind.rawValue, arguments, on: .departure(departure)
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

    /// What lets the first request of an operation leave; every further one waits for its turn.
    enum Opening: Sendable {
        /// It waits for its turn in a lane.
        case lane(Lane)
        /// It has its turn.
        case taken(TokenOwner.Turn)
        /// A purchase had its turn before it was written down.
        case departure(Departure)

        var departure: Departure? {
            if case .departure(let departure) = self { departure } else { nil }
        }

        var lane: Lane { if case .lane(let lane) = self { lane } else { .poll } }
    }

    /// Performs an operation as it is, once.
    ///
    /// - Throws: `MoonlineError` with the account's name.
    func perform(
        _ operation: String,
        _ arguments: Arguments,
        lane: Lane
    ) async throws(MoonlineError) -> OperationResult {
        try await perform(operation, arguments, on: .lane(lane))
    }

    private func perform(
        _ operation: String,
        _ arguments: Arguments,
        on opening: Opening
    ) async throws(MoonlineError) -> OperationResult {
        try account.checkCredential()
        let runner = OperationRunner(
            account.definition, environment: environment(opening)
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

    private func environment(_ opening: Opening) -> OperationEnvironment {
        let first = FirstRequest()
        let sent = SentCount()
        return OperationEnvironment(
            send: { request throws(MoonlineError) in
                try await admit(request, opening, isFirst: first.take())
                let wire = wire(request, opening.departure)
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

    private func admit(
        _ request: ProviderRequest,
        _ opening: Opening,
        isFirst: Bool
    ) async throws(MoonlineError) {
        switch opening {
        case .taken(let turn) where isFirst:
            guard await owner.departs(on: turn) else { throw .lateTurn }
        case .departure where isFirst: break
        case .lane, .taken, .departure:
            try await owner.turn(lane: opening.lane, operation: request.operation)
        }
        if let departure = opening.departure, clock.now() > departure.notAfter {
            throw MoonlineError(
                .deadline, "the purchase was held up on its way, so it was not sent",
                isUnsent: true)
        }
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

extension MoonlineError {
    /// The process was stopped between a turn and its request; another turn makes up for it.
    fileprivate static let lateTurn = MoonlineError(
        .deadline, "the request came too late for its turn", isUnsent: true)

    fileprivate var isLateTurn: Bool { isUnsent && code == .deadline }
}

/// Whether a call has sent nothing yet.
private final class FirstRequest: Sendable {
    private let isLeft = Atomic(true)

    /// True once.
    func take() -> Bool { isLeft.exchange(false, ordering: .relaxed) }
}

/// How many requests of a call were answered.
private final class SentCount: Sendable {
    private let count = Atomic(0)

    func increment() { count.add(1, ordering: .relaxed) }
    var isPositive: Bool { count.load(ordering: .relaxed) > 0 }
}
