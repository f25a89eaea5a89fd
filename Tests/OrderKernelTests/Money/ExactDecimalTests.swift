import OrderKernel
import Testing

/// Invariant M7: amounts are exact.
struct ExactDecimalTests {
    @Test(
        arguments: [
            ("0", 0, 0), ("12", 12, 0), ("-12", -12, 0), ("1.20", 120, 2), ("-1.50", -150, 2),
            (".5", 5, 1), ("-.5", -5, 1), ("0.05", 5, 2), ("007", 7, 0), ("-0", 0, 0),
            ("0.00", 0, 2),
            ("1.5e2", 150, 0), ("1.5E2", 150, 0), ("1.5e+2", 150, 0), ("15e-1", 15, 1),
            ("1e0", 1, 0),
            ("1e18", 1_000_000_000_000_000_000, 0), ("25e-9", 25, 9),
            ("1.234567891", 1_234_567_891, 9),
            ("9223372036854775807", .max, 0), ("-9223372036854775807", -.max, 0),
            ("92233720368547758.07", .max, 2), ("10e-10", 1, 9), ("1.0000000000", 1_000_000_000, 9),
        ] as [(String, Int64, Int)])
    func `a number is read digit by digit`(_ text: String, _ units: Int64, _ scale: Int) throws {
        let number = try #require(ExactDecimal(text))
        #expect(number.units == units)
        #expect(number.scale == scale)
    }

    @Test(arguments: [
        "", " ", "-", "+", ".", "-.", "e5", ".e5", "1e", "1e1.5", "1e2e3", "e", "--1", "+1", "1-",
        "1.2.3", "1,5", "1_000", "1 000", " 1", "1 ", "1\n", "0x10", "1a", "a1", "NaN", "nan",
        "inf", "Infinity", "-inf", "١٢", "１２", "½", "1e２", "$1", "1.50USD", "true", "1.-5", "1.e-",
    ])
    func `anything else is no number`(_ text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test(arguments: [
        "9223372036854775808", "-9223372036854775809", "99999999999999999999", "10e18", "1e19",
        "9.3e18", "1e999", "1e9223372036854775807", "1e9223372036854775808",
        "1e-9223372036854775808", "1e99999999999999999999", "922337203685477580.8e1",
        "123456789012345678901234567890",
    ])
    func `a number that does not fit is refused and not cut`(_ text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test(arguments: ["0.1234567891", "1e-10", "1.5e-9", "1e-18", "1e-19", "0.00000000001"])
    func `a number whose digits would be lost is refused`(_ text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test(arguments: ["0", "1.20", "-1.20", "0.05", "-0.05", "20000", "0.000061", "12345.678900"])
    func `a number is written as it was read`(_ text: String) {
        #expect(ExactDecimal(text)?.description == text)
    }

    @Test(arguments: [
        ("1.2", "1.20"), ("0", "-0"), ("0", "0.000"), ("150", "1.5e2"), ("1e-3", "0.001"),
        ("-1.50", "-1.5"), ("10", "1e1"),
    ])
    func `equal values are equal and hash alike`(_ left: String, _ right: String) throws {
        let first = try #require(ExactDecimal(left))
        let second = try #require(ExactDecimal(right))
        #expect(first == second)
        #expect(first.hashValue == second.hashValue)
        #expect(!(first < second) && !(second < first))
    }

    @Test(arguments: [
        ("1.19", "1.2"), ("-1.2", "-1.19"), ("-1", "0"), ("0", "0.000000001"), ("9", "10"),
        ("0.1", "0.11"), ("9223372036854775806", "9223372036854775807"),
        ("9.000000001", "9223372036854775807"), ("-9223372036854775807", "0.000000001"),
        ("0.3", "0.300000001"),
    ])
    func `the smaller number is less, at any scale`(_ left: String, _ right: String) throws {
        let first = try #require(ExactDecimal(left))
        let second = try #require(ExactDecimal(right))
        #expect(first < second)
        #expect(!(second < first))
        #expect(first != second)
    }

    @Test
    func `tenths that a binary fraction cannot hold stay exact`() throws {
        let sum = try #require(ExactDecimal("0.3"))
        #expect(sum == ExactDecimal(units: 1 + 2, scale: 1))
        #expect(sum.millionths == 300_000)
    }

    @Test(
        arguments: [
            ("1", 1_000_000), ("1.20", 1_200_000), ("0.000001", 1), ("0", 0), ("-1.5", -1_500_000),
            ("0.0000001", 1), ("0.000000001", 1), ("1.0000001", 1_000_001),
            ("1.0000010", 1_000_001),
            ("-0.0000001", 0), ("9223372036854.775807", .max),
        ] as [(String, Int64)])
    func `millionths are rounded up`(_ text: String, _ millionths: Int64) throws {
        #expect(try #require(ExactDecimal(text)).millionths == millionths)
    }

    @Test(arguments: ["9223372036854775807", "9223372036855", "-9223372036855"])
    func `millionths that do not fit are none`(_ text: String) throws {
        #expect(try #require(ExactDecimal(text)).millionths == nil)
    }
}
