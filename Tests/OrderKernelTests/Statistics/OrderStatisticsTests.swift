import OrderKernel
import Testing

/// What numbers brought, and what is pointed out.
struct OrderStatisticsTests {
    private static let start = Instant(milliseconds: 1_774_124_100_000)

    private static func attempt(
        _ index: Int,
        _ seconds: Int64?,
        account: String = "acme",
        country: String = "ID",
        price: Int64 = 500_000,
        refunded: Bool? = nil
    ) -> OrderAttempt {
        OrderAttempt(
            account: account, service: "telegram", country: country,
            boughtAt: start + .seconds(Int64(index)),
            timeToCode: seconds.map { .seconds($0) }, priceMicroUSD: price,
            isRefunded: refunded ?? (seconds == nil))
    }

    private static func group(_ attempts: [OrderAttempt]) throws -> OrderStatistics {
        try #require(OrderStatistics.groups(of: attempts).first)
    }

    @Test func `numbers are grouped by service, country and account`() {
        let groups = OrderStatistics.groups(of: [
            Self.attempt(3, 5), Self.attempt(1, 5, account: "best"),
            Self.attempt(2, nil, country: "GB"), Self.attempt(0, nil),
        ])
        #expect(groups.map { "\($0.country) \($0.account)" } == ["GB acme", "ID acme", "ID best"])
        #expect(groups[1].attempts.map(\.timeToCode) == [nil, .seconds(5)])
    }

    @Test(
        arguments: [
            ([nil], 0, 0, nil), ([3], 1000, 500_000, 500_000), ([3, nil], 500, 500_000, 500_000),
            ([3, 4, nil, nil], 500, 1_000_000, 500_000),
        ] as [([Int64?], Int, Int64, Int64?)])
    func `what came back is no cost`(
        _ row: (times: [Int64?], rate: Int, spent: Int64, each: Int64?)
    ) throws {
        let group = try Self.group(row.times.enumerated().map { Self.attempt($0, $1) })
        #expect(group.successPerMille == row.rate)
        #expect(group.spentMicroUSD == row.spent)
        #expect(group.costPerCodeMicroUSD == row.each)
    }

    @Test func `numbers that were kept without a code make codes dearer`() throws {
        let group = try Self.group([
            Self.attempt(0, 3), Self.attempt(1, nil, refunded: false),
        ])
        #expect(group.costPerCodeMicroUSD == 1_000_000)
    }

    @Test(
        arguments: [
            (Array(1...100), 50, 50), (Array(1...100), 95, 95), ([7], 50, 7), ([7], 95, 7),
            ([1, 9], 50, 1), ([1, 9], 95, 9), ([], 50, nil),
        ] as [([Int64], Int, Int64?)])
    func `a percentile is a time that was measured (nearest rank)`(
        _ row: (times: [Int64], percent: Int, seconds: Int64?)
    ) throws {
        let attempts = row.times.reversed().enumerated().map { Self.attempt($0, $1) }
        let group = try Self.group(attempts + [Self.attempt(999, nil)])
        #expect(group.timeToCode(percent: row.percent) == row.seconds.map { .seconds($0) })
    }

    @Test func `a trend is in the order of time`() throws {
        let group = try Self.group((0..<8).map { Self.attempt($0, $0 < 4 ? nil : 1) })
        #expect(group.trend(parts: 4) == [0, 0, 1000, 1000])
        #expect(group.trend(parts: 9).isEmpty)
    }

    @Test(arguments: [
        // Nine of ten are expected after ninety in a hundred, give or take 0.95 (√(10·0.9·0.1)).
        (90, 100, 6, true), (90, 100, 7, false), (90, 100, 10, false),
        (50, 100, 0, true), (50, 100, 1, false), (100, 100, 9, true), (1, 100, 0, false),
        (9, 9, 0, false),
    ])
    func `far fewer codes than before are pointed out`(
        _ row: (before: Int, earlier: Int, recent: Int, isOdd: Bool)
    ) throws {
        let earlier = (0..<row.earlier).map { Self.attempt($0, $0 < row.before ? 5 : nil) }
        let recent = (0..<10).map { Self.attempt(1_000 + $0, $0 < row.recent ? 5 : nil) }
        let anomalies = try Self.group(earlier + recent).anomalies
        #expect(!anomalies.isEmpty == row.isOdd)
        if row.isOdd {
            #expect(
                anomalies == [
                    .failures(recent: row.recent * 100, before: row.before * 1000 / row.earlier)
                ])
        }
    }

    @Test(arguments: [(4, 0, false), (5, 0, true), (5, 1, false), (200, 0, true)])
    func `numbers that never get a code are pointed out`(
        _ row: (numbers: Int, codes: Int, isOdd: Bool)
    ) throws {
        let attempts = (0..<row.numbers).map { Self.attempt($0, $0 < row.codes ? 5 : nil) }
        let anomalies = try Self.group(attempts).anomalies
        #expect(anomalies == (row.isOdd ? [.silence(numbers: row.numbers)] : []))
    }

    @Test(arguments: [(750_000, false), (750_001, true), (5_000_000, true)] as [(Int64, Bool)])
    func `a price that is half as much again is pointed out`(
        _ row: (price: Int64, isOdd: Bool)
    ) throws {
        let usual = (0..<20).map { Self.attempt($0, 5) }
        let anomalies = try Self.group(usual + [Self.attempt(99, 5, price: row.price)]).anomalies
        #expect(anomalies == (row.isOdd ? [.price(last: row.price, median: 500_000)] : []))
    }
}
