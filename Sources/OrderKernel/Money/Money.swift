/// An exact amount in a currency.
public struct Money: Sendable, Hashable {
    /// The amount, as the provider wrote it.
    public let amount: ExactDecimal
    /// ISO 4217 in upper case, such as `USD`.
    public let currency: String

    /// An amount in a currency, whose name is put in upper case.
    public init(_ amount: ExactDecimal, _ currency: String) {
        self.amount = amount
        self.currency = currency.uppercased()
    }

    /// An amount in US dollars; `nil` when the text is no number.
    public init?(usd text: String) {
        guard let amount = ExactDecimal(text) else { return nil }
        self.init(amount, "USD")
    }

    /// Reads `1.50`, which is US dollars, or `20000IDR`; `nil` for anything else, and for a
    /// negative amount.
    public init?(argument text: String) {
        let number = text.prefix { $0.isNumber || $0 == "." }
        let unit = text.dropFirst(number.count).drop { $0 == " " }
        guard let amount = ExactDecimal(number), amount.units >= 0,
            unit.isEmpty || (unit.count == 3 && unit.allSatisfy { $0.isASCII && $0.isLetter })
        else { return nil }
        self.init(amount, unit.isEmpty ? "USD" : String(unit))
    }
}

extension Money: CustomStringConvertible {
    /// The amount and its currency, such as `1.20 USD`.
    public var description: String { "\(amount) \(currency)" }
}
