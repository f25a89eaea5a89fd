import OrderKernel
import Testing

/// What is left of a record after a reboot, when the wall clock may show anything.
struct PaceRebootTests {
    private static let start = SampleMachine.start
    private static let every = Duration.seconds(5)
    private static let jumps: [Duration] = [
        .zero, .seconds(-3_600), .seconds(3_600), .seconds(-31_536_000), .seconds(31_536_000),
    ]

    private static func request(_ id: UInt64) -> TokenSchedule.Request {
        TokenSchedule.Request(id: id, lane: .buy, operation: "buy", since: start)
    }

    /// Sends as fast as the desk allows between two true instants.
    private static func saturate(
        _ desk: inout TokenDesk,
        _ machine: SampleMachine,
        from begin: Instant,
        until end: Instant
    ) -> (left: [Instant], record: PaceRecord?) {
        var now = begin
        var left: [Instant] = []
        var record: PaceRecord?
        while now < end {
            switch desk.ask(request(1), look: nil, at: machine.wall(now)) {
            case .go: left.append(now)
            case .wait(let instant), .looked(let instant):
                now = max(instant - machine.offset, now + .milliseconds(1))
            case .reserve:
                let reservation = desk.reservation(at: machine.time(at: now))
                desk.reserved(reservation)
                record = reservation
            }
        }
        return (left, record)
    }

    @Test(arguments: jumps, [(60, 60), (300, 60), (10, 60), (100, 3_600)] as [(Int, Int64)])
    func `L1 no window holds more than the limit over a reboot, whatever the clock shows`(
        _ jump: Duration,
        _ allowed: (requests: Int, seconds: Int64)
    ) {
        let window = Duration.seconds(allowed.seconds)
        let limit = RateLimit(requests: allowed.requests, window: window)
        for milliseconds in [2_000, 20_000] as [Int64] {
            var machine = SampleMachine()
            var desk = TokenDesk(limits: [limit], record: nil)
            let crash = Self.start + window
            let before = Self.saturate(&desk, machine, from: Self.start, until: crash)
            let up = crash + .milliseconds(milliseconds)
            machine.reboot(at: up - .seconds(1))
            machine.offset = jump
            var next = TokenDesk(
                limits: [limit], record: before.record?.translated(to: machine.time(at: up)))
            let after = Self.saturate(&next, machine, from: up, until: up + window)
            let all = Departures(before.left + after.left)
            #expect(all.mostInWindow(window, spread: .seconds(2)) <= allowed.requests)
            #expect(after.left.count * 100 >= allowed.requests * 70)
        }
    }

    @Test(arguments: jumps)
    func `L1 after a reboot a token begins with an empty burst`(_ jump: Duration) {
        var machine = SampleMachine()
        let limit = RateLimit(requests: 300, window: .seconds(60))
        var desk = TokenDesk(limits: [limit], record: nil)
        let written = desk.reservation(at: machine.time(at: Self.start))
        let up = Self.start + .seconds(10)
        machine.reboot(at: up - .seconds(1))
        machine.offset = jump
        var next = TokenDesk(
            limits: [limit], record: written.translated(to: machine.time(at: up)))
        let sent = Self.saturate(&next, machine, from: up, until: up + .seconds(2))
        let gaps = zip(sent.left, sent.left.dropFirst()).map { $1 - $0 }
        #expect(gaps.allSatisfy { $0 >= .milliseconds(200) })
    }

    @Test(arguments: jumps, [2_000, 4_000, 20_000] as [Int64])
    func `L2 over a reboot no order is looked at sooner than its minimum`(
        _ jump: Duration,
        _ milliseconds: Int64
    ) {
        var machine = SampleMachine()
        var desk = TokenDesk(limits: [], record: nil)
        desk.reserved(desk.reservation(at: machine.time(at: Self.start)))
        let look = TokenDesk.Look(order: "A1", every: Self.every, known: .distantPast)
        #expect(desk.ask(Self.request(1), look: look, at: machine.wall(Self.start)) == .go)
        let written = desk.reservation(at: machine.time(at: Self.start + .milliseconds(500)))
        let up = Self.start + .milliseconds(milliseconds)
        machine.reboot(at: up - .seconds(1))
        machine.offset = jump
        var next = TokenDesk(
            limits: [], record: written.translated(to: machine.time(at: up)))
        var known = Instant.distantPast
        var now = up
        var looked: Instant?
        while looked == nil, now < up + .seconds(60) {
            let look = TokenDesk.Look(order: "A1", every: Self.every, known: known)
            switch next.ask(Self.request(2), look: look, at: machine.wall(now)) {
            case .go: looked = now
            case .looked(let instant): known = instant
            case .wait(let instant): now = max(instant - machine.offset, now + .milliseconds(1))
            case .reserve: next.reserved(next.reservation(at: machine.time(at: now)))
            }
        }
        let gap = (looked ?? Self.start) - Self.start
        #expect(gap >= Self.every)
        #expect(gap <= .milliseconds(milliseconds) + .seconds(1) + Self.every)
    }

    @Test(arguments: jumps, [0, 60, 899, 100_000] as [Int64])
    func `L3 after a reboot a pause is kept, and none is longer than a quarter of an hour`(
        _ jump: Duration,
        _ paused: Int64
    ) {
        var machine = SampleMachine()
        var desk = TokenDesk(limits: [], record: nil)
        desk.refused(at: machine.wall(Self.start), delay: .seconds(paused))
        let written = desk.reservation(at: machine.time(at: Self.start))
        let up = Self.start + .seconds(10)
        machine.reboot(at: up - .seconds(1))
        machine.offset = jump
        let now = machine.time(at: up)
        let record = written.translated(to: now)
        #expect(record.pausedUntil <= now.wall + .seconds(900))
        if jump <= .zero, paused > 10 {
            #expect(record.pausedUntil >= now.wall + .seconds(min(paused - 10, 900)))
        }
        #expect(!record.isReleased)
        #expect(record.horizon <= now.wall + PaceRecord.reservation)
        #expect(record.looks.values.allSatisfy { $0 <= now.wall })
        #expect(record.lookFloor <= now.wall)
        #expect(record.written == now)
    }
}
