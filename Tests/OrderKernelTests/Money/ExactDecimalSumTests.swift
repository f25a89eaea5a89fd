import OrderKernel
import Testing

/// Invariant M7: sums of amounts are exact, or there is none.
struct ExactDecimalSumTests {
    @Test(
        arguments: [
            ("1.20", "0.8", "2.00"), ("0.1", "0.2", "0.3"), ("10", "-1.2", "8.8"),
            ("0.000000001", "1", "1.000000001"), ("-1", "-2", "-3"), ("0", "0", "0"),
            ("9223372036854775806", "1", "9223372036854775807"),
        ])
    func `M7 amounts of different scales add up exactly`(
        _ left: String,
        _ right: String,
        _ sum: String
    ) throws {
        let left = try #require(ExactDecimal(left))
        let right = try #require(ExactDecimal(right))
        #expect(left.adding(right) == ExactDecimal(sum))
        #expect(right.adding(left) == ExactDecimal(sum))
    }

    @Test(
        arguments: [
            ("9223372036854775807", "1"), ("-9223372036854775807", "-2"),
            ("9223372036854775807", "0.1"), ("1000000000000000000", "0.000000001"),
        ])
    func `M7 a sum that does not fit is none`(_ left: String, _ right: String) throws {
        let left = try #require(ExactDecimal(left))
        #expect(left.adding(try #require(ExactDecimal(right))) == nil)
    }

    @Test(arguments: ["1.20", "-1.20", "0", "9223372036854775807"])
    func `M7 an amount and its negation are nothing together`(_ text: String) throws {
        let amount = try #require(ExactDecimal(text))
        #expect(amount.negated.negated == amount)
        #expect(amount.adding(amount.negated) == ExactDecimal(units: 0, scale: 0))
    }
}
