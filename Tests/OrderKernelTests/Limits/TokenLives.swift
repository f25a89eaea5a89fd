import OrderKernel

/// A token over many owners on one true timeline.
///
/// Each owner knows only what the journal holds, sends as fast as its desk allows, and is killed at
/// a random moment or ends in order.
struct TokenLives {
    /// What is simulated.
    struct Setting: Sendable {
        var limit: RateLimit
        /// Orders that are polled, and requests that are always wanted besides.
        var orders = 0
        var buyers = 0
        var every = Duration.seconds(5)
        /// How much later than it was told a request may leave.
        var slack = Duration.zero
        /// How long an owner lives, in milliseconds.
        var life: ClosedRange<Int64> = 0...8_000
        /// How many of ten owners end in order.
        var released = 0
        var isClockSet = false
        /// One in this many requests meets a 429; 0 for none.
        var refusedOneIn = 0
    }

    /// A request that left.
    struct Departure: Sendable, Hashable {
        let told: Instant
        let left: Instant
        let order: String?
    }

    private struct Client {
        let id: UInt64
        let order: String?
        var asksAt: Instant
        /// The last look that it knows of, in true time.
        var known: Instant?
    }

    private let setting: Setting
    private var random: SeededGenerator
    private var machine = SampleMachine()
    private var now = SampleMachine.start
    private var journal: PaceRecord?
    private var clients: [Client]

    private(set) var departures: [Departure] = []
    /// The pauses that the journal or the owner that was told knew of.
    private(set) var pauses: [(from: Instant, until: Instant)] = []
    private(set) var kills = 0
    /// Requests that left beyond what the journal had reserved.
    private(set) var uncovered = 0

    init(_ setting: Setting, seed: UInt64) {
        self.setting = setting
        random = SeededGenerator(seed: seed)
        clients = (0..<(setting.orders + setting.buyers)).map { index in
            let order = index < setting.orders ? "A\(index)" : nil
            return Client(id: UInt64(index), order: order, asksAt: SampleMachine.start)
        }
    }

    /// Lets owner follow owner.
    mutating func run(for duration: Duration) {
        let end = SampleMachine.start + duration
        while now < end {
            let life = Duration.milliseconds(Int64.random(in: setting.life, using: &random))
            let isReleased = Int.random(in: 0..<10, using: &random) < setting.released
            live(until: min(now + life, end), isReleased: isReleased)
            restart()
        }
    }

    private mutating func restart() {
        now = now + .milliseconds(Int64.random(in: 0...200, using: &random))
        if setting.isClockSet, Bool.random(using: &random) {
            machine.offset = .milliseconds(Int64.random(in: -3_600_000...3_600_000, using: &random))
        }
        let isForgetful = Bool.random(using: &random)
        for index in clients.indices {
            clients[index].asksAt = now
            if isForgetful { clients[index].known = nil }
        }
    }

    private mutating func live(until end: Instant, isReleased: Bool) {
        let time = machine.time(at: now)
        var desk = TokenDesk(limits: [setting.limit], record: journal?.translated(to: time))
        while let index = clients.indices.min(by: { clients[$0].asksAt < clients[$1].asksAt }) {
            let asksAt = max(now, clients[index].asksAt)
            guard asksAt < end else { break }
            now = asksAt
            guard turn(of: index, &desk, end) else {
                kills += 1
                now = end
                return
            }
        }
        now = end
        if isReleased {
            journal = desk.release(at: machine.time(at: now))
        } else {
            kills += 1
        }
    }

    // Whether the owner lived on.
    private mutating func turn(of index: Int, _ desk: inout TokenDesk, _ end: Instant) -> Bool {
        let client = clients[index]
        switch desk.ask(request(client), look: look(client), slack: setting.slack, at: wall) {
        case .wait(let instant):
            clients[index].asksAt = max(instant - machine.offset, now + .milliseconds(1))
        case .looked(let instant):
            clients[index].known = instant - machine.offset
        case .reserve: return commit(&desk, end)
        case .go:
            leave(index)
            guard setting.refusedOneIn > 0,
                Int.random(in: 0..<setting.refusedOneIn, using: &random) == 0
            else { return true }
            return pause(&desk, end)
        }
        return true
    }

    private var wall: Instant { machine.wall(now) }

    private func request(_ client: Client) -> TokenSchedule.Request {
        let bought = machine.wall(SampleMachine.start)
        let poll = client.known.map {
            PollIndex.Candidate(boughtAt: bought, lookedAt: machine.wall($0))
        }
        return TokenSchedule.Request(
            id: client.id, lane: client.order == nil ? .buy : .poll,
            operation: client.order == nil ? "buy" : "check", poll: poll, since: wall,
            grace: setting.slack > .zero ? .milliseconds(250) : nil
        )
    }

    private func look(_ client: Client) -> TokenDesk.Look? {
        client.order.map { order in
            let known = client.known.map { machine.wall($0) } ?? .distantPast
            return TokenDesk.Look(order: order, every: setting.every, known: known)
        }
    }

    private mutating func leave(_ index: Int) {
        let late = Int64.random(in: 0...setting.slack.milliseconds, using: &random)
        let left = now + .milliseconds(late)
        departures.append(Departure(told: now, left: left, order: clients[index].order))
        let horizon = journal.map { $0.translated(to: machine.time(at: now)).horizon }
        if machine.wall(left) > horizon ?? .distantPast { uncovered += 1 }
        if clients[index].order != nil { clients[index].known = now + setting.slack }
    }

    // A commit takes a while; an owner that is killed meanwhile may have written it or not.
    private mutating func commit(_ desk: inout TokenDesk, _ end: Instant) -> Bool {
        let record = desk.reservation(at: machine.time(at: now))
        let done = now + .milliseconds(Int64.random(in: 0...20, using: &random))
        guard done < end else {
            if Bool.random(using: &random) { journal = record }
            return false
        }
        now = done
        journal = record
        desk.reserved(record)
        return true
    }

    private mutating func pause(_ desk: inout TokenDesk, _ end: Instant) -> Bool {
        let seconds = Int64.random(in: 1...20, using: &random)
        let from = now
        desk.refused(at: wall, delay: .seconds(seconds))
        guard commit(&desk, end) else { return false }
        pauses.append((from, from + .seconds(seconds)))
        return true
    }
}
