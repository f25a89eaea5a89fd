/// What has to hold after every step (see <doc:MoneyAndCrashes>).
package enum Invariant: String, Sendable, Hashable, CaseIterable, Comparable {
    case oneCharge = "M1"
    case everyOrderKnown = "M2"
    case ledgersAgree = "M3"
    case capsHold = "M4"
    case intentFirst = "M5"
    case refundOnEvidence = "M6"
    case exactMoney = "M7"
    case limitKept = "L1"
    case lookMinimumKept = "L2"
    case pausesKept = "L3"
    case openOrdersCapped = "L4"
    case nobodyStarves = "L5"
    case legalTransitions = "O1"
    case codeDurable = "O2"
    case revisionGrows = "O3"
    case noCancelAfterEvidence = "O4"
    case everythingEnds = "O5"
    case restartKeepsState = "O6"
    case originOnly = "I1"
    case noSecretShown = "I2"
    case sameSeedSameRun = "D1"

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// An invariant that did not hold.
package struct Violation: Sendable, Hashable, CustomStringConvertible {
    /// Which.
    package let invariant: Invariant
    /// What was seen.
    package let detail: String

    package var description: String { "\(invariant.rawValue) \(detail)" }
}
