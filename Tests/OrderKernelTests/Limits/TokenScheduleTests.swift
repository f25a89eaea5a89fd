import OrderKernel
import Testing

/// Who may send next.
struct TokenScheduleTests {
    private static let start = Instant(milliseconds: 1_774_124_100_000)

    private static func request(
        _ id: UInt64,
        _ lane: Lane,
        operation: String = "check",
        poll: PollIndex.Candidate? = nil,
        waitingFor waited: Int64 = 0
    ) -> TokenSchedule.Request {
        TokenSchedule.Request(
            id: id, lane: lane, operation: operation, poll: poll, since: start - .seconds(waited)
        )
    }

    /// An order by its age and by how long nobody looked, in seconds.
    private static func poll(age: Int64, gap: Int64) -> PollIndex.Candidate {
        PollIndex.Candidate(boughtAt: start - .seconds(age), lookedAt: start - .seconds(gap))
    }

    /// Asks for all until one goes, `count` times.
    private static func served(
        _ schedule: inout TokenSchedule,
        _ ids: [UInt64],
        count: Int
    ) -> [UInt64] {
        var left = ids
        var served: [UInt64] = []
        for _ in 0..<count {
            for id in left where schedule.decide(id, at: start) == .go {
                served.append(id)
                left.removeAll { $0 == id }
                break
            }
        }
        return served
    }

    @Test
    func `closing cancels come first, then buys, polls, finishes, looks and the catalogue`() {
        let lanes: [Lane] = [.closing, .buy, .poll, .finish, .settle, .catalogue]
        #expect(lanes.sorted() == lanes)
        #expect(Set(lanes) == Set(Lane.allCases))
        var random = SeededGenerator(seed: 6)
        for _ in 0..<20 {
            var schedule = TokenSchedule(pacer: Pacer(limits: []))
            let joined = Array(lanes.enumerated()).shuffled(using: &random)
            for (index, lane) in joined { schedule.join(Self.request(UInt64(index), lane)) }
            let ids = joined.map { UInt64($0.offset) }
            #expect(Self.served(&schedule, ids, count: 6) == [0, 1, 2, 3, 4, 5])
        }
    }

    @Test
    func `within a lane the longest wait comes first`() {
        var schedule = TokenSchedule(pacer: Pacer(limits: []))
        schedule.join(Self.request(1, .buy, waitingFor: 1))
        schedule.join(Self.request(2, .buy, waitingFor: 9))
        schedule.join(Self.request(3, .buy, waitingFor: 5))
        #expect(Self.served(&schedule, [1, 2, 3], count: 3) == [2, 3, 1])
    }

    @Test(arguments: [
        // Of one age, the one that was not looked at for longer.
        (poll(age: 25, gap: 8), poll(age: 25, gap: 4)),
        (poll(age: 300, gap: 40), poll(age: 300, gap: 5)),
        // After equal gaps, the one in whose age most codes come (15 to 30 s).
        (poll(age: 22, gap: 5), poll(age: 6, gap: 5)),
        (poll(age: 22, gap: 5), poll(age: 120, gap: 5)),
        (poll(age: 22, gap: 5), poll(age: 800, gap: 5)),
        (poll(age: 60, gap: 5), poll(age: 800, gap: 5)),
        // A long gap outweighs an age.
        (poll(age: 300, gap: 120), poll(age: 22, gap: 1)),
        // An order that was left open for two months does not upset the order of the others.
        (poll(age: 5_000_000, gap: 5_000_000), poll(age: 22, gap: 3)),
        (poll(age: 22, gap: 3), poll(age: 22, gap: -3)),
    ])
    func `the poll that saves most delay comes first`(
        _ first: PollIndex.Candidate,
        _ second: PollIndex.Candidate
    ) {
        for isSwapped in [false, true] {
            var schedule = TokenSchedule(pacer: Pacer(limits: []))
            schedule.join(Self.request(isSwapped ? 2 : 1, .poll, poll: first))
            schedule.join(Self.request(isSwapped ? 1 : 2, .poll, poll: second))
            #expect(Self.served(&schedule, [1, 2], count: 2) == (isSwapped ? [2, 1] : [1, 2]))
        }
    }

    @Test
    func `L5 one turn in eight goes to the longest wait`() {
        var schedule = TokenSchedule(pacer: Pacer(limits: []))
        let slow: [UInt64] = Array(1...10)
        for id in slow {
            schedule.join(Self.request(id, .catalogue, waitingFor: 100 - Int64(id)))
        }
        let urgent: [UInt64] = Array(100...200)
        for id in urgent { schedule.join(Self.request(id, .closing)) }
        let served = Self.served(&schedule, slow + urgent, count: 80)
        #expect(served.count == 80)
        #expect(served.filter { slow.contains($0) } == slow)
        for (count, id) in slow.enumerated() {
            #expect(served.prefix((count + 1) * 8).contains(id))
        }
    }

