/// How much delay a look at an order is expected to save: the hazard of a code, times half the
/// square of the time since the last look (the Whittle index of the age of information, weighted).
public enum PollIndex {
    /// An order that may be looked at.
    public struct Candidate: Sendable, Hashable, Codable {
        /// When it was bought.
        public let boughtAt: Instant
        /// When it was last looked at, or bought.
        public let lookedAt: Instant

        /// An order by its two instants.
        public init(boughtAt: Instant, lookedAt: Instant) {
            self.boughtAt = boughtAt
            self.lookedAt = lookedAt
        }

        /// In units that only compare.
        func expectedDelay(at now: Instant) -> Int64 {
            let gap = min(max(0, (now - lookedAt).milliseconds), PollIndex.gapMaximum)
            let age = min((lookedAt - boughtAt).milliseconds, PollIndex.gapMaximum) + gap / 2
            return PollIndex.hazard(ageMilliseconds: age) * (gap * gap / 2000)
        }
    }

    /// Gaps count up to a day, in milliseconds, so that the square does not overflow for an order
    /// that was left open for weeks.
    static let gapMaximum: Int64 = 86_400_000

    /// Codes a million order-seconds bring at an age, by a model of arrivals
    /// (half of all codes within 22 s, nine tenths within 51 s, a long tail), in steps.
    static func hazard(ageMilliseconds age: Int64) -> Int64 {
        switch age {
        case ..<10_000: 4_000
        case ..<15_000: 30_000
        case ..<20_000: 65_000
        case ..<30_000: 70_000
        case ..<45_000: 35_000
        case ..<75_000: 12_000
        case ..<150_000: 5_000
        case ..<400_000: 1_500
        default: 500
        }
    }
}
