/// What two readings of a balance prove, when everything in between is known but a few questions.
///
/// Invariant M3: the journal's ledger agrees with the provider's. A question is answered only when
/// every explanation of the difference gives it the same answer.
public struct BalanceReconciliation: Sendable {
    /// Something that changed the balance, or did not.
    public struct Question: Sendable, Hashable {
        /// The purchase or the order that it is about.
        public let subject: String
        /// What the balance grew by if it happened; negative for a charge.
        public let amount: ExactDecimal

        /// A question about a purchase or an order.
        public init(subject: String, amount: ExactDecimal) {
            self.subject = subject
            self.amount = amount
        }
    }

    /// More combinations than these are not tried; the difference then counts as unexplained.
    static let combinationsMaximum = 4096

    /// The answers that are certain: whether each subject's change happened.
    public let answers: [String: Bool]
    /// Whether the difference can be explained at all; if not, somebody else used the account.
    public let isExplained: Bool
    /// What the balance was to be, with what certainly happened.
    public let settled: ExactDecimal

    /// Compares what the balance was to be without the questions with what it is.
    ///
    /// Questions of the same amount cannot be told apart, so only how many of them happened counts.
    public init(expected: ExactDecimal, actual: ExactDecimal, questions: [Question]) {
        let scale = ([expected, actual] + questions.map(\.amount)).map(\.scale).max() ?? 0
        guard let before = expected.units(atScale: scale), let after = actual.units(atScale: scale),
            questions.allSatisfy({ $0.amount.units(atScale: scale) != nil })
        else {
            (answers, isExplained, settled) = ([:], false, expected)
            return
        }
        let amounts = questions.map { $0.amount.units(atScale: scale) ?? 0 }
        var search = Search(amounts: amounts, difference: Int128(after) - Int128(before))
        search.run()
        var answers: [String: Bool] = [:]
        var settled = expected
        for (question, amount) in zip(questions, amounts) {
            guard let answer = search.answer(amount) else { continue }
            answers[question.subject] = answer
            if answer { settled = settled.adding(question.amount) ?? settled }
        }
        (self.answers, isExplained, self.settled) = (answers, search.solutions > 0, settled)
    }

    /// All ways to make a difference of some of the amounts.
    private struct Search {
        private struct Group {
            let amount: Int64
            let count: Int
            /// How many of it the explanations have, at least and at most.
            var least = Int.max
            var most = 0
        }

        private let difference: Int128
        private var groups: [Group]
        private(set) var solutions = 0

        init(amounts: [Int64], difference: Int128) {
            self.difference = difference
            let counts = Dictionary(amounts.map { ($0, 1) }, uniquingKeysWith: +)
            groups = counts.sorted { $0.key < $1.key }.map {
                Group(amount: $0.key, count: $0.value)
            }
        }

        mutating func run() {
            var combinations = 1
            for group in groups {
                combinations *= group.count + 1
                guard combinations <= combinationsMaximum else { return }
            }
            for combination in 0..<combinations { consider(combination) }
        }

        // The digits of a number, each in a base of its own, are how many of each group it is.
        private mutating func consider(_ combination: Int) {
            var rest = combination
            var sum: Int128 = 0
            let chosen = groups.map { group in
                let count = rest % (group.count + 1)
                rest /= group.count + 1
                sum += Int128(group.amount) * Int128(count)
                return count
            }
            guard sum == difference else { return }
            solutions += 1
            for (index, count) in chosen.enumerated() {
                groups[index].least = min(groups[index].least, count)
                groups[index].most = max(groups[index].most, count)
            }
        }

        /// Whether everything of an amount happened, or nothing; `nil` when it is not certain.
        func answer(_ amount: Int64) -> Bool? {
            guard solutions > 0, let group = groups.first(where: { $0.amount == amount }) else {
                return nil
            }
            if group.least == group.count { return true }
            return group.most == 0 ? false : nil
        }
    }
}

extension ExactDecimal {
    /// The digits with so many behind the point; `nil` when that loses some or does not fit.
    package func units(atScale target: Int) -> Int64? {
        guard target >= scale else { return nil }
        return (scale..<target).reduce(Optional(units)) { value, _ in
            value?.multipliedIfExact(by: 10)
        }
    }

    /// The sum; `nil` when it does not fit.
    public func adding(_ other: ExactDecimal) -> ExactDecimal? {
        let common = max(scale, other.scale)
        guard let left = units(atScale: common), let right = other.units(atScale: common) else {
            return nil
        }
        let (sum, overflows) = left.addingReportingOverflow(right)
        return overflows ? nil : ExactDecimal(units: sum, scale: common)
    }

    /// The number with the other sign.
    public var negated: ExactDecimal { ExactDecimal(units: 0 &- units, scale: scale) }
}
