import OrderKernel
import Testing

/// Choosing among offers by what they brought.
struct OfferStrategyTests {
    private static let good = OfferProspect(
        microUSD: 500_000, attempts: 40, codes: 36, timeToCode: .seconds(10))
    private static let bad = OfferProspect(
        microUSD: 100_000, attempts: 40, codes: 2, timeToCode: .seconds(60))
    private static let new = OfferProspect(
        microUSD: 300_000, attempts: 0, codes: 0, timeToCode: nil)

    private struct Generator {
        private var state: UInt64 = 7

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) ^ state
        }
    }

    // How often each of the prospects is the best of all, in a thousand choices.
    private static func wins(
        _ prospects: [OfferProspect],
        _ strategy: OfferStrategy
    ) -> [Int] {
        var generator = Generator()
        var wins = prospects.map { _ in 0 }
        for _ in 0..<1000 {
            let scores = prospects.map { prospect in
                prospect.score(strategy, rate: prospect.successRate { generator.next() })
            }
            if let best = scores.min(), let index = scores.firstIndex(of: best) {
                wins[index] += 1
            }
        }
        return wins
    }

    @Test func `cheapest looks at the price only`() {
        #expect(Self.wins([Self.good, Self.bad, Self.new], .cheapest) == [0, 1000, 0])
    }

    @Test(arguments: [OfferStrategy.reliable, .fastest])
    func `what brought codes is taken, and what is new is tried now and then`(
        _ strategy: OfferStrategy
    ) {
        let wins = Self.wins([Self.good, Self.bad, Self.new], strategy)
        #expect(wins[0] > 700)
        #expect(wins[1] == 0)
        #expect((1...300).contains(wins[2]))
    }

    @Test func `balanced weighs the price against the success rate`() {
        // 0.56 USD a code against 2 USD a code, although the number is a fifth of the price.
        let wins = Self.wins([Self.good, Self.bad], .balanced)
        #expect(wins[0] > 900)
        let dear = OfferProspect(
            microUSD: 9_000_000, attempts: 40, codes: 36, timeToCode: .seconds(10))
        #expect(Self.wins([dear, Self.bad], .balanced)[1] > 900)
    }

    @Test func `before the first number every rate is equally likely`() {
        var generator = Generator()
        let rates = (0..<3000).map { _ in Self.new.successRate { generator.next() } }
        for quarter in 0..<4 {
            let bounds = Int64(quarter) * 250_000..<Int64(quarter + 1) * 250_000
            #expect((650...850).contains(rates.count { bounds.contains($0) }))
        }
    }

    @Test func `the belief narrows with experience`() {
        var generator = Generator()
        let rates = (0..<500).map { _ in Self.good.successRate { generator.next() } }
        // 36 of 40: the mean is 37/42, and the standard deviation below 0.05.
        #expect(rates.allSatisfy { $0 > 650_000 })
        let mean = rates.reduce(0, +) / Int64(rates.count)
        #expect((860_000...900_000).contains(mean))
    }

    @Test func `an offer without a price is the last where money counts`() {
        let free = OfferProspect(microUSD: nil, attempts: 9, codes: 9, timeToCode: .seconds(1))
        for strategy in [OfferStrategy.cheapest, .balanced] {
            #expect(free.score(strategy, rate: 1) == .max)
        }
    }

    @Test(arguments: OfferStrategy.allCases, [0, UInt64.max, 1_000_000, 1_000_001])
    func `no draw and no price overflows`(_ strategy: OfferStrategy, _ bits: UInt64) {
        for price in [Int64.max, 0, 1] {
            let prospect = OfferProspect(
                microUSD: price, attempts: .max, codes: .max, timeToCode: .seconds(1_000_000))
            _ = prospect.score(strategy, rate: prospect.successRate { bits })
        }
    }
}
