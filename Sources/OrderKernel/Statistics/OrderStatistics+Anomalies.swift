extension OrderStatistics {
    /// Something that is not as it used to be.
    public enum Anomaly: Sendable, Hashable {
        /// Fewer of the last numbers got a code than of those before: of a thousand each.
        case failures(recent: Int, before: Int)
        /// So many numbers, and not one code.
        case silence(numbers: Int)
        /// The last number was much dearer than the median before: millionths of a US dollar.
        case price(last: Int64, median: Int64)
    }

    /// So many numbers without any code are no accident where half of them get one: one in 32.
    private static let silentMinimum = 5
    /// So many of the last numbers are held against those before.
    private static let recentCount = 10
    /// Fewer earlier numbers prove nothing.
    private static let earlierMinimum = 10
    /// A price is pointed out that is half as much again.
    private static let priceFactor = (numerator: Int64(3), denominator: Int64(2))

    /// What is to be pointed out.
    public var anomalies: [Anomaly] {
        if attempts.count >= Self.silentMinimum, codes == 0 {
            return [.silence(numbers: attempts.count)]
        }
        let earlier = attempts.dropLast(Self.recentCount)
        guard earlier.count >= Self.earlierMinimum else { return [] }
        return [failures(earlier), price].compactMap { $0 }
    }

    // More than three standard deviations of a binomial below what it was.
    private func failures(_ earlier: ArraySlice<OrderAttempt>) -> Anomaly? {
        let recent = attempts.suffix(Self.recentCount)
        let before = earlier.count { $0.timeToCode != nil }
        let now = recent.count { $0.timeToCode != nil }
        let (n, m) = (recent.count, earlier.count)
        // expected − now > 3 √(n p (1 − p)), with p = before / m, in whole numbers.
        let lead = before * n - now * m
        guard lead > 0, lead * lead > 9 * n * before * (m - before) else { return nil }
        return .failures(recent: now * 1000 / n, before: before * 1000 / m)
    }

    private var price: Anomaly? {
        let prices = attempts.dropLast().map(\.priceMicroUSD).sorted()
        guard let last = attempts.last?.priceMicroUSD, !prices.isEmpty else { return nil }
        let median = prices[prices.count / 2]
        let isHigh =
            median > 0
            && last * Self.priceFactor.denominator > median * Self.priceFactor.numerator
        return isHigh ? .price(last: last, median: median) : nil
    }
}
