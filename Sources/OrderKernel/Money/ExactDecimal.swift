/// An exact decimal number: `units` times ten to the power of minus `scale`.
///
/// Amounts come as the digits that a provider wrote, so `1.20` stays 1.20 and nothing is rounded
/// (invariant M7).
public struct ExactDecimal: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The digits without the point.
    public let units: Int64
    /// How many digits stand behind the point.
    public let scale: Int

    /// More digits than this behind the point are refused: no price has them, and comparing scales
    /// must not overflow.
    package static let scaleMaximum = 9

    /// A number from its digits and the place of its point.
    public init(units: Int64, scale: Int) {
        self.units = units
        self.scale = scale
    }

    /// Reads `12`, `-1.50`, `.5` or `1.5e2`; nothing else, and nothing that would lose digits.
    public init?(_ text: some StringProtocol) {
        let lower = text.lowercased()
        let parts = lower.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
        let exponent = parts.count == 2 ? Int(parts[1]) : 0
        let isNegative = lower.hasPrefix("-")
        let mantissa = (parts.first ?? "").dropFirst(isNegative ? 1 : 0)
        let halves = mantissa.split(
            separator: ".", maxSplits: 1, omittingEmptySubsequences: false
        )
        let fraction = halves.count == 2 ? String(halves[1]) : ""
        let digits = String(halves.first ?? "") + fraction
        let isNumber = digits.utf8.allSatisfy { (48...57).contains($0) } && !digits.isEmpty
        guard let exponent, (-18...18).contains(exponent), isNumber else { return nil }
        var units = Int64(digits)
        var scale = fraction.count - exponent
        while scale < 0 {
            units = units?.multipliedIfExact(by: 10)
            scale += 1
        }
        while scale > Self.scaleMaximum, let value = units, value % 10 == 0 {
            units = value / 10
            scale -= 1
        }
        guard let units, scale <= Self.scaleMaximum else { return nil }
        self.init(units: isNegative ? -units : units, scale: scale)
    }

    /// The number as it is written, with all digits behind the point.
    public var description: String {
        guard scale > 0 else { return String(units) }
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        return (units < 0 ? "-" : "") + padded.dropLast(scale) + "." + padded.suffix(scale)
    }

    /// The number in millionths, rounded up; `nil` when it does not fit.
    public var millionths: Int64? {
        var value = units
        for _ in 0..<max(0, 6 - scale) {
            guard let next = value.multipliedIfExact(by: 10) else { return nil }
            value = next
        }
        for _ in 0..<max(0, scale - 6) {
            value = value / 10 + (value % 10 > 0 ? 1 : 0)
        }
        return value
    }

    /// Whether two numbers are of the same value; 1.2 equals 1.20.
    public static func == (left: Self, right: Self) -> Bool {
        !(left < right) && !(right < left)
    }

    /// Whether the left number is smaller.
    public static func < (left: Self, right: Self) -> Bool {
        let scale = max(left.scale, right.scale)
        return left.wide(scale) < right.wide(scale)
    }

    /// Equal values hash alike.
    public func hash(into hasher: inout Hasher) { hasher.combine(wide(Self.scaleMaximum)) }

    /// What part of `amount` this number is, as it is a part of `whole`, rounded down; `nil` where
    /// it is no part of it.
    public func share(of whole: ExactDecimal, in amount: Int64) -> Int64? {
        let scale = max(scale, whole.scale)
        let (part, total) = (wide(scale), whole.wide(scale))
        guard part >= 0, total > 0, part <= total else { return nil }
        let (product, overflows) = part.multipliedReportingOverflow(by: Int128(amount))
        return overflows ? nil : Int64(exactly: product / total)
    }

    private func wide(_ target: Int) -> Int128 {
        (scale..<max(scale, target)).reduce(Int128(units)) { value, _ in value * 10 }
    }
}

extension Int64 {
    func multipliedIfExact(by factor: Int64) -> Int64? {
        let (value, overflows) = multipliedReportingOverflow(by: factor)
        return overflows ? nil : value
    }
}
