import OrderKernel
import Testing

/// Instants and durations as numbers.
struct InstantTests {
    @Test(
        arguments: [
            (.zero, 0),
            (.milliseconds(1), 1),
            (.seconds(2), 2000),
            (.nanoseconds(1), 1),
            (.microseconds(1), 1),
            (.microseconds(999), 1),
            (.microseconds(1000), 1),
            (.microseconds(1001), 2),
            (.seconds(1) + .nanoseconds(1), 1001),
            (Duration(secondsComponent: 0, attosecondsComponent: 1), 1),
            (.microseconds(-1), 0),
            (.microseconds(-999), 0),
            (.microseconds(-1001), -1),
            (.seconds(-2), -2000),
            (.seconds(-1) - .microseconds(500), -1000),
            (.seconds(62) / 59, 1051),
        ] as [(Duration, Int64)])
    func `milliseconds are rounded up`(_ duration: Duration, _ milliseconds: Int64) {
        #expect(duration.milliseconds == milliseconds)
    }

    @Test
    func `rounding up never makes a wait shorter`() {
        var random = SeededGenerator(seed: 42)
        for _ in 0..<2_000 {
            let nanoseconds = Int64.random(in: -10_000_000_000...10_000_000_000, using: &random)
            let duration = Duration.nanoseconds(nanoseconds)
            let rounded = Duration.milliseconds(duration.milliseconds)
            #expect(rounded >= duration)
            #expect(rounded - duration < .milliseconds(1))
        }
    }

    @Test
    func `an instant and a duration add up`() {
        let start = Instant(milliseconds: 10_000)
        #expect(start + .seconds(5) == Instant(milliseconds: 15_000))
        #expect(start + .seconds(-5) == Instant(milliseconds: 5_000))
        #expect(start - .seconds(5) == Instant(milliseconds: 5_000))
        #expect(start + .microseconds(1) == Instant(milliseconds: 10_001))
        #expect(start - Instant(milliseconds: 4_000) == .seconds(6))
        #expect(Instant(milliseconds: 4_000) - start == .seconds(-6))
        #expect(Instant(milliseconds: 4_000) < start)
        #expect(Instant.distantPast < start)
    }

    /// Invariant L3: else the longest wait would be none.
    @Test(arguments: [Duration.seconds(Int64.max), .seconds(Int64.max / 1000 + 1)])
    func `a wait that is too long to count does not end in the past`(_ wait: Duration) {
        let now = Instant(milliseconds: 1_774_124_100_000)
        #expect(now + wait > now + .seconds(86_400 * 365))
        var pacer = Pacer(limits: [])
        pacer.refused(at: now, delay: wait)
        #expect(pacer.earliest(for: "check") > now + .seconds(86_400))
    }
}
