import OrderKernel
import Testing

/// Currencies are compared by rates, for ranking and caps only.
struct ExchangeRatesTests {
    private static let rates = ExchangeRates(
        date: "2026-01-01",
        usdPerUnit: [
            "EUR": ExactDecimal(units: 11, scale: 1),
            "IDR": ExactDecimal(units: 61, scale: 6),
            "XXX": ExactDecimal(units: .max, scale: 0),
        ]
    )

    @Test(
        arguments: [
            ("1.50", 1_500_000), ("0", 0), ("2EUR", 2_200_000), ("0.01EUR", 11_000),
            ("20000IDR", 1_220_000), ("1IDR", 61), ("0.01IDR", 1), ("0.001EUR", 1_100),
            ("0.0000001", 1), ("0.000000001EUR", 1),
        ] as [(String, Int64)])
    func `an amount is worth millionths of a dollar, rounded up`(
        _ text: String,
        _ expected: Int64
    ) throws {
        #expect(Self.rates.microUSD(try #require(Money(argument: text))) == expected)
    }

    @Test(arguments: ["1GBP", "1RUB", "0CNY"])
    func `a currency without a rate has no worth`(_ text: String) throws {
        #expect(Self.rates.microUSD(try #require(Money(argument: text))) == nil)
    }

    @Test(arguments: [
        "9223372036854775807XXX", "1XXX", "9223372036854775807EUR", "9223372036854775807",
        "9223372036854.775807", "100000000.01",
    ])
    func `no amount is worth more than the maximum`(_ text: String) throws {
        let worth = Self.rates.microUSD(try #require(Money(argument: text)))
        #expect(worth == ExchangeRates.microUSDMaximum)
    }

    @Test(arguments: ["USD", "EUR", "XXX"], [-1, -1000, .min] as [Int64])
    func `a negative amount is worth nothing, so that it lowers no sum`(
        _ currency: String,
        _ units: Int64
    ) {
        #expect(Self.rates.microUSD(Money(ExactDecimal(units: units, scale: 2), currency)) == 0)
    }

    @Test
    func `settings replace a rate and add others, in any case`() throws {
        let own = Self.rates.overridden(by: [
            "eur": ExactDecimal(units: 2, scale: 0), "gbp": ExactDecimal(units: 13, scale: 1),
        ])
        #expect(own.microUSD(try #require(Money(argument: "1EUR"))) == 2_000_000)
        #expect(own.microUSD(try #require(Money(argument: "1GBP"))) == 1_300_000)
        #expect(own.microUSD(try #require(Money(argument: "1IDR"))) == 61)
        #expect(Self.rates.microUSD(try #require(Money(argument: "1EUR"))) == 1_100_000)
    }

    @Test
    func `the shipped rates are dated and rank rupiah below dollars`() throws {
        let shipped = ExchangeRates.shipped
        #expect(Instant(iso8601: shipped.date) != nil)
        let rupiah = try #require(Money(argument: "1000IDR"))
        let worth = try #require(shipped.microUSD(rupiah))
        #expect((1..<1_000_000).contains(worth))
    }
}
