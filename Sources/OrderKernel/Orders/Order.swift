/// What a provider made of a purchase: a number, its state, its code and its money.
public struct Order: Sendable, Hashable {
    /// Moonline's own id, which later commands name it by.
    public let id: String
    /// The purchase that it came from.
    public let purchaseID: String
    /// The account that bought it.
    public let account: String
    /// The definition's id.
    public let provider: String
    /// The provider's id for it.
    public var remoteID: String
    /// E.164.
    public var phone: String
    /// Moonline's name of the service.
    public let service: String
    /// ISO 3166 alpha-2, or the verbatim id.
    public let country: String
    /// What it cost, where that is known.
    public var price: Money?
    /// When it was bought.
    public private(set) var createdAt: Instant
    /// When the provider ends it.
    public var expiresAt: Instant
    /// Before that it cannot be cancelled.
    public var cancelNotBefore: Instant
    /// Before that it cannot be swapped.
    public var swapNotBefore: Instant
    /// Where it stands.
    public private(set) var state: OrderState = .waiting
    /// The newest code.
    public private(set) var code: String?
    /// The newest message.
    public private(set) var message: String?
    /// Counts the codes: a later one never loses to an earlier one.
    public private(set) var revision = 0
    /// The revision of the newest code that somebody was told.
    public private(set) var toldRevision = 0
    /// The code that was there before another one was asked for.
    public private(set) var baseline: String?
    /// Whether the provider was seen without that code since: the same one again is a new one then.
    public private(set) var isBaselineCleared = false
    /// Whether the money came back.
    public private(set) var refund: Refund = .none
    /// What the balance may grow by any time: a refund that is due, or one that was named and has
    /// not shown in a balance yet.
    public private(set) var awaitedRefund: Money?
    /// Whether nobody waits for it any more, so that it is to be cancelled.
    public private(set) var isCancelWanted = false
    /// Whether a message came, even if neither its text nor a code is known.
    public private(set) var isEvidenced = false
    /// Whether the provider refused a cancel: a message may have come, so that only a look that
    /// shows none makes way for another cancel.
    public private(set) var isCancelRefused = false
    /// How many cancels were refused.
    public private(set) var cancelRefusals = 0
    /// The highest revision of the provider's own that was observed.
    public private(set) var providerRevision: Int?
    /// When it came to its end.
    public private(set) var endedAt: Instant?
    /// The run that waits for it; `nil` when the user keeps it for a later command.
    public private(set) var attendant: String?

    /// An order that was just bought.
    public init(
        id: String, purchaseID: String, account: String, provider: String, remoteID: String,
        phone: String, service: String, country: String, price: Money?, createdAt: Instant,
        expiresAt: Instant, cancelNotBefore: Instant, swapNotBefore: Instant
    ) {
        self.id = id
        self.purchaseID = purchaseID
        self.account = account
        self.provider = provider
        self.remoteID = remoteID
        self.phone = phone
        self.service = service
        self.country = country
        self.price = price
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.cancelNotBefore = cancelNotBefore
        self.swapNotBefore = swapNotBefore
    }

    /// Puts back what a journal holds.
    public mutating func restore(
        state: OrderState, code: String?, message: String?, revision: Int, baseline: String?,
        refund: Refund, isCancelWanted: Bool, awaitedRefund: Money? = nil,
        isEvidenced: Bool = false, isCancelRefused: Bool = false, providerRevision: Int? = nil,
        endedAt: Instant? = nil, attendant: String? = nil, isBaselineCleared: Bool = false,
        toldRevision: Int = 0, cancelRefusals: Int = 0
    ) {
        self.state = state
        self.code = code
        self.message = message
        self.revision = revision
        self.baseline = baseline
        self.refund = refund
        self.isCancelWanted = isCancelWanted
        self.awaitedRefund = awaitedRefund
        self.isEvidenced = isEvidenced
        self.isCancelRefused = isCancelRefused
        self.providerRevision = providerRevision
        self.endedAt = endedAt
        self.attendant = attendant
        self.isBaselineCleared = isBaselineCleared
        self.toldRevision = toldRevision
        self.cancelRefusals = cancelRefusals
    }

    /// Whether an SMS has come, with or without a code: then nothing is refunded any more.
    public var hasEvidence: Bool { isEvidenced || code != nil || message != nil }

    /// Whether a code is there that nobody was told.
    public var isUntold: Bool { code != nil && toldRevision < revision }

    /// Whether a code is there that was not there before the last resend.
    public var hasNewCode: Bool { code != nil && code != baseline }

    /// Takes in an event.
    ///
    /// Invariant O1: a terminal state stays. Invariant O3: the revision only grows. Invariant M6:
    /// a refund is recorded once, and only on evidence.
    @discardableResult
    public mutating func handle(_ event: OrderEvent, at now: Instant) -> [OrderChange] {
        let before = self
        switch event {
        case .observed(let observation): observe(observation, now)
        case .refundSeen:
            awaitedRefund = nil
            if refund == .due || refund == .overdue { refund = .seen }
        case .refundLate: if refund == .due { refund = .overdue }
        // What became of a swap may be known after the end: its number may be used again.
        case .swapped(let number) where state.isTerminal: phone = number.phone
        case .told(let told): toldRevision = max(toldRevision, min(told, revision))
        default:
            let isRevived = PlantedFault.revivesEnded.isPlanted
            if !state.isTerminal || isRevived { progress(event, now) }
        }
        return changes(since: before)
    }

