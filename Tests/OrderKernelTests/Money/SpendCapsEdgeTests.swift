import OrderKernel
import Testing

/// Orders open at once, sums that do not fit, and caps that allow everything.
struct SpendCapsEdgeTests {
    @Test(
        arguments: [(0, nil), (1, nil), (49, nil), (50, .atOnce), (51, .atOnce)]
            as [(Int, SpendCaps.Violation.Cap?)])
    func `L4 the fifty-first order at once is one too many`(
        _ open: Int,
        _ cap: SpendCaps.Violation.Cap?
    ) {
        let violation = SpendCaps.defaults.violation(
            price: 1, usage: .init(inRun: 0, inDay: 0, open: open))
        #expect(violation?.cap == cap)
        if cap != nil {
            #expect(violation?.limit == 50)
            #expect(violation?.needed == Int64(open) + 1)
        }
    }

    @Test(arguments: [(0, 0, false), (1, 0, true), (1, 1, false), (3, 2, true), (3, 3, false)])
    func `L4 orders at once are counted, whatever they cost`(
        _ atOnce: Int,
        _ open: Int,
        _ isAllowed: Bool
    ) {
        let caps = SpendCaps(perOrder: 10, perRun: 10, perDay: 10, atOnce: atOnce)
        for price in [0, 10] as [Int64] {
            let usage = SpendCaps.Usage(inRun: 0, inDay: 0, open: open)
            #expect((caps.violation(price: price, usage: usage) == nil) == isAllowed)
        }
    }

    @Test
    func `caps are told by their keys in the settings`() {
        let caps: [SpendCaps.Violation.Cap] = [.order, .run, .day, .atOnce]
        #expect(caps.map(\.rawValue) == ["per_order", "per_run", "per_day", "at_once"])
    }

    @Test(
        arguments: [
            (.max, 0, 0, .order), (1, .max, 0, .run), (1, 0, .max, .day),
            (5_000_000, .max - 1, .max - 1, .run), (5_000_000, 0, .max - 1, .day),
        ] as [(Int64, Int64, Int64, SpendCaps.Violation.Cap)])
    func `M4 a sum that does not fit breaks its cap`(
        _ price: Int64,
        _ run: Int64,
        _ day: Int64,
        _ cap: SpendCaps.Violation.Cap
    ) {
        let violation = SpendCaps.defaults.violation(
            price: price, usage: .init(inRun: run, inDay: day))
        #expect(violation?.cap == cap)
        #expect((violation?.needed ?? 0) >= (violation?.limit ?? .max))
    }

    @Test(arguments: [0, 1, .max] as [Int64], [0, .max] as [Int64])
    func `caps that allow everything do`(_ price: Int64, _ spent: Int64) {
        for open in [0, 50, 1_000_000] {
            let usage = SpendCaps.Usage(inRun: spent, inDay: spent, open: open)
            #expect(SpendCaps.unlimited.violation(price: price, usage: usage) == nil)
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `M4 L4 random purchases that no cap stops stay within every cap`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let caps = SpendCaps(perOrder: 700, perRun: 30_000, perDay: 90_000, atOnce: 5)
        var usage = SpendCaps.Usage(inRun: 0, inDay: 0, open: 0)
        var stopped: Set<SpendCaps.Violation.Cap> = []
        for step in 0..<2_000 {
            if step % 400 == 0 { usage.inRun = 0 }
            if usage.open > 0, Int.random(in: 0..<5, using: &random) < 2 { usage.open -= 1 }
            let price = Int64.random(in: 0...800, using: &random)
            if let violation = caps.violation(price: price, usage: usage) {
                stopped.insert(violation.cap)
                continue
            }
            #expect(price <= caps.perOrder)
            usage.inRun += price
            usage.inDay += price
            usage.open += 1
            #expect(usage.inRun <= caps.perRun && usage.inDay <= caps.perDay)
            #expect(usage.open <= caps.atOnce)
        }
        #expect(stopped == [.order, .run, .day, .atOnce])
    }
}
