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
    public let createdAt: Instant
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
    /// The code that was there before another one was asked for.
    public private(set) var baseline: String?
    /// Whether the money came back.
    public private(set) var refund: Refund = .none
    /// Whether nobody waits for it any more, so that it is to be cancelled.
    public private(set) var isCancelWanted = false

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
        refund: Refund, isCancelWanted: Bool
    ) {
        self.state = state
        self.code = code
        self.message = message
        self.revision = revision
        self.baseline = baseline
        self.refund = refund
        self.isCancelWanted = isCancelWanted
    }

    /// Whether an SMS has come, with or without a code: then nothing is refunded any more.
    public var hasEvidence: Bool { code != nil || message != nil }

    /// Whether a code is there that was not there before the last resend.
    public var hasNewCode: Bool { code != nil && code != baseline }

    /// Takes in an event.
    ///
    /// Invariant O1: a terminal state stays. Invariant O3: the revision only grows.
    @discardableResult
    public mutating func handle(_ event: OrderEvent, at now: Instant) -> [OrderChange] {
        let before = self
        switch event {
        case .observed(let observation): observe(observation)
        case .cancelWanted:
            if !state.isTerminal, !hasEvidence { isCancelWanted = true }
        case .cancelHeld(let until): cancelNotBefore = max(cancelNotBefore, until)
        case .cancelled(let amount): end(.cancelled, refund: amount == nil ? .due : .seen)
        case .cancelRefused: isCancelWanted = false
        case .finished: if !state.isTerminal { end(.finished, refund: .kept) }
        case .resent: if !state.isTerminal { reopen() }
        case .swapped(let phone, let remoteID, let expiry, let hold):
            guard !state.isTerminal else { break }
            self.phone = phone
            if let remoteID { self.remoteID = remoteID }
            if let expiry { expiresAt = expiry }
            if let hold { (cancelNotBefore, swapNotBefore) = (hold, hold) }
        case .expired: if !state.isTerminal { end(.expired, refund: hasEvidence ? .kept : .due) }
        case .missing: if !state.isTerminal { end(.lost, refund: hasEvidence ? .kept : .due) }
        }
        return changes(since: before)
    }

    private mutating func observe(_ observation: OrderObservation) {
        // What the last resend replaced may still be said by a reply that was overtaken.
        let isOvertaken = hasNewCode && observation.code == baseline
        if let code = observation.code, code != self.code, !isOvertaken {
            self.code = code
            revision += 1
        }
        if let message = observation.message { self.message = message }
        if let expiry = observation.expiresAt, !state.isTerminal { expiresAt = expiry }
        if let hold = observation.cancelNotBefore { cancelNotBefore = max(cancelNotBefore, hold) }
        if let price = observation.price, self.price == nil { self.price = price }
        guard !state.isTerminal else { return }
        if hasEvidence { isCancelWanted = false }
        switch observation.status {
        case .waiting: if hasNewCode { state = .received }
        case .received: state = hasNewCode || code == nil && hasEvidence ? .received : state
        case .finished: end(.finished, refund: .kept)
        case .cancelled: end(.cancelled, refund: hasEvidence ? .kept : .due)
        case .expired: end(.expired, refund: hasEvidence ? .kept : .due)
        }
    }

    private mutating func end(_ state: OrderState, refund: Refund) {
        guard !self.state.isTerminal else { return }
        self.state = state
        self.refund = refund
        isCancelWanted = false
    }

    private mutating func reopen() {
        baseline = code
        state = .waiting
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
