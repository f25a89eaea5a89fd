/// Where ids and jitter come from: tests put a seeded one in its place.
///
/// Invariant D1: with it and `EngineClock` given, the same seed gives the same run.
public struct RandomSource: Sendable {
    private let generate: @Sendable () -> UInt64

    /// A source from a function that gives 64 random bits.
    public init(_ generate: @escaping @Sendable () -> UInt64) { self.generate = generate }

    /// The system's source.
    public static let system = RandomSource { UInt64.random(in: .min ... .max) }

    /// 64 random bits.
    func number() -> UInt64 { generate() }

    /// Thousandths, for jitter.
    func thousandths() -> Int64 { Int64(generate() % 1001) }

    /// An idempotency key: 128 random bits, hexadecimal.
    func key() -> String {
        (0..<2).map { _ in
            let digits = String(generate(), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        .joined()
    }

    /// An id of ten characters without vowels, zeros or ones: easy to type, and no words.
    func identifier() -> String {
        let alphabet = Array("23456789bcdfghjkmnpqrstvwxyz")
        var bits = generate()
        return String(
            (0..<10).map { _ in
                defer { bits /= UInt64(alphabet.count) }
                return alphabet[Int(bits % UInt64(alphabet.count))]
            }
        )
    }
}
