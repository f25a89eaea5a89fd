/// What a caller authorised: one attempt at one offer, which is charged at most once.
public struct Purchase: Sendable, Hashable {
    /// Moonline's own id.
    public let id: String
    /// What kind of purchase it is.
    public let kind: PurchaseKind
    /// The account that pays.
    public let account: String
    /// The definition's id.
    public let provider: String
    /// Moonline's name of the service.
    public let service: String
    /// ISO 3166 alpha-2, or the verbatim id.
    public let country: String
    /// The price that the offer named.
    public let price: Money?
    /// What it counts for caps, in millionths of a US dollar.
    public let microUSD: Int64
    /// The run that it belongs to.
    public let run: String
    /// When it was authorised.
    public private(set) var createdAt: Instant
    /// It may not be sent after.
    public private(set) var notAfter: Instant
    /// What is sent and how its outcome is found out when the answer is lost.
    public private(set) var terms: PurchaseTerms
    /// From then on, what cannot be found has not happened.
    public private(set) var settlesAt: Instant
    /// Where it stands.
    public private(set) var state: PurchaseState = .intended

    /// A purchase that is authorised now.
    public init(
        id: String, kind: PurchaseKind, account: String, provider: String, service: String,
        country: String, price: Money?, microUSD: Int64, run: String, createdAt: Instant,
        notAfter: Instant, terms: PurchaseTerms = PurchaseTerms(), settlesAt: Instant? = nil,
        state: PurchaseState = .intended
    ) {
        self.id = id
        self.kind = kind
        self.account = account
        self.provider = provider
        self.service = service
        self.country = country
        self.price = price
        self.microUSD = microUSD
        self.run = run
        self.createdAt = createdAt
        self.notAfter = notAfter
        self.terms = terms
        self.settlesAt = settlesAt ?? notAfter + Self.exchangeMaximum + terms.settlesWithin
        self.state = state
    }

    /// When a request must have been carried out that was sent by an instant, or never will be.
    public func settlesAt(sentBy instant: Instant) -> Instant {
        instant + Self.exchangeMaximum + terms.settlesWithin
    }

    /// Whether it may be changing the number of an order, so that nothing the provider says of the
    /// old one holds.
    ///
    /// One that nothing settles may be carried out until `settlesAt`.
    public func isSwapping(_ order: String, at now: Instant) -> Bool {
        guard kind == .swap, terms.subject == order else { return false }
        switch state {
        case .sending, .unknown: return true
        case .unresolved: return now < settlesAt
        default: return false
        }
    }

    /// How long one exchange with a provider may take: a purchase that was begun before `notAfter`
    /// is over by then (the transport's deadline of a purchase).
    public static let exchangeMaximum = Duration.seconds(30)

    /// Takes in what came of sending it.
    ///
    /// Invariant M1: a purchase that was sent and not refused is never sent again, except with the
    /// same idempotency key.
    ///
    /// - Throws: `IllegalPurchaseEvent` when its state does not allow the event.
    public mutating func handle(_ event: PurchaseEvent) throws(IllegalPurchaseEvent) {
        switch (state, event) {
        case (.intended, .sending): state = .sending
        case (.sending, .accepted(let order)): state = .accepted(order: order)
        case (.sending, .refused(let code)), (.intended, .refused(let code)): state = .refused(code)
        case (.sending, .outcomeLost): state = .unknown
        case (.sending, .unsent): state = .intended
        case (.unknown, .found(let order)), (.unresolved, .found(let order)):
            state = .adopted(order: order)
        case (.unknown, .provenAbsent): state = .absent
        case (.unknown, .givenUp(let isCharged)): state = .unresolved(isCharged: isCharged)
        case (.unresolved, .stated(let isBought)): state = isBought ? .writtenOff : .absent
        default: throw IllegalPurchaseEvent(state: state, event: event)
        }
    }

    /// Whether the user may say what became of it: nothing has settled it, and what could has had
    /// time for it, so that its list or balance cannot be read any more.
    public func mayBeStated(at now: Instant) -> Bool {
        switch state {
        case .unresolved: true
        case .unknown:
            // Each repetition under the key begins a new time in which it may be carried out.
            now >= settlesAt
                && now >= createdAt + Self.exchangeMaximum + terms.settlesWithin
                    + Self.provingPatience
        default: false
        }
    }

    /// How long after a purchase must have been carried out its provider is asked for proof before
    /// the user's word is taken: a maintenance is over by then.
    public static let provingPatience = Duration.seconds(600)

    /// The answer was lost at that instant, and the exchange is over: the provider may still work
    /// on it for as long as its definition says.
    ///
    /// - Throws: `IllegalPurchaseEvent` when it was not being sent.
    public mutating func loseOutcome(at now: Instant) throws(IllegalPurchaseEvent) {
        try handle(.outcomeLost)
        settlesAt = min(settlesAt, now + terms.settlesWithin)
    }

    /// Another purchase got an order that could have been this one's.
    ///
    /// Then the other's order may be still to come, or have ended unseen, and this one's absence
    /// proves something only where the other's would.
    public mutating func giveWay(to other: Purchase) {
        settlesAt = max(settlesAt, other.settlesAt)
        let end = min(createdAt + terms.lifetime, other.createdAt + other.terms.lifetime)
        terms.lifetime = end - createdAt
    }

    /// Whether an order that it made would still be open, whatever the clocks: only then does its
    /// absence prove that there never was one.
    public func isAbsenceProof(at now: Instant) -> Bool {
        let isHasty = PlantedFault.looksOnce.isPlanted || PlantedFault.readsBalanceAtOnce.isPlanted
        if isHasty { return true }
        return now >= settlesAt && now + OrphanMatch.clockSkewMaximum < createdAt + terms.lifetime
    }

    /// Whether it may go out once more under its key: the provider still remembers the key.
    public func mayRepeat(at now: Instant) -> Bool {
        guard terms.means == .sameKey, terms.idempotencyKey != nil, state == .unknown else {
            return false
        }
        return now + Self.exchangeMaximum < createdAt + terms.keyLifetime
    }
}

extension Purchase: ClockShiftable {
    /// The purchase as a clock says it that is ahead by so much.
    public func shifted(by duration: Duration) -> Purchase {
        var purchase = self
        purchase.createdAt = createdAt.shifted(by: duration)
        purchase.notAfter = notAfter.shifted(by: duration)
        purchase.settlesAt = settlesAt.shifted(by: duration)
        return purchase
    }
}

/// How a purchase is made.
public enum PurchaseKind: String, Sendable, Hashable, CaseIterable {
    case buy, reuse, swap
}

/// An event that the state of a purchase does not allow: a fault of the program.
public struct IllegalPurchaseEvent: Error, Sendable, Hashable {
    /// Where the purchase stood.
    public let state: PurchaseState
    /// What came.
    public let event: PurchaseEvent
}
