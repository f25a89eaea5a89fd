import Moonline
import OrderKernel
import Transport

/// Everything outside of the engine: the provider, the network, and what was seen of them.
struct WorldState {
    /// A request that is on its way.
    struct Exchange {
        let process: UInt64
        let request: ReferenceRequest
        var continuation: CheckedContinuation<Result<ReferenceReply, MoonlineError>, Never>?
    }

    /// When a crash comes.
    enum CrashPoint: Sendable, Hashable {
        case departure, execution, reply
    }

    var provider: ReferenceProvider
    /// What the clients do, seen where they are: network delays do not count.
    var conduct: ReferenceConduct
    var random: SeededGenerator
    var faultsPerMille: Int
    var exchanges: [Int: Exchange] = [:]
    var nextExchange = 0
    var dead: Set<UInt64> = []
    /// Crashes that are to come: where, and after how many events there.
    var crashes: [CrashPoint: Int] = [:]
    /// A process that is to be ended as soon as the present job is over.
    var doomed: UInt64?
    /// Processes that crash points have ended and that nobody has replaced.
    var struck: [UInt64] = []
    /// Purchases that have left, each of which is named once.
    var departed: [String] = []
    /// The call that each purchase serves.
    var callOfPurchase: [String: Int] = [:]
    /// Calls whose purchase is not settled, and may not be followed by another.
    var lastPurchaseOfCall: [Int: String] = [:]
    var lastSnapshot = JournalSnapshot()
    /// The last one of which nothing may be lost any more.
    var durableSnapshot = JournalSnapshot()
    /// The disk's operations before the first request.
    var operationsBefore: Int64 = 0
    /// The disk's operations at the last snapshot; `nil` when it may hold something else since.
    var snapshotOperations: Int64?
    /// A process was killed in the midst of a commit: what it wrote can be read, and may still be
    /// lost.
    ///
    /// Nobody acts on it before a commit of its own, which syncs both.
    var isHalfCommitted = false
    /// The codes that callers were told, by order.
    var told: [String: Set<String>] = [:]
    /// When a request last named each order, where nothing goes wrong.
    var turns: [String: Instant] = [:]
    /// The most orders that were open at a time.
    var openMaximum = 0
    /// Nothing can be written down.
    var isDiskFull = false
    var violations: Set<Violation> = []
    var timeline: [String]?
    var hash = TraceHash()
    var tally = SimulationTally()
}

/// What a run went through; a run that met none of it proves nothing.
package struct SimulationTally: Sendable, Hashable {
    package var requests = 0
    package var faults = 0
    package var orders = 0
    package var codes = 0
    package var kills = 0
    package var powerLosses = 0
    package var steps = 0
    package var virtualTime = Duration.zero
    /// Settled purchases by how they ended, and other events by name.
    package var events: [String: Int] = [:]

    /// Another run's figures added.
    package mutating func add(_ other: SimulationTally) {
        requests += other.requests
        faults += other.faults
        orders += other.orders
        codes += other.codes
        kills += other.kills
        powerLosses += other.powerLosses
        steps += other.steps
        virtualTime += other.virtualTime
        events.merge(other.events, uniquingKeysWith: +)
    }

    package init() {}
}

/// FNV-1a over everything that happened, in order: two runs of a seed have to agree on it.
struct TraceHash: Sendable, Hashable {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ text: String) {
        for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    }
}
