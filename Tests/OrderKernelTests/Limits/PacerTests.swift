import OrderKernel
import Testing

/// Pauses, tightening, and taking over from another process.
struct PacerTests {
    private static let start = Instant(milliseconds: 1_774_124_100_000)
    private static let limit = RateLimit(requests: 300, window: .seconds(60))

    @Test(arguments: ["check", "buy", "cancel", "balance"])
    func `L3 after 429 nothing leaves before Retry-After is over`(_ operation: String) {
        var pacer = Pacer(limits: [Self.limit])
        let pause = pacer.refused(at: Self.start, delay: .seconds(37))
        #expect(pause == .seconds(37))
        #expect(pacer.earliest(for: operation) == Self.start + .seconds(37))
    }

    @Test
    func `L3 without Retry-After the pause doubles from a second up to a minute`() {
        var pacer = Pacer(limits: [Self.limit])
        var now = Self.start
        for seconds in [1, 2, 4, 8, 16, 32, 60, 60, 60] as [Int64] {
            #expect(pacer.refused(at: now, delay: nil) >= .seconds(seconds))
            #expect(pacer.earliest(for: "check") >= now + .seconds(seconds))
            #expect(pacer.earliest(for: "check") <= now + .seconds(66))
            now = pacer.earliest(for: "check")
        }
    }

    @Test
    func `a request that is taken ends the doubling, not the pause`() {
        var pacer = Pacer(limits: [Self.limit])
        for _ in 0..<4 { pacer.refused(at: Self.start, delay: nil) }
        let paused = pacer.earliest(for: "check")
        pacer.accepted()
        #expect(pacer.earliest(for: "check") == paused)
        #expect(pacer.refused(at: paused, delay: nil) < .seconds(2))
    }

    @Test
    func `L3 a shorter pause never shortens a longer one`() {
        var pacer = Pacer(limits: [Self.limit])
        pacer.refused(at: Self.start, delay: .seconds(60))
        pacer.refused(at: Self.start + .seconds(1), delay: .seconds(2))
        pacer.refused(at: Self.start + .seconds(2), delay: .zero)
        pacer.refused(at: Self.start + .seconds(3), delay: .seconds(-9))
        #expect(pacer.earliest(for: "check") == Self.start + .seconds(60))
    }

    @Test
    func `headers tighten and never loosen`() {
        var random = SeededGenerator(seed: 77)
        var pacer = Pacer(limits: [Self.limit])
        var now = Self.start
        for _ in 0..<2_000 {
            if Bool.random(using: &random) { pacer.take("check", at: now) }
            let before = pacer.earliest(for: "check")
            pacer.tighten(
                remaining: .random(in: -2...300, using: &random),
                reset: .milliseconds(.random(in: -5_000...90_000, using: &random)),
                at: now
            )
            #expect(pacer.earliest(for: "check") >= before)
            now = now + .milliseconds(.random(in: 0...500, using: &random))
        }
    }

    @Test
    func `L3 nothing left means waiting for the reset`() {
        var pacer = Pacer(limits: [Self.limit])
        pacer.tighten(remaining: 0, reset: .seconds(12), at: Self.start)
        #expect(pacer.earliest(for: "buy") == Self.start + .seconds(12))
        pacer.tighten(remaining: 300, reset: .seconds(1), at: Self.start)
        #expect(pacer.earliest(for: "buy") == Self.start + .seconds(12))
    }

    @Test(arguments: [300, 60, 10, 6000])
    func `what others sent uncounted leaves no burst`(_ requests: Int) {
        let limit = RateLimit(requests: requests, window: .seconds(60))
        var pacer = Pacer(limits: [limit])
        pacer.resume(from: .sample(arrivals: ["other": Self.start], horizon: Self.start))
        var last = Self.start
        // The documented pace is (R − b) / (W + J), with J = 2 s.
        let burst = max(1, requests / 50)
        let gap = Duration.seconds(62) / (requests - burst) - .milliseconds(1)
        for _ in 0..<50 {
            let next = pacer.earliest(for: "check")
            #expect(next - last >= gap)
            pacer.take("check", at: next)
            last = next
        }
    }

    @Test
    func `what others sent never lets a request leave earlier`() {
        var random = SeededGenerator(seed: 5)
        var pacer = Pacer(limits: [Self.limit])
        for _ in 0..<500 {
            let instant = Self.start + .milliseconds(.random(in: -60_000...60_000, using: &random))
            let before = pacer.earliest(for: "check")
            switch Int.random(in: 0..<3, using: &random) {
            case 0: pacer.resume(from: .sample(arrivals: ["other": instant], horizon: instant))
            case 1:
                pacer.resume(
                    from: .sample(
                        arrivals: pacer.arrivals.mapValues { _ in instant },
                        pausedUntil: instant - .seconds(9)))
            default: pacer.resume(from: .sample())
            }
            #expect(pacer.earliest(for: "check") >= before)
        }
    }

    @Test
    func `L3 a pause outlives the process`() {
        var first = Pacer(limits: [Self.limit])
        first.refused(at: Self.start, delay: .seconds(50))
        var second = Pacer(limits: [Self.limit])
        second.resume(
            from: .sample(arrivals: first.arrivals, pausedUntil: first.pausedUntil))
        #expect(second.earliest(for: "check") == Self.start + .seconds(50))
    }

    @Test
    func `a limit on some operations holds up no other`() {
        var pacer = Pacer(limits: [
            RateLimit(requests: 10, window: .seconds(60), operations: ["buy", "swap"])
        ])
        pacer.take("buy", at: Self.start)
        #expect(pacer.earliest(for: "check") <= Self.start)
        #expect(pacer.earliest(for: "buy") > Self.start + .seconds(6))
        #expect(pacer.earliest(for: "swap") == pacer.earliest(for: "buy"))
        pacer.take("check", at: Self.start)
        pacer.take("list", at: Self.start)
        #expect(pacer.earliest(for: "buy") < Self.start + .seconds(7))
    }

    @Test
    func `a limit on all operations counts every one`() {
        var pacer = Pacer(limits: [RateLimit(requests: 60, window: .seconds(60))])
        pacer.take("balance", at: Self.start)
        #expect(pacer.earliest(for: "buy") > Self.start + .seconds(1))
    }

    @Test
    func `two definitions on one token keep the limits of both`() {
        var pacer = Pacer(limits: [Self.limit])
        let strict = RateLimit(requests: 10, window: .seconds(60))
        pacer.add(limits: [strict], at: Self.start)
        let first = max(Self.start, pacer.earliest(for: "check"))
        pacer.take("check", at: first)
        #expect(pacer.earliest(for: "check") > first + .seconds(6))
        let before = pacer
        pacer.add(limits: [strict, Self.limit], at: Self.start)
        #expect(pacer == before)
    }

    @Test
    func `L1 a limit that joins late counts what may have left before`() {
        let strict = RateLimit(requests: 10, window: .seconds(60))
        var first = Pacer(limits: [strict])
        var departures = Departures()
        departures.saturate(&first, from: Self.start, until: Self.start + .seconds(60))
        var second = Pacer(limits: [])
        second.add(limits: [strict], at: Self.start + .seconds(60))
        departures.saturate(
            &second, from: Self.start + .seconds(60), until: Self.start + .seconds(180)
        )
        #expect(departures.mostInWindow(.seconds(60), spread: .seconds(2)) <= 10)
    }

    @Test
    func `without limits only pauses hold`() {
        var pacer = Pacer(limits: [])
        for _ in 0..<1_000 { pacer.take("check", at: Self.start) }
        #expect(pacer.earliest(for: "check") <= Self.start)
    }
}