    // What can happen to an order only before its end.
    private mutating func progress(_ event: OrderEvent, _ now: Instant) {
        switch event {
        case .cancelWanted:
            let isHeedless = PlantedFault.cancelsAfterEvidence.isPlanted
            if !hasEvidence || isHeedless { isCancelWanted = true }
        case .cancelHeld(let until): cancelNotBefore = max(cancelNotBefore, until)
        case .cancelled(let amount):
            let isSeen = amount.map { $0.amount.units > 0 }
            end(.cancelled, refund: isSeen.map { $0 ? .seen : .kept } ?? .due, now)
            if isSeen == true { awaitedRefund = amount }
        case .cancelRefused: (isCancelRefused, cancelRefusals) = (true, cancelRefusals + 1)
        case .finished: end(.finished, refund: .kept, now)
        case .resent(let known):
            (baseline, isBaselineCleared) = (known, false)
            if !hasNewCode { state = .waiting }
        case .swapped(let number):
            phone = number.phone
            if let remoteID = number.remoteID, remoteID != self.remoteID {
                (self.remoteID, providerRevision) = (remoteID, nil)
            }
            expiresAt = number.expiresAt ?? expiresAt
            cancelNotBefore = number.cancelNotBefore ?? cancelNotBefore
            swapNotBefore = number.swapNotBefore ?? swapNotBefore
        case .expired: end(.expired, refund: hasEvidence ? .kept : .due, now)
        case .closed: end(closing, refund: hasEvidence ? .kept : .due, now)
        case .missing: end(.lost, refund: hasEvidence ? .kept : .due, now)
        case .attended(let run): attendant = run
        case .kept: (attendant, isCancelWanted) = (nil, false)
        case .observed, .refundSeen, .refundLate, .told: break
        }
    }

    // How an order ended of which the provider says no more than that it is over.
    private var closing: OrderState {
        if hasEvidence { return .finished }
        return isCancelWanted || isCancelRefused ? .cancelled : .expired
    }

    private mutating func observe(_ observation: OrderObservation, _ now: Instant) {
        if let seen = providerRevision, let said = observation.revision, said < seen,
            !PlantedFault.overwritesRevisions.isPlanted
        {
            return
        }
        if let said = observation.revision { providerRevision = said }
        observe(code: observation.code)
        if let message = observation.message { self.message = message }
        if PlantedFault.refundsTwice.isPlanted, refund == .seen { refund = .due }
        guard !state.isTerminal || PlantedFault.revivesEnded.isPlanted else { return }
        // What waits is not over, whatever the two clocks say.
        if let expiry = observation.expiresAt, expiry > now || observation.status != .waiting {
            expiresAt = expiry
        }
        if let hold = observation.cancelNotBefore { cancelNotBefore = max(cancelNotBefore, hold) }
        if let price = observation.price, self.price == nil { self.price = price }
        if observation.status == .received { isEvidenced = true }
        // A slow look may have been answered before the cancel, and come after its refusal.
        if observation.status == .waiting, observation.cancelRefusals >= cancelRefusals {
            isCancelRefused = false
        }
        if hasEvidence, !PlantedFault.cancelsAfterEvidence.isPlanted { isCancelWanted = false }
        switch observation.status {
        case .waiting: if hasNewCode { state = .received }
        case .received: state = hasNewCode || code == nil ? .received : state
        case .finished: end(.finished, refund: .kept, now)
        case .cancelled: end(.cancelled, refund: hasEvidence ? .kept : .due, now)
        case .expired: end(.expired, refund: hasEvidence ? .kept : .due, now)
        }
    }

    private mutating func observe(code said: String?) {
        guard let said else {
            isBaselineCleared = isBaselineCleared || baseline != nil && !hasNewCode
            return
        }
        // What the last resend replaced may still be said by a reply that was overtaken.
        let isOvertaken = hasNewCode && said == baseline
        // Services often send the same code again.
        let isRepeated = said == baseline && isBaselineCleared
        guard isRepeated || said != code && !isOvertaken else { return }
        if isRepeated { (baseline, isBaselineCleared) = (nil, false) }
        code = said
        revision += 1
    }

    private mutating func end(_ state: OrderState, refund: Refund, _ now: Instant) {
        let isFaithful = PlantedFault.seesRefundsOnFaith.isPlanted && refund == .due
        let refund = isFaithful ? .seen : refund
        self.state = state
        self.refund = refund
        awaitedRefund = refund == .due ? price : nil
        (isCancelWanted, isCancelRefused) = (false, false)
        endedAt = now
        attendant = nil
    }

    private func changes(since before: Order) -> [OrderChange] {
        guard self != before else { return [] }
        var changes: [OrderChange] = [.changed]
        if let code, revision > before.revision {
            changes.append(.code(code, isLate: before.state.isTerminal))
        }
        if state != before.state { changes.append(.state(state)) }
        return changes
    }
}

extension Order: ClockShiftable {
    /// The order as a clock says it that is ahead by so much.
    public func shifted(by duration: Duration) -> Order {
        var order = self
        order.createdAt = createdAt.shifted(by: duration)
        order.expiresAt = expiresAt.shifted(by: duration)
        order.cancelNotBefore = cancelNotBefore.shifted(by: duration)
        order.swapNotBefore = swapNotBefore.shifted(by: duration)
        order.endedAt = endedAt?.shifted(by: duration)
        return order
    }
}
