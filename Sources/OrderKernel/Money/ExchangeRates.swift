/// What one unit of a currency is worth in US dollars: for ranking offers and for caps only.
public struct ExchangeRates: Sendable, Hashable {
    /// The day the rates were written down, ISO 8601.
    public let date: String
    private let usdPerUnit: [String: ExactDecimal]

    /// Rates by currency; US dollars need none.
    public init(date: String, usdPerUnit: [String: ExactDecimal]) {
        self.date = date
        self.usdPerUnit = usdPerUnit
    }

    /// Rates that replace or add to these.
    public func overridden(by rates: [String: ExactDecimal]) -> ExchangeRates {
        let upper = rates.map { ($0.key.uppercased(), $0.value) }
        return ExchangeRates(
            date: date, usdPerUnit: usdPerUnit.merging(upper) { $1 }
        )
    }

    /// No price is as high: a hundred million dollars, in millionths.
    ///
    /// Sums of such still fit.
    public static let microUSDMaximum: Int64 = 100_000_000_000_000

    /// The amount in millionths of a US dollar, rounded up, between 0 and `microUSDMaximum`, so
    /// that no provider lowers a sum with a price of its own; `nil` without a rate.
    public func microUSD(_ money: Money) -> Int64? {
        let isUSD = money.currency == "USD"
        let itself = ExactDecimal(units: 1, scale: 0)
        guard let rate = isUSD ? itself : usdPerUnit[money.currency] else { return nil }
        let exact = Self.millionths(money.amount, rate) ?? .max
        return min(max(0, exact), Self.microUSDMaximum)
    }

    /// What millionths of a US dollar are in a currency, rounded down to hundredths; `nil` without
    /// a rate, and for more than `microUSDMaximum`, which is no limit.
    public func amount(_ microUSD: Int64, in currency: String) -> ExactDecimal? {
        guard microUSD < Self.microUSDMaximum else { return nil }
        if currency == "USD" { return ExactDecimal(units: microUSD / 10_000, scale: 2) }
        guard let rate = usdPerUnit[currency], rate.units > 0 else { return nil }
        // Hundredths of it: microUSD / 10^6 / (units / 10^scale) * 10^2.
        var hundredths = Int128(microUSD)
        for _ in 0..<rate.scale { hundredths *= 10 }
        return Int64(exactly: hundredths / Int128(rate.units) / 10_000).map {
            ExactDecimal(units: $0, scale: 2)
        }
    }

    private static func millionths(_ amount: ExactDecimal, _ rate: ExactDecimal) -> Int64? {
        guard amount.units > 0 else { return 0 }
        let product = Int128(amount.units) * Int128(rate.units)
        let scale = amount.scale + rate.scale
        var value = product
        for _ in 0..<max(0, 6 - scale) {
            let (next, overflows) = value.multipliedReportingOverflow(by: 10)
            guard !overflows else { return nil }
            value = next
        }
        for _ in 0..<max(0, scale - 6) { value = value / 10 + (value % 10 > 0 ? 1 : 0) }
        return Int64(exactly: value)
    }

    /// Rounded mid-market rates of the providers' usual currencies: good enough to rank offers and
    /// to keep caps, not for accounting.
    ///
    /// Settings override them.
    public static let shipped = ExchangeRates(
        date: "2026-11-01",
        usdPerUnit: [
            "EUR": ExactDecimal(units: 116, scale: 2),
            "GBP": ExactDecimal(units: 132, scale: 2),
            "IDR": ExactDecimal(units: 61, scale: 6),
            "RUB": ExactDecimal(units: 124, scale: 4),
            "CNY": ExactDecimal(units: 140, scale: 3),
            "INR": ExactDecimal(units: 113, scale: 4),
        ]
    )
}
