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
    let sessions: SessionBook
    let clock: any EngineClock
    let random: RandomSource
    let logger: Logger
    let observer: (@Sendable (ObservedExchange) -> Void)?
    let activity: ActivityBook
    /// The provider's own ids of what an order was bought for.
    let remoteArguments: @Sendable (Order) async -> [String: String]

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
    func look(at order: Order) async throws(MoonlineError) -> Look? {
        // What a function does before its request is done when the look is due, not long before.
        try await owner.awaitLook(at: order, polling: account.polling)
        do throws(MoonlineError) {
            return try await performLook(
                CommonOperation.check.rawValue, await arguments(of: order, for: .check)
            ) { () async throws(MoonlineError) in
                try await owner.look(at: order, polling: account.polling)
            }.map { .record($0.record) }
        } catch {
            guard error.code == .closed else { throw error }
            return .over
        }
    }

    /// What a look at an order shows.
    enum Look: Sendable {
        /// What the provider says of it.
        case record(Record)
        /// That it is over, and nothing more.
        case over

        /// Whether the provider said itself that the order is open.
        var saysOpen: Bool {
            guard case .record(let record) = self, !record.infersStatus,
                let status = record.text("status").flatMap(OrderStatus.init(rawValue:))
            else { return false }
            return status == .waiting || status == .received
        }
    }

    /// Reads the list of orders once, not more often than an order may be looked at.
    ///
    /// - Returns: `nil` when another process read it meanwhile: the journal may know more then.
    /// - Throws: `MoonlineError` with the account's name when it was not asked for.
    func readList() async throws(MoonlineError) -> Listing? {
        let name = CommonOperation.list.rawValue
        let departure = Mutex<Instant?>(nil)
        do throws(MoonlineError) {
            let result = try await performLook(name, Arguments()) {
                () async throws(MoonlineError) in
                let turn = try await owner.lookAtList(
                    "\(name)/\(account.name)", operation: name, every: account.polling.every)
                if turn != nil { departure.withLock { $0 = $0 ?? clock.now() } }
                return turn
            }
            return result.map { result in
                let askedAt = departure.withLock(\.self) ?? clock.now()
                let unread = result.unread.first.map { reason in
                    MoonlineError(
                        .protocol,
                        "\(account.name)'s list has what cannot be read: "
                            + masked(reason),
                        provider: account.name)
                }
                return Listing(
                    askedAt: askedAt, rows: .success(result.list), unread: unread,
                    unreadIDs: result.unreadIDs)
            }
        } catch {
            guard let askedAt = departure.withLock(\.self), error.code != .cancelled,
                error.code != .internal
            else { throw error }
            return Listing(askedAt: askedAt, rows: .failure(error))
        }
    }

    /// Performs an operation that changes an order but spends nothing.
    ///
    /// It is repeated after 429 only: then it was not carried out.
    ///
    /// - Parameter isMoot: asked when an attempt has its turn, since others may have learnt more
    ///   while it waited.
    /// - Returns: `nil` when it was moot, so that nothing was sent.
    /// - Throws: `MoonlineError` with the account's name.
    func change(
        _ operation: CommonOperation,
        _ order: Order,
        lane: Lane,
        isMoot: @escaping @Sendable () async throws(MoonlineError) -> Bool = { false }
    ) async throws(MoonlineError) -> Record? {
        let arguments = await arguments(of: order, for: operation)
        return try await repeating(only: [.rateLimited]) { () async throws(MoonlineError) in
            try await performUnlessMoot(operation.rawValue, arguments) {
                () async throws(MoonlineError) in
                let turn = try await owner.turn(lane: lane, operation: operation.rawValue)
                return try await isMoot() ? nil : turn
            }
        }?.record
    }

    /// Sends a purchase, once.
    ///
    /// Its turn was waited for before it was written down; when writing took so long that the turn
    /// is over, it waits for another one.
    ///
    /// - Throws: `MoonlineError`; `isUnsent` tells that no byte left.
    func purchase(
        _ permit: consuming SendPermit,
        _ purchase: Purchase,
        on turn: TokenOwner.Turn
    ) async throws(MoonlineError) -> Record {
        let header = account.definition.idempotency?.header
        let isFresh = PlantedFault.freshKeyPerAttempt.isPlanted
        let departure = Departure(
            purchase: permit.purchaseID, turn: turn, notAfter: permit.notAfter,
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
        /// The turn that it has, or had.
        let turn: TokenOwner.Turn
        /// It may not leave after.
        let notAfter: Instant
        /// The header with its idempotency key.
        let key: ProviderRequest.Parameter?
    }

    /// What lets the first request of an operation leave; every further one waits for its turn.
    enum Opening: Sendable {
        /// It waits for its turn in a lane.
        case lane(Lane)
        /// It takes a turn when it is ready; without one it is moot.
        case turn(@Sendable () async throws(MoonlineError) -> TokenOwner.Turn?)
        /// A purchase had its turn before it was written down.
        case departure(Departure)

        var departure: Departure? {
            if case .departure(let departure) = self { departure } else { nil }
        }

        var lane: Lane {
            switch self {
            case .lane(let lane): lane
            case .turn: .poll
            case .departure: .buy
            }
        }
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

    // `nil` when there was no turn for its first request, so that nothing was sent.
    private func performUnlessMoot(
        _ operation: String,
        _ arguments: Arguments,
        _ progress: CallProgress = CallProgress(),
        turn: @escaping @Sendable () async throws(MoonlineError) -> TokenOwner.Turn?
    ) async throws(MoonlineError) -> OperationResult? {
        do throws(MoonlineError) {
            let result = try await perform(operation, arguments, on: .turn(turn), progress)
            return progress.isMoot ? nil : result
        } catch {
            if progress.isMoot { return nil }
            throw error
        }
    }

    // A look of which nothing is sent, by a function that knows the answer or fails at once, counts
    // as one all the same: whoever waits would look again without a pause.
    private func performLook(
        _ operation: String,
        _ arguments: Arguments,
        turn: @escaping @Sendable () async throws(MoonlineError) -> TokenOwner.Turn?
    ) async throws(MoonlineError) -> OperationResult? {
        let progress = CallProgress()
        let result: Result<OperationResult?, MoonlineError>
        do throws(MoonlineError) {
            result = .success(
                try await performUnlessMoot(operation, arguments, progress, turn: turn))
        } catch {
            result = .failure(error)
        }
        if progress.takeFirst() {
            // Without a turn that is told: the other failure would be met again at once.
            try await naming { () async throws(MoonlineError) in
                _ = try await owner.depart(on: turn)
            }
        }
        return try result.get()
    }

    private func perform(
        _ operation: String,
        _ arguments: Arguments,
        on opening: Opening,
        _ progress: CallProgress = CallProgress()
    ) async throws(MoonlineError) -> OperationResult {
        try account.checkCredential()
        // Invariant M5: what costs money has the permit of a purchase.
        let costs = account.definition.operations[operation]?.costs ?? false
        guard !costs || opening.departure != nil else {
            throw MoonlineError(
                .internal, "\(operation) was asked for without a purchase", isUnsent: true)
        }
        let runner = OperationRunner(
            account.definition, environment: environment(opening, progress)
        )
        do {
            let result = try await runner.perform(operation, arguments)
            if progress.isAnswered { try? await owner.answered(remaining: nil) }
            for reason in result.unread {
                let reason = sessions.redactor.redact(reason)
                logger.log(
                    level: costs ? .warning : .debug,
                    "\(account.name): \(operation) is used without what is unreadable: \(reason)")
            }
            return result
        } catch {
            if progress.isAnswered, error.code != .rateLimited {
                try? await owner.answered(remaining: nil)
            }
            var failure = error
            failure.provider = account.name
            failure.message = masked(named(failure))
            if failure.code == .rateLimited, progress.isAnswered || !progress.isHeldBack {
                try await pause(for: failure.retryAfter)
            }
            throw failure
        }
    }

    // What is wrong with a reply is said of an account.
    private func named(_ failure: MoonlineError) -> String {
        let isNamed = [account.name, account.definition.id].contains { name in
            failure.message.hasPrefix(name)
        }
        return failure.code != .protocol || isNamed
            ? failure.message : "\(account.name): \(failure.message)"
    }

    private func pause(for duration: Duration?) async throws(MoonlineError) {
        if let duration, duration >= Self.longPause {
            logger.warning(
                "\(account.name): too many requests; none is sent for \(duration.text)")
        }
        try await owner.refused(retryAfter: duration)
    }

    /// A pause that whoever waits should know of.
    private static let longPause = Duration.seconds(10)

    // What scripts read of an error: without this account's secrets, and with all others, which the
    // provider does not have and must not learn by what is missing.
    func masked(_ text: String) -> String {
        sessions.redactor.mask(to: account.sessionKey).redact(text)
    }

    // The provider's own names are looked up only where the operation wants them.
    private func arguments(
        of order: Order,
        for operation: CommonOperation
    ) async -> Arguments {
        let names = account.definition.operations[operation.rawValue]?.argumentNames ?? []
        guard names.contains(where: { $0.hasPrefix("service") || $0.hasPrefix("country") }) else {
            return Arguments(text: ["id": order.remoteID, "phone": order.phone])
        }
        return Arguments(text: await remoteArguments(order))
    }

    private func repeating<Result>(
        only codes: Set<ErrorCode>? = nil,
        _ attempt: () async throws(MoonlineError) -> Result
    ) async throws(MoonlineError) -> Result {
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
                    ), clock.now() + delay <= TurnPatience.end(at: clock.now())
                else { throw error }
                repetitions[error.code] = count + 1
                logger.debug("\(account.name): \(error.code.rawValue), again in \(delay.text)")
                try await wait(delay)
            }
        }
    }

    func wait(_ delay: Duration) async throws(MoonlineError) {
        do {
            try await clock.sleep(until: clock.now() + delay)
        } catch {
            throw MoonlineError(.cancelled, "the call was stopped")
        }
    }
}
