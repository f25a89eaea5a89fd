import OrderKernel

/// Which messages an order will receive, decided when it is bought.
public struct ReferencePlan: Sendable, Hashable {
    /// A message that is to come.
    public struct Message: Sendable, Hashable {
        /// How long after the purchase it comes.
        public var delay: Duration
        /// Its code; `nil` when the message has none.
        public var code: String?

        /// A message by its delay and its code.
        public init(delay: Duration, code: String?) {
            self.delay = delay
            self.code = code
        }
    }

    /// The messages in the order in which they come.
    public var messages: [Message]

    /// A plan of given messages.
    public init(messages: [Message]) { self.messages = messages }

    /// A plan by chance: one order in five gets nothing, one in twenty a message without a code,
    /// the others a code and some of them a second one.
    public init(seed: UInt64) {
        var draws = SeededGenerator(seed: seed)
        switch draws.next(below: 100) {
        case ..<20: messages = []
        case ..<25: messages = [Message(delay: Self.delay(&draws), code: nil)]
        case ..<85: messages = [Message(delay: Self.delay(&draws), code: Self.code(&draws))]
        default:
            let first = Self.delay(&draws)
            messages = [
                Message(delay: first, code: Self.code(&draws)),
                Message(delay: first + Self.delay(&draws), code: Self.code(&draws)),
            ]
        }
    }

    /// The plan of a resend: a code always comes, if the order lasts long enough.
    static func resend(seed: UInt64) -> Self {
        var draws = SeededGenerator(seed: seed)
        return Self(messages: [Message(delay: delay(&draws), code: code(&draws))])
    }

    /// The delays, in milliseconds, within which each further twentieth of all codes comes: the
    /// arrival model that the kernel's `PollIndex` counts on.
    private static let quantiles: [Int64] = [
        8000, 12_000, 14_000, 15_000, 16_000, 17_000, 18_000, 19_000, 20_000, 21_000, 22_000,
        23_000, 25_000, 26_500, 28_500, 31_000, 34_500, 40_000, 51_000, 93_000, 400_000,
    ]

    private static func delay(_ draws: inout SeededGenerator) -> Duration {
        let step = Int(draws.next(below: UInt64(quantiles.count - 1)))
        let width = quantiles[step + 1] - quantiles[step]
        return .milliseconds(quantiles[step] + draws.next(below: UInt64(width)))
    }

    private static func code(_ draws: inout SeededGenerator) -> String {
        String(100_000 + draws.next(below: 900_000))
    }
}
