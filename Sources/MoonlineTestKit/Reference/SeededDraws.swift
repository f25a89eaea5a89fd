/// Draws from one seed, so that an order takes a single number from the simulation's generator:
/// SplitMix64 (Steele, Lea, Flood 2014).
struct SeededDraws {
    private var state: UInt64

    /// The draws of a seed.
    init(seed: UInt64) { state = seed }

    /// Any number.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from zero up to, not including, `bound`.
    mutating func next(below bound: UInt64) -> Int64 { Int64(next() % max(1, bound)) }
}
