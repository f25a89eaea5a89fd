import OrderKernel
import Testing

/// Guests, whose process may die while they wait, and owners that end in order.
struct TokenDeskGuestTests {
    private static let start = SampleMachine.start
    private static let machine = SampleMachine()
    private static let grace = Duration.milliseconds(250)

    private static func request(
        _ id: UInt64,
        _ lane: Lane,
        grace: Duration? = nil,
        at now: Instant = start
    ) -> TokenSchedule.Request {
        TokenSchedule.Request(id: id, lane: lane, operation: "check", since: now, grace: grace)
    }

    /// A desk whose one request of the minute has just left, with a reservation for long.
    private static func usedDesk() -> TokenDesk {
        var desk = TokenDesk(
            limits: [RateLimit(requests: 60, window: .seconds(60))], record: nil)
        desk.reserved(.sample(horizon: start + .seconds(600)))
        _ = desk.ask(request(0, .buy), look: nil, at: start)
        return desk
    }

    @Test(arguments: [(0, false), (250, false), (251, true), (9_000, true)] as [(Int64, Bool)])
    func `a guest that asks no more holds up others only until its grace is over`(
        _ milliseconds: Int64,
        _ isOver: Bool
    ) {
        var desk = Self.usedDesk()
        let guest = Self.request(1, .closing, grace: Self.grace)
        guard case .wait(let due) = desk.ask(guest, look: nil, at: Self.start) else {
            Issue.record("the guest does not wait")
            return
        }
        let now = due + .milliseconds(milliseconds)
        #expect((desk.ask(Self.request(2, .poll), look: nil, at: now) == .go) == isOver)
    }

    @Test
    func `a guest that goes on asking keeps its place`() {
        var desk = Self.usedDesk()
        desk.refused(at: Self.start, delay: .seconds(30))
        for step in 0..<60 {
            let now = Self.start + .milliseconds(Int64(step) * 500)
            let guest = Self.request(1, .closing, grace: Self.grace, at: now)
            #expect(desk.ask(guest, look: nil, at: now) != .go)
            #expect(desk.ask(Self.request(2, .poll), look: nil, at: now) != .go)
        }
        let now = Self.start + .seconds(30)
        #expect(desk.ask(Self.request(2, .poll), look: nil, at: now) != .go)
        let guest = Self.request(1, .closing, grace: Self.grace, at: now)
        #expect(desk.ask(guest, look: nil, at: now) == .go)
    }

    @Test
    func `a guest that comes back after it expired waits like a new one`() {
        var desk = Self.usedDesk()
        let guest = Self.request(1, .poll, grace: Self.grace)
        _ = desk.ask(guest, look: nil, at: Self.start)
        #expect(desk.ask(Self.request(2, .poll), look: nil, at: Self.start + .seconds(9)) == .go)
        let later = Self.start + .seconds(20)
        let back = Self.request(1, .poll, grace: Self.grace, at: later)
        #expect(desk.ask(back, look: nil, at: later) == .go)
    }

    @Test
    func `a request that leaves holds up nobody`() {
        var desk = Self.usedDesk()
        _ = desk.ask(Self.request(1, .closing), look: nil, at: Self.start)
        let now = Self.start + .seconds(5)
        #expect(desk.ask(Self.request(2, .poll), look: nil, at: now) != .go)
        desk.leave(1)
        #expect(desk.ask(Self.request(2, .poll), look: nil, at: now) == .go)
    }

    @Test(arguments: [0, 1, 100, 900] as [Int64])
    func `L2 a guest's look counts from the latest moment at which it may leave`(
        _ milliseconds: Int64
    ) {
        var desk = Self.usedDesk()
        let slack = Duration.milliseconds(milliseconds)
        let look = TokenDesk.Look(order: "A1", every: .seconds(5), known: .distantPast)
        let now = Self.start + .seconds(10)
        let guest = Self.request(1, .poll)
        #expect(desk.ask(guest, look: look, slack: slack, at: now) == .go)
        #expect(desk.lastLook(at: "A1") == now + slack)
        let record = desk.release(at: Self.machine.time(at: now))
        #expect(record.looks["A1"] == now + slack)
    }

    // MARK: Owners that end in order

    /// Sends as fast as allowed; every so often the owner ends in order, and another one comes.
    private static func departures(
        _ limit: RateLimit,
        handover: Duration?,
        isClockSet: Bool
    ) -> [Instant] {
        var (machine, now, left) = (SampleMachine(), start, [Instant]())
        var desk = TokenDesk(limits: [limit], record: nil)
        var next = handover.map { start + $0 }
        while now < start + .seconds(300) {
            if let handover, let due = next, now >= due {
                let record = desk.release(at: machine.time(at: now))
                if isClockSet { machine.offset = machine.offset + .seconds(1_234) }
                desk = TokenDesk(
                    limits: [limit], record: record.translated(to: machine.time(at: now)))
                next = due + handover
            }
            let wall = machine.wall(now)
            switch desk.ask(request(UInt64(left.count), .buy), look: nil, at: wall) {
            case .go: left.append(now)
            case .reserve: desk.reserved(desk.reservation(at: machine.time(at: now)))
            case .wait(let instant), .looked(let instant): now = instant - machine.offset
            }
        }
        return left
    }

    @Test(arguments: [300, 60, 10], [50, 700, 7_000, 61_000] as [Int64])
    func `L1 an owner that ends in order loses nothing and gains nothing`(
        _ requests: Int,
        _ milliseconds: Int64
    ) {
        let limit = RateLimit(requests: requests, window: .seconds(60))
        let alone = Self.departures(limit, handover: nil, isClockSet: false)
        #expect(alone.count * 100 >= requests * 5 * 85)
        for isClockSet in [false, true] {
            let handover = Duration.milliseconds(milliseconds)
            let shared = Self.departures(limit, handover: handover, isClockSet: isClockSet)
            #expect(shared == alone)
        }
    }

    @Test
    func `L2 an owner that ends in order leaves no order waiting longer`() {
        var desk = Self.usedDesk()
        let look = TokenDesk.Look(order: "A1", every: .seconds(5), known: .distantPast)
        let now = Self.start + .seconds(10)
        #expect(desk.ask(Self.request(1, .poll), look: look, at: now) == .go)
        let record = desk.release(at: Self.machine.time(at: now + .seconds(1)))
        #expect(record.isReleased)
        #expect(record.horizon <= now + .seconds(1))
        let next = TokenDesk(limits: [], record: record)
        #expect(next.lastLook(at: "A1") == now)
        #expect(next.lastLook(at: "A2") == nil)
    }
}
