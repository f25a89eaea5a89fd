public import OrderKernel

/// A provider of numbers with an account, as a value: the same requests at the same instants give
/// the same replies.
///
/// It executes what reaches it. Loss, delay, repetition and reordering are the network's.
public struct ReferenceProvider: Sendable {
    /// How it behaves; a simulation may change that on the way.
    public var traits: ReferenceTraits
    /// The latest instant that it was told.
    public private(set) var now: Instant
    /// All orders, oldest first.
    public internal(set) var orders: [ReferenceOrder] = []
    /// The account.
    public internal(set) var ledger = ReferenceLedger()
    /// What the client's requests were like when they arrived.
    public private(set) var conduct: ReferenceConduct
    /// The requests that the limit let through, those of others included.
    public internal(set) var admitted: SlidingWindow
    /// The places of the open orders, oldest first.
    var open: [Int] = []
    /// The places of all orders by their ids.
    var places: [String: Int] = [:]
    /// The numbers in use.
    var phones: Set<String> = []
    /// How many numbers of each product are in use that came out of the stock.
    var taken: [ReferenceProduct: Int] = [:]
    /// How many numbers were ever given out.
    var numbersGiven = 0
    /// What is going to happen.
    var events = ReferenceEvents()
    /// What keys were answered.
    var keys = ReferenceKeys()
    /// The simulation's generator: one number for each purchase, exchange and resend.
    let random: @Sendable () -> UInt64
    /// Decides the messages of an order from a number.
    let plan: @Sendable (UInt64) -> ReferencePlan

    /// A provider that begins with its opening balance.
    ///
    /// - Parameters:
    ///   - random: gives the next number of a sequence that the simulation's seed decides.
    ///   - plan: decides from such a number which messages an order gets.
    public init(
        traits: ReferenceTraits,
        at start: Instant,
        random: @escaping @Sendable () -> UInt64,
        plan: @escaping @Sendable (UInt64) -> ReferencePlan = { ReferencePlan(seed: $0) }
    ) {
        self.traits = traits
        now = start
        conduct = ReferenceConduct(traits: traits)
        admitted = SlidingWindow(length: traits.window)
        self.random = random
        self.plan = plan
        topUp(traits.openingBalance, at: start)
    }

    /// Executes a request that arrives at an instant.
    public mutating func handle(
        _ request: ReferenceRequest,
        at instant: Instant
    ) -> ReferenceReply {
        advance(to: instant)
        conduct.sent(request, at: now)
        let reply = refusal(of: request) ?? perform(request)
        conduct.answered(request, with: reply)
        return reply
    }

    /// Lets everything happen that is due by an instant; time does not go back.
    public mutating func advance(to instant: Instant) {
        while let (at, event) = events.take(until: instant) {
            now = max(now, at)
            happen(event)
        }
        now = max(now, instant)
        keys.forget(olderThan: traits.keyMemory, at: now)
    }

    /// Refuses what may not come in at all.
    private mutating func refusal(of request: ReferenceRequest) -> ReferenceReply? {
        if let credential = traits.credential, let sent = request.headers["authorization"],
            sent != "Bearer \(credential)"
        {
            return .refused(401, "unauthorized")
        }
        guard admitted.count(at: now) < traits.limit else {
            let room = admitted.room(for: traits.limit, at: now)
            let seconds = max(1, (room - now).wholeSeconds)
            let pause = ReferenceAnnouncement.pause(until: now + .seconds(seconds))
            var reply = ReferenceReply.refused(429, "rate_limited", announcements: [pause])
            reply.headers["retry-after"] = String(seconds)
            return reply
        }
        admitted.add(now)
        return nil
    }

    /// Executes what came in.
    private mutating func perform(_ request: ReferenceRequest) -> ReferenceReply {
        guard let needed = request.operation.capability,
            traits.capabilities.isSuperset(of: needed)
        else { return .notOffered }
        switch request.operation {
        case .balance: return balanceReply()
        case .offers: return offersReply(request)
        case .list: return listReply()
        case .status(let id): return withOrder(id) { $0.statusReply($1) }
        case .cancel(let id): return withOrder(id) { $0.cancel($1) }
        case .finish(let id): return withOrder(id) { $0.finish($1) }
        case .resend(let id): return withOrder(id) { $0.resend($1) }
        case .create, .reuse, .swap: return performOnce(request)
        case .unknown: return .notOffered
        }
    }
}

extension Duration {
    /// Whole seconds, rounded up, so that a wait is never too short.
    var wholeSeconds: Int64 { (milliseconds + 999) / 1000 }
}
