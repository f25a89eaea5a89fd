import OrderKernel
import Testing

/// Invariant L1: in every window, at most the limit's requests leave and arrive.
struct PacerWindowTests {
    private static let start = Instant(milliseconds: 1_774_124_100_000)
    private static let minute = Duration.seconds(60)
    /// How far apart two requests may arrive that left together.
    private static let spread = Duration.seconds(2)

    @Test(arguments: [300, 60, 10, 6000], 1...4 as ClosedRange<UInt64>)
    func `L1 no window holds more than the limit, whenever requests are wanted`(
        _ requests: Int,
        _ seed: UInt64
    ) {
        var random = SeededGenerator(seed: seed)
        var pacer = Pacer(limits: [RateLimit(requests: requests, window: Self.minute)])
        var departures = Departures()
        var wanted = Self.start
        for _ in 0..<(requests * 3) {
            switch Int.random(in: 0..<100, using: &random) {
            case ..<90: break
            case ..<97: wanted = wanted + .milliseconds(.random(in: 0...500, using: &random))
            case ..<99: wanted = wanted + .seconds(.random(in: 1...10, using: &random))
            default: wanted = wanted + .seconds(.random(in: 10...90, using: &random))
            }
            departures.send(&pacer, wanted: wanted)
        }
        #expect(departures.mostInWindow(Self.minute, spread: Self.spread) <= requests)
        let arrived = departures.mostInWindow(Self.minute, spread: Self.spread, random: &random)
        #expect(arrived <= requests)
    }

    @Test(arguments: [300, 60, 10, 6000, 1, 2, 3, 49, 50, 51, 100])
    func `L1 no window holds more than the limit after any idle time`(_ requests: Int) {
        var pacer = Pacer(limits: [RateLimit(requests: requests, window: Self.minute)])
        var departures = Departures()
        var begin = Self.start
        for idle in [0, 1, 31, 59, 61, 62, 125] as [Int64] {
            begin = begin + .seconds(idle)
            departures.saturate(&pacer, from: begin, until: begin + .seconds(45))
            begin = begin + .seconds(45)
        }
        #expect(departures.mostInWindow(Self.minute, spread: Self.spread) <= requests)
    }

    @Test(arguments: [300, 60])
    func `a busy token uses 94 percent of its limit`(_ requests: Int) {
        var pacer = Pacer(limits: [RateLimit(requests: requests, window: Self.minute)])
        var departures = Departures()
        departures.saturate(&pacer, from: Self.start, until: Self.start + .seconds(600))
        #expect(departures.instants.count * 100 >= requests * 10 * 94)
        #expect(departures.instants.count <= requests * 10)
    }

    @Test(arguments: [(300, 6), (60, 1), (10, 1), (6000, 120), (1, 1), (100, 2)])
    func `an idle token may send 2 percent at once, and at least one`(
        _ requests: Int,
        _ burst: Int
    ) {
        var pacer = Pacer(limits: [RateLimit(requests: requests, window: Self.minute)])
        var sent = 0
        while pacer.earliest(for: "check") <= Self.start, sent <= burst {
            pacer.take("check", at: Self.start)
            sent += 1
        }
        #expect(sent == burst)
    }

    @Test(arguments: [300, 60, 10, 6000])
    func `L1 holds over a process that knows only when another one sent last`(_ requests: Int) {
        let limit = RateLimit(requests: requests, window: Self.minute)
        var departures = Departures()
        var begin = Self.start
        for seconds in [20, 3, 41, 90, 1, 17] as [Int64] {
            var pacer = Pacer(limits: [limit])
            pacer.resume(from: .sample(arrivals: ["other": begin], horizon: begin))
            departures.saturate(&pacer, from: begin, until: begin + .seconds(seconds))
            begin = begin + .seconds(seconds)
        }
        #expect(departures.mostInWindow(Self.minute, spread: Self.spread) <= requests)
    }

    @Test(arguments: [300, 60, 10, 6000])
    func `L1 holds over a process that goes on where another left off`(_ requests: Int) {
        let limit = RateLimit(requests: requests, window: Self.minute)
        var departures = Departures()
        var begin = Self.start
        var last = Pacer(limits: [limit])
        for seconds in [20, 3, 41, 90, 1, 17] as [Int64] {
            var pacer = Pacer(limits: [limit])
            pacer.resume(
                from: .sample(arrivals: last.arrivals, pausedUntil: last.pausedUntil))
            departures.saturate(&pacer, from: begin, until: begin + .seconds(seconds))
            begin = begin + .seconds(seconds)
            last = pacer
        }
        #expect(departures.mostInWindow(Self.minute, spread: Self.spread) <= requests)
    }

    @Test
    func `L1 two limits are both kept`() {
        var random = SeededGenerator(seed: 9)
        var pacer = Pacer(limits: [
            RateLimit(requests: 60, window: Self.minute),
            RateLimit(requests: 10, window: Self.minute, operations: ["buy"]),
        ])
        var all = Departures()
        var buys = Departures()
        for _ in 0..<200 {
            let operation = Bool.random(using: &random) ? "buy" : "check"
            all.send(&pacer, wanted: Self.start, operation: operation)
            guard operation == "buy", let last = all.instants.last else { continue }
            var ignored = Pacer(limits: [])
            buys.send(&ignored, wanted: last)
        }
        #expect(all.mostInWindow(Self.minute, spread: Self.spread) <= 60)
        #expect(buys.mostInWindow(Self.minute, spread: Self.spread) <= 10)
    }

    @Test(arguments: [1, 2, 10, 20, 100])
    func `L1 a limit of a second holds for its own window`(_ requests: Int) {
        var pacer = Pacer(limits: [RateLimit(requests: requests, window: .seconds(1))])
        var departures = Departures()
        departures.saturate(&pacer, from: Self.start, until: Self.start + .seconds(30))
        #expect(departures.mostInWindow(.seconds(1), spread: .zero) <= requests)
    }
}
