import OrderKernel
import Testing

/// Invariant M4: spending stays within every cap.
struct SpendCapsTests {
    @Test
    func `the defaults are 5 dollars an order, 20 a run, 50 a day`() {
        #expect(SpendCaps.defaults.perOrder == 5_000_000)
        #expect(SpendCaps.defaults.perRun == 20_000_000)
        #expect(SpendCaps.defaults.perDay == 50_000_000)
    }

    @Test
    func `an order without a known price counts one dollar`() {
        #expect(SpendCaps.unknownPriceMicroUSD == 1_000_000)
    }

    @Test(
        arguments: [
            (5_000_000, 0, 0, nil),
            (5_000_001, 0, 0, .order),
            (5_000_000, 15_000_000, 15_000_000, nil),
            (5_000_000, 15_000_001, 15_000_001, .run),
            (1, 20_000_000, 20_000_000, .run),
            (5_000_000, 0, 45_000_000, nil),
            (5_000_000, 0, 45_000_001, .day),
            (1_000_000, 19_000_000, 49_000_001, .day),
            (0, 20_000_000, 50_000_000, nil),
            (6_000_000, 20_000_000, 50_000_000, .order),
        ] as [(Int64, Int64, Int64, SpendCaps.Violation.Cap?)])
    func `a cap binds just above its amount`(
        _ price: Int64,
        _ run: Int64,
        _ day: Int64,
        _ cap: SpendCaps.Violation.Cap?
    ) {
        let violation = SpendCaps.defaults.violation(
            price: price, usage: .init(inRun: run, inDay: day)
        )
        #expect(violation?.cap == cap)
    }

    @Test
    func `a violation names the limit and what would be needed`() throws {
        let violation = try #require(
            SpendCaps.defaults.violation(
                price: 2_000_000, usage: .init(inRun: 19_000_000, inDay: 0))
        )
        #expect(violation.limit == 20_000_000)
        #expect(violation.needed == 21_000_000)
    }

    @Test
    func `random purchases that no cap stops never add up to more than a cap`() {
        var random = SeededGenerator(seed: 4)
        let caps = SpendCaps(perOrder: 700, perRun: 3_000, perDay: 5_000)
        var (run, day) = (Int64(0), Int64(0))
        for step in 0..<500 {
            if step % 50 == 0 { run = 0 }
            let price = Int64.random(in: 0...1_000, using: &random)
            guard caps.violation(price: price, usage: .init(inRun: run, inDay: day)) == nil else {
                continue
            }
            #expect(price <= caps.perOrder)
            run += price
            day += price
            #expect(run <= caps.perRun && day <= caps.perDay)
        }
    }
}
