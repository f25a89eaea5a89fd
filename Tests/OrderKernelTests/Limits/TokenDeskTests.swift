import OrderKernel
import Testing

/// The desk of one owner: reservations, looks, pauses.
struct TokenDeskTests {
    private static let start = SampleMachine.start
    private static let limit = RateLimit(requests: 300, window: .seconds(60))
    private static let machine = SampleMachine()

    private static func request(
        _ id: UInt64 = 1,
        _ lane: Lane = .poll,
        operation: String = "check"
    ) -> TokenSchedule.Request {
        TokenSchedule.Request(id: id, lane: lane, operation: operation, since: start)
    }

    private static func look(
        _ order: String = "A1",
        known: Instant = .distantPast
    ) -> TokenDesk.Look {
        TokenDesk.Look(order: order, every: .seconds(5), known: known)
    }

    /// A desk whose reservation is written for the second after `instant`.
    private static func desk(
        limits: [RateLimit] = [limit],
        record: PaceRecord? = nil,
        at instant: Instant = start
    ) -> TokenDesk {
        var desk = TokenDesk(limits: limits, record: record)
        desk.reserved(desk.reservation(at: machine.time(at: instant)))
        return desk
    }

    @Test
    func `L1 nothing leaves before a reservation is written`() {
        var desk = TokenDesk(limits: [Self.limit], record: nil)
        #expect(desk.ask(Self.request(), look: nil, at: Self.start) == .reserve)
        #expect(desk.ask(Self.request(), look: nil, at: Self.start) == .reserve)
        let record = desk.reservation(at: Self.machine.time(at: Self.start))
        #expect(desk.ask(Self.request(), look: nil, at: Self.start) == .reserve)
        desk.reserved(record)
        #expect(desk.ask(Self.request(), look: nil, at: Self.start) == .go)
    }

    @Test(
        arguments: [
            (0, 0, true), (1_000, 0, true), (1_001, 0, false), (900, 100, true),
            (901, 100, false), (0, 1_001, false),
        ] as [(Int64, Int64, Bool)])
    func `L1 a reservation covers a second, with all the slack that a request has`(
        _ later: Int64,
        _ slack: Int64,
        _ expected: Bool
    ) {
        var desk = Self.desk()
        let answer = desk.ask(
            Self.request(), look: nil, slack: .milliseconds(slack),
            at: Self.start + .milliseconds(later))
        #expect(answer == (expected ? .go : .reserve))
    }

    @Test
    func `a request that needs a reservation first is not counted`() {
        var desk = TokenDesk(limits: [RateLimit(requests: 1, window: .seconds(60))], record: nil)
        for _ in 0..<5 {
            #expect(desk.ask(Self.request(), look: nil, at: Self.start) == .reserve)
        }
        desk.reserved(desk.reservation(at: Self.machine.time(at: Self.start)))
        #expect(desk.ask(Self.request(), look: nil, at: Self.start) == .go)
        #expect(desk.ask(Self.request(2), look: nil, at: Self.start) != .go)
    }

    @Test
    func `a reservation never shrinks`() {
        var desk = Self.desk(at: Self.start + .seconds(10))
        let record = desk.reservation(at: Self.machine.time(at: Self.start))
        #expect(record.horizon == Self.start + .seconds(11))
        desk.reserved(.sample(horizon: Self.start))
        let later = Self.start + .seconds(11)
        #expect(desk.ask(Self.request(), look: nil, at: later) == .go)
    }

    // MARK: Looks

    @Test
    func `L2 an order is looked at again only after its minimum`() {
        var desk = Self.desk()
        #expect(desk.ask(Self.request(), look: Self.look(), at: Self.start) == .go)
        #expect(desk.lastLook(at: "A1") == Self.start)
        // Who knew of no look is told of it, and asks again.
        #expect(
            desk.ask(Self.request(2), look: Self.look(), at: Self.start)
                == .looked(at: Self.start))
        let known = Self.look(known: Self.start)
        for milliseconds in [0, 1, 4_999] as [Int64] {
            let now = Self.start + .milliseconds(milliseconds)
            #expect(
                desk.ask(Self.request(3), look: known, at: now)
                    == .wait(until: Self.start + .seconds(5)))
        }
        let next = Self.start + .seconds(5)
        desk.reserved(desk.reservation(at: Self.machine.time(at: next)))
        #expect(desk.ask(Self.request(3), look: known, at: next) == .go)
        #expect(desk.lastLook(at: "A1") == next)
    }

    @Test
    func `L2 a look that is not due holds up no other request`() {
        var desk = Self.desk()
        let early = Self.look(known: Self.start)
        #expect(desk.ask(Self.request(1, .closing), look: early, at: Self.start) != .go)
        #expect(desk.ask(Self.request(2, .catalogue), look: nil, at: Self.start) == .go)
    }

    @Test
    func `a request whose order was looked at meanwhile waits no more`() {
        var desk = Self.desk()
        #expect(desk.ask(Self.request(1), look: Self.look(), at: Self.start) == .go)
        var other = Self.desk(record: desk.release(at: Self.machine.time(at: Self.start)))
        #expect(
            other.ask(Self.request(2, .closing), look: Self.look(), at: Self.start)
                == .looked(at: Self.start))
        let now = Self.start + .milliseconds(500)
        #expect(other.ask(Self.request(3, .catalogue), look: nil, at: now) == .go)
    }

    @Test
    func `L2 who comes after a kill takes every order for looked at`() {
        var first = Self.desk()
        _ = first.ask(Self.request(), look: Self.look(), at: Self.start)
        let written = first.reservation(at: Self.machine.time(at: Self.start))
        let second = TokenDesk(limits: [Self.limit], record: written)
        for order in ["A1", "A2", "never heard of"] {
            #expect(second.lastLook(at: order) == Self.start + PaceRecord.reservation)
        }
    }

    @Test
    func `looks are remembered for a day`() {
        var desk = Self.desk()
        _ = desk.ask(Self.request(), look: Self.look(), at: Self.start)
        for (hours, isKept) in [(1, true), (23, true), (25, false)] as [(Int64, Bool)] {
            let later = Self.machine.time(at: Self.start + .seconds(hours * 3_600))
            #expect((desk.reservation(at: later).looks["A1"] != nil) == isKept)
        }
    }

    // MARK: Pauses

    @Test
    func `L3 a pause is in the next record, and binds the next owner`() {
        var desk = Self.desk()
        desk.refused(at: Self.start, delay: .seconds(40))
        #expect(
            desk.ask(Self.request(), look: nil, at: Self.start)
                == .wait(until: Self.start + .seconds(40)))
        let time = Self.machine.time(at: Self.start)
        for record in [desk.reservation(at: time), desk.release(at: time)] {
            #expect(record.pausedUntil == Self.start + .seconds(40))
            var next = Self.desk(record: record, at: Self.start + .seconds(39))
            let early = Self.start + .milliseconds(39_999)
            #expect(next.ask(Self.request(), look: nil, at: early) != .go)
        }
    }

    @Test
    func `L3 an answer that says that nothing is left pauses the token until the reset`() {
        var desk = Self.desk()
        desk.answered(remaining: (3, .seconds(30)), at: Self.start)
        #expect(desk.ask(Self.request(), look: nil, at: Self.start) == .go)
        desk.answered(remaining: nil, at: Self.start)
        desk.answered(remaining: (0, .seconds(30)), at: Self.start)
        let record = desk.reservation(at: Self.machine.time(at: Self.start))
        #expect(record.pausedUntil == Self.start + .seconds(30))
    }
}
