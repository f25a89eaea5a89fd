import OrderKernel
import Testing

/// Amounts as callers write them: `--max-price 1.50` is USD, `20000IDR` names it.
struct MoneyTests {
    @Test(arguments: [
        ("1.50", "1.50", "USD"), ("0", "0", "USD"), (".5", "0.5", "USD"), ("5", "5", "USD"),
        ("20000IDR", "20000", "IDR"), ("1.50eur", "1.50", "EUR"), ("0.5Rub", "0.5", "RUB"),
        ("1.20USD", "1.20", "USD"),
    ])
    func `an argument is dollars or names its currency`(
        _ text: String,
        _ amount: String,
        _ currency: String
    ) throws {
        let money = try #require(Money(argument: text))
        #expect(money.amount == ExactDecimal(amount))
        #expect(money.currency == currency)
    }

    @Test(arguments: [
        "", "USD", "-1.50", "-1IDR", "1.50US", "1.50USDT", "$1.50", "1,50", "1.5.0", "1e5", "abc",
        "1.50U$D", "1.50ÄÖÜ", "1.50 123", "USD1.50", "½", "١٢", "1 2", "1.50-USD", "١USD", " 1",
        "99999999999999999999", ".", ".IDR",
    ])
    func `anything else is no amount`(_ text: String) {
        #expect(Money(argument: text) == nil)
    }

    @Test
    func `a currency is put in upper case`() throws {
        let money = Money(try #require(ExactDecimal("3")), "idr")
        #expect(money.currency == "IDR")
        #expect(money.description == "3 IDR")
    }

    @Test
    func `dollars are read from text`() {
        #expect(Money(usd: "1.20")?.description == "1.20 USD")
        #expect(Money(usd: "1.20USD") == nil)
    }

    @Test
    func `amounts are equal by value and currency`() {
        #expect(Money(argument: "1.2") == Money(argument: "1.20USD"))
        #expect(Money(argument: "1.2EUR") != Money(argument: "1.2USD"))
    }
}
