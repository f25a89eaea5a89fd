/// Caps on spending; they bind before a purchase is written down.
///
/// Invariant M4: what is spent, with unknown purchases counted as spent, stays within every cap.
/// Invariant L4: so does the number of orders that are open at once.
public struct SpendCaps: Sendable, Hashable {
    /// Of one order, in millionths of a US dollar.
    public var perOrder: Int64
    /// Of one run of the program, in millionths of a US dollar.
    public var perRun: Int64
    /// Of the last 24 hours, in millionths of a US dollar.
    public var perDay: Int64
    /// Orders that are open at once.
    public var atOnce: Int

    /// What an order without a known price counts, since it has to count something: a dollar.
    public static let unknownPriceMicroUSD: Int64 = 1_000_000
    /// The time that the cap of a day looks back.
    public static let day = Duration.seconds(86_400)

    /// By default 5 USD an order, 20 a run, 50 a day.
    ///
    /// Fifty orders at once is twice what SMSCode's document calls a batch.
    public static let defaults = SpendCaps(
        perOrder: 5_000_000, perRun: 20_000_000, perDay: 50_000_000, atOnce: 50
    )

    /// Caps that allow everything.
    public static let unlimited = SpendCaps(
        perOrder: .max, perRun: .max, perDay: .max, atOnce: .max
    )

    /// Caps in millionths of a US dollar, and a number of orders.
    public init(perOrder: Int64, perRun: Int64, perDay: Int64, atOnce: Int = defaults.atOnce) {
        self.perOrder = perOrder
        self.perRun = perRun
        self.perDay = perDay
        self.atOnce = atOnce
    }

    /// What has been spent and is open where the caps are to be kept.
    public struct Usage: Sendable, Hashable {
        /// By this run so far, in millionths of a US dollar.
        public var inRun: Int64
        /// In the last 24 hours, in millionths of a US dollar.
        public var inDay: Int64
        /// Orders that are open, with purchases whose outcome is not known yet.
        public var open: Int

        /// A usage.
        public init(inRun: Int64, inDay: Int64, open: Int = 0) {
            self.inRun = inRun
            self.inDay = inDay
            self.open = open
        }
    }

    /// Which cap a further purchase would break; `nil` when it is within all.
    ///
    /// - Parameter price: in millionths of a US dollar.
    public func violation(price: Int64, usage: Usage) -> Violation? {
        func sum(_ spent: Int64) -> Int64 {
            let (sum, overflows) = spent.addingReportingOverflow(price)
            return overflows ? .max : sum
        }
        if price > perOrder { return Violation(cap: .order, limit: perOrder, needed: price) }
        if sum(usage.inRun) > perRun {
            return Violation(cap: .run, limit: perRun, needed: sum(usage.inRun))
        }
        if sum(usage.inDay) > perDay {
            return Violation(cap: .day, limit: perDay, needed: sum(usage.inDay))
        }
        if usage.open >= atOnce, !PlantedFault.ignoresCapAtOnce.isPlanted {
            return Violation(cap: .atOnce, limit: Int64(atOnce), needed: Int64(usage.open) + 1)
        }
        return nil
    }

    /// A cap that stops a purchase.
    public struct Violation: Sendable, Hashable {
        /// Which cap, by its key in the settings.
        public enum Cap: String, Sendable, Hashable {
            case order = "per_order"
            case run = "per_run"
            case day = "per_day"
            case atOnce = "at_once"
        }

        /// The cap.
        public let cap: Cap
        /// Its amount in millionths of a US dollar, or its number of orders.
        public let limit: Int64
        /// What the purchase would lead to.
        public let needed: Int64
    }
}
