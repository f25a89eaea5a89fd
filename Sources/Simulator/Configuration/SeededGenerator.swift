/// The SplitMix64 generator: small, and the same numbers for the same seed on every host.
///
/// Constants from Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Starts a stream of its own for each name, so that accounts do not disturb one another.
    init(seed: UInt64, name: String) {
        state = name.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func text(count: Int, from alphabet: String) -> String {
        String((0..<count).compactMap { _ in alphabet.randomElement(using: &self) })
    }

    mutating func digits(count: Int) -> String {
        text(count: count, from: "0123456789")
    }

    /// Version 4 in form, though drawn from the seed.
    mutating func uuid() -> String {
        let hexadecimal = "0123456789abcdef"
        let groups = [
            text(count: 8, from: hexadecimal),
            text(count: 4, from: hexadecimal),
            "4" + text(count: 3, from: hexadecimal),
            "a" + text(count: 3, from: hexadecimal),
            text(count: 12, from: hexadecimal),
        ]
        return groups.joined(separator: "-")
    }
}
