/// SplitMix64 (Steele, Lea, Flood 2014): a small generator that a seed decides.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from zero up to, not including, `bound`.
    mutating func next(below bound: UInt64) -> Int64 { Int64(next() % max(1, bound)) }

    /// Whether something happens that happens so often in a thousand.
    package mutating func happens(_ perMille: Int) -> Bool { Int(next() % 1000) < perMille }

    /// A duration between two, in milliseconds.
    package mutating func duration(_ range: ClosedRange<Int64>) -> Duration {
        .milliseconds(Int64.random(in: range, using: &self))
    }
}