    @Test
    func `a request waits until the pace allows it, and no longer`() {
        let limit = RateLimit(requests: 60, window: .seconds(60))
        var schedule = TokenSchedule(pacer: Pacer(limits: [limit]))
        schedule.join(Self.request(1, .poll))
        schedule.join(Self.request(2, .poll))
        #expect(schedule.decide(1, at: Self.start) == .go)
        guard case .wait(let until) = schedule.decide(2, at: Self.start) else {
            Issue.record("the second request left with the first")
            return
        }
        #expect(until == schedule.pacer.earliest(for: "check"))
        #expect(schedule.decide(2, at: until - .milliseconds(1)) != .go)
        #expect(schedule.decide(2, at: until) == .go)
    }

    @Test
    func `a request whose own limit is used up holds up nobody`() {
        let limit = RateLimit(requests: 10, window: .seconds(60), operations: ["buy"])
        var schedule = TokenSchedule(pacer: Pacer(limits: [limit]))
        for id in [1, 2] as [UInt64] { schedule.join(Self.request(id, .buy, operation: "buy")) }
        schedule.join(Self.request(3, .poll))
        #expect(schedule.decide(1, at: Self.start) == .go)
        #expect(schedule.decide(2, at: Self.start) != .go)
        #expect(schedule.decide(3, at: Self.start) == .go)
    }

    @Test
    func `a crowd behind requests that do not ask does not ask all the time`() {
        var schedule = TokenSchedule(pacer: Pacer(limits: []))
        for id in 1...40 as ClosedRange<UInt64> { schedule.join(Self.request(id, .buy)) }
        for (id, expected) in [(2, 5), (3, 10), (11, 50), (12, 50), (40, 50)] as [(UInt64, Int64)] {
            let until = Self.start + .milliseconds(expected)
            #expect(schedule.decide(id, at: Self.start) == .wait(until: until))
        }
    }

    @Test
    func `the further behind in a crowd that the pace holds up, the later a request asks again`() {
        // 60 a minute without a burst: (60 s + 2 s) / 59 apart.
        let limit = RateLimit(requests: 60, window: .seconds(60))
        var schedule = TokenSchedule(pacer: Pacer(limits: [limit]))
        for id in 1...40 as ClosedRange<UInt64> { schedule.join(Self.request(id, .buy)) }
        #expect(schedule.decide(1, at: Self.start) == .go)
        for (id, expected) in [(2, 1_051), (3, 1_551), (40, 1_551)]
            as [(UInt64, Int64)]
        {
            let until = Self.start + .milliseconds(expected)
            #expect(schedule.decide(id, at: Self.start) == .wait(until: until))
        }
    }

    @Test
    func `a request that left the queue holds up nobody and does not go`() {
        var schedule = TokenSchedule(pacer: Pacer(limits: []))
        schedule.join(Self.request(1, .closing))
        schedule.join(Self.request(2, .catalogue))
        #expect(schedule.decide(2, at: Self.start) != .go)
        schedule.leave(1)
        #expect(schedule.decide(1, at: Self.start) != .go)
        #expect(schedule.decide(2, at: Self.start) == .go)
        #expect(schedule.decide(2, at: Self.start) != .go)
    }

    @Test
    func `L1 and L3 whoever asks, nothing leaves out of pace or during a pause`() {
        var random = SeededGenerator(seed: 31)
        let limit = RateLimit(requests: 60, window: .seconds(60))
        var schedule = TokenSchedule(pacer: Pacer(limits: [limit]))
        let ids: [UInt64] = Array(0..<60)
        for id in ids {
            let lane = Lane.allCases.randomElement(using: &random) ?? .poll
            schedule.join(Self.request(id, lane))
        }
        var sent = Departures()
        var free = Pacer(limits: [])
        var pausedUntil = Instant.distantPast
        var now = Self.start
        for step in 0..<1_500 {
            now = now + .milliseconds(.random(in: 1...200, using: &random))
            if step % 300 == 299 {
                pausedUntil = max(pausedUntil, now + .seconds(20))
                schedule.pacer.refused(at: now, delay: .seconds(20))
            }
            let id = ids.randomElement(using: &random) ?? 0
            guard schedule.decide(id, at: now) == .go else { continue }
            #expect(now >= pausedUntil)
            sent.send(&free, wanted: now)
        }
        #expect(!sent.instants.isEmpty)
        #expect(sent.mostInWindow(.seconds(60), spread: .seconds(2)) <= 60)
    }
}
