/// Caps on spending, in millionths of a US dollar; they bind before a purchase is written down.
///
/// Invariant M4: what is spent, with unknown purchases counted as spent, stays within every cap.
public struct SpendCaps: Sendable, Hashable {
    /// Of one order.
    public var perOrder: Int64
    /// Of one run of the program.
    public var perRun: Int64
    /// Of the last 24 hours.
    public var perDay: Int64

    /// What an order without a known price counts (design, "Purchases and orders").
    public static let unknownPriceMicroUSD: Int64 = 1_000_000

    /// The design's defaults: 5 USD an order, 20 a run, 50 a day.
    public static let defaults = SpendCaps(
        perOrder: 5_000_000, perRun: 20_000_000, perDay: 50_000_000
    )

    /// Caps in millionths of a US dollar.
    public init(perOrder: Int64, perRun: Int64, perDay: Int64) {
        self.perOrder = perOrder
        self.perRun = perRun
        self.perDay = perDay
    }

    /// Which cap a further purchase would break; `nil` when it is within all.
    ///
    /// - Parameters:
    ///   - price: in millionths of a US dollar.
    ///   - spentInRun: by this run so far.
    ///   - spentInDay: in the last 24 hours.
    public func violation(
        price: Int64,
        spentInRun: Int64,
        spentInDay: Int64
    ) -> Violation? {
        if price > perOrder { return Violation(cap: .order, limit: perOrder, needed: price) }
        if spentInRun + price > perRun {
            return Violation(cap: .run, limit: perRun, needed: spentInRun + price)
        }
        if spentInDay + price > perDay {
            return Violation(cap: .day, limit: perDay, needed: spentInDay + price)
        }
        return nil
    }

    /// A cap that stops a purchase.
    public struct Violation: Sendable, Hashable {
        /// Which cap.
        public enum Cap: String, Sendable, Hashable { case order, run, day }

        /// The cap.
        public let cap: Cap
        /// Its amount in millionths of a US dollar.
        public let limit: Int64
        /// What the purchase would lead to.
        public let needed: Int64
    }
}
