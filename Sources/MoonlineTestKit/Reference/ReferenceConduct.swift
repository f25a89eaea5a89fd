public import OrderKernel

/// How a client behaved, as seen at one end of the wire.
///
/// A provider keeps one for what arrives. A network that delays requests keeps another for what
/// leaves, because only there a short gap or an early request is the client's own doing.
public struct ReferenceConduct: Sendable {
    /// The looks at one thing.
    public struct Looks: Sendable, Hashable {
        /// How many there were.
        public private(set) var count = 0
        /// The last one.
        public private(set) var last: Instant?
        /// The smallest gap between two.
        public private(set) var smallestGap: Duration?

        /// Notes a look, and returns the gap since the one before.
        fileprivate mutating func look(at now: Instant) -> Duration? {
            let gap = last.map { now - $0 }
            if let gap { smallestGap = min(gap, smallestGap ?? gap) }
            last = now
            count += 1
            return gap
        }
    }

    /// All requests.
    public private(set) var requests: SlidingWindow
    /// The looks at each order by itself.
    public private(set) var looks: [String: Looks] = [:]
    /// The looks at the list of open orders.
    public private(set) var listLooks = Looks()
    /// Looks at an order, or at the list, after a gap shorter than the minimum.
    public private(set) var looksTooSoon = 0
    /// Requests before an announced Retry-After was over.
    public private(set) var requestsDuringPause = 0
    /// Cancellations before an announced hold was over.
    public private(set) var cancelsDuringHold = 0
    /// Cancellations after a reply that told of a message.
    public private(set) var cancelsAfterEvidence = 0
    /// How many replies had each status.
    public private(set) var replies: [Int: Int] = [:]
    /// Clocks that differ by so much make a cancel come so much too early.
    public var holdTolerance = Duration.zero
    private let pollMinimum: Duration
    private var pausedUntil = Instant.distantPast
    private var holds: [Knowledge: Instant] = [:]
    private var evidence: Set<Knowledge> = []

    /// What is known of an order, and to whom: to every process where there is none.
    private struct Knowledge: Hashable {
        let order: String
        let process: UInt64?
    }

    /// Nothing seen yet.
    public init(traits: ReferenceTraits) {
        requests = SlidingWindow(length: traits.window)
        pollMinimum = traits.pollMinimum
    }

    /// The smallest gap between two looks at one order.
    public var smallestGap: Duration? { looks.values.compactMap(\.smallestGap).min() }

    /// Notes a request; one that the network made is not counted.
    ///
    /// - Parameter process: who sent it, where several that cannot tell each other share a token.
    public mutating func sent(
        _ request: ReferenceRequest,
        at now: Instant,
        from process: UInt64? = nil
    ) {
        guard !request.isDuplicate else { return }
        requests.add(now)
        if now < pausedUntil { requestsDuringPause += 1 }
        switch request.operation {
        case .status(let id):
            note(gap: looks[id, default: Looks()].look(at: now))
        case .list:
            note(gap: listLooks.look(at: now))
        case .cancel(let id):
            let known = Set([nil, process]).map { Knowledge(order: id, process: $0) }
            if known.contains(where: { now < (holds[$0] ?? .distantPast) - holdTolerance }) {
                cancelsDuringHold += 1
            }
            if known.contains(where: evidence.contains) { cancelsAfterEvidence += 1 }
        default: break
        }
    }

    /// Notes the reply to a request; one to a request that the network made reaches nobody.
    ///
    /// - Parameter process: the only one that can know it; all do where there is none.
    public mutating func answered(
        _ request: ReferenceRequest,
        with reply: ReferenceReply,
        knownTo process: UInt64? = nil
    ) {
        guard !request.isDuplicate else { return }
        replies[reply.status, default: 0] += 1
        for announcement in reply.announcements {
            switch announcement {
            case .pause(let until): pausedUntil = max(pausedUntil, until)
            case .hold(let order, let until):
                holds[Knowledge(order: order, process: process)] = until
            case .evidence(let order):
                evidence.insert(Knowledge(order: order, process: process))
            }
        }
    }

    private mutating func note(gap: Duration?) {
        if let gap, gap < pollMinimum { looksTooSoon += 1 }
    }
}
