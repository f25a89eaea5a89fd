import OrderKernel
import Testing

/// Dates as providers write them.
struct InstantTextTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("2026-03-21T20:15:00Z", 1_774_124_100_000),
            ("2026-03-21t20:15:00z", 1_774_124_100_000),
            ("2026-03-21 20:15:00", 1_774_124_100_000),
            ("2026-03-21T20:15:00", 1_774_124_100_000),
            ("2026-03-21T20:15Z", 1_774_124_100_000),
            ("2026-03-21", 1_774_051_200_000),
            ("2000-01-01T00:00:00Z", 946_684_800_000),
            ("1969-12-31T23:59:59Z", -1_000),
            ("1900-03-01T00:00:00Z", -2_203_891_200_000),
            ("9999-12-31T23:59:59Z", 253_402_300_799_000),
        ] as [(String, Int64)])
    func `a date is read to the millisecond`(_ text: String, _ milliseconds: Int64) {
        #expect(Instant(iso8601: text) == Instant(milliseconds: milliseconds))
    }

    @Test(
        arguments: [
            ("2026-03-21T20:15:00+00:00", 0),
            ("2026-03-21T20:15:00-00:00", 0),
            ("2026-03-21T20:15:00+07:00", -7 * 3600),
            ("2026-03-21T20:15:00+0700", -7 * 3600),
            ("2026-03-21T20:15:00+07", -7 * 3600),
            ("2026-03-21T20:15:00-03:30", 3 * 3600 + 1800),
            ("2026-03-21T20:15:00+14:00", -14 * 3600),
            ("2026-03-21 20:15:00+05:45", -5 * 3600 - 2700),
            ("2026-03-21T20:15:00-23:59", 24 * 3600 - 60),
        ] as [(String, Int64)])
    func `an offset is taken off`(_ text: String, _ seconds: Int64) {
        let expected = Instant(milliseconds: 1_774_124_100_000 + seconds * 1000)
        #expect(Instant(iso8601: text) == expected)
    }

    @Test(
        arguments: [
            ("2026-03-21T20:15:00.5Z", 500),
            ("2026-03-21T20:15:00.05Z", 50),
            ("2026-03-21T20:15:00.005Z", 5),
            ("2026-03-21T20:15:00,250Z", 250),
            ("2026-03-21T20:15:00.123456789Z", 123),
            ("2026-03-21T20:15:00.999999", 999),
            ("2026-03-21T20:15:00.000Z", 0),
            ("2026-03-21T20:15:00.750+00:00", 750),
        ] as [(String, Int64)])
    func `a fraction counts to the millisecond`(_ text: String, _ milliseconds: Int64) {
        #expect(Instant(iso8601: text)?.milliseconds == 1_774_124_100_000 + milliseconds)
    }

    @Test(arguments: [Int64.min, .min + 1, -1, .max])
    func `any number of milliseconds has a text`(_ milliseconds: Int64) {
        #expect(Instant(milliseconds: milliseconds).rfc3339.hasSuffix("Z"))
    }

    @Test(arguments: [
        ("2024-02-29", "2024-03-01"), ("2000-02-29", "2000-03-01"), ("2400-02-29", "2400-03-01"),
        ("2026-02-28", "2026-03-01"), ("1900-02-28", "1900-03-01"), ("2100-02-28", "2100-03-01"),
        ("2026-12-31", "2027-01-01"), ("2026-04-30", "2026-05-01"),
    ])
    func `the calendar knows its leap years`(_ day: String, _ next: String) throws {
        let first = try #require(Instant(iso8601: day))
        let second = try #require(Instant(iso8601: next))
        #expect(second - first == .seconds(86_400))
    }

    @Test(arguments: [
        "", " ", "now", "2026", "2026-03", "2026-3-21", "26-03-21", "2026/03/21", "21-03-2026",
        "2026-00-10", "2026-13-10", "2026-01-00", "2026-01-32", "2026-02-29", "2026-02-30",
        "1900-02-29", "2100-02-29", "2026-04-31", "2026-06-31", "2026-09-31", "2026-11-31",
        "2026-03-21T", "2026-03-21Z", "2026-03-21T20", "2026-03-21T20:", "2026-03-21T24:01:00Z",
        "2026-03-21T20:60:00Z", "2026-03-21T20:15:61Z", "2026-03-21T20:15:00ZZ",
        "2026-03-21T20:15:00 Z", "2026-03-21T20:15:00+", "2026-03-21T20:15:00+7",
        "2026-03-21T20:15:00+07:", "2026-03-21T20:15:00+07:5", "2026-03-21T20:15:00+24:00",
        "2026-03-21T20:15:00+07:60", "2026-03-21T20:15:00.Z", "2026-03-21T20:15:00.",
        "2026-03-21T20:15:00.5.5Z", "2026-03-21T20:15:00Z trailing", " 2026-03-21",
        "-026-03-21", "+026-03-21", "2026-03-21T-1:15:00Z", "２０２６-03-21", "2026-03-21T20:15:0٠Z",
    ])
    func `bad text is no date`(_ text: String) {
        #expect(Instant(iso8601: text) == nil)
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"),
            (1_774_124_100_000, "2026-03-21T20:15:00Z"),
            (1_774_124_100_007, "2026-03-21T20:15:00.007Z"),
            (1_774_124_100_120, "2026-03-21T20:15:00.120Z"),
            (1_709_164_800_000, "2024-02-29T00:00:00Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func `an instant is written as RFC 3339 in UTC`(_ milliseconds: Int64, _ text: String) {
        #expect(Instant(milliseconds: milliseconds).rfc3339 == text)
    }

    @Test
    func `what is written is read back, over four centuries`() {
        var random = SeededGenerator(seed: 1970)
        let span: Range<Int64> = -2_208_988_800_000..<10_413_792_000_000
        for _ in 0..<2_000 {
            let instant = Instant(milliseconds: .random(in: span, using: &random))
            #expect(Instant(iso8601: instant.rfc3339) == instant)
        }
    }

    @Test(
        arguments: [
            (1_774_124_100, 1_774_124_100_000), (1_774_124_100_000, 1_774_124_100_000),
            (1_774_124_100_123, 1_774_124_100_123), (1, 1000),
        ] as [(Int64, Int64)])
    func `an epoch is seconds or milliseconds by its size`(_ number: Int64, _ expected: Int64) {
        #expect(Instant(epoch: number)?.milliseconds == expected)
    }

    @Test(arguments: [0, -1, Int64.min])
    func `no epoch is zero or negative`(_ number: Int64) {
        #expect(Instant(epoch: number) == nil)
    }
}
