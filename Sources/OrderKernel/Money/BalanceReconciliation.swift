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

    /// More than these cannot be told apart in reasonable time.
    static let questionsMaximum = 12

    /// The answers that are certain: whether each subject's change happened.
    public let answers: [String: Bool]
    /// Whether the difference can be explained at all; if not, somebody else used the account.
    public let isExplained: Bool

    /// Compares what the balance was to be without the questions with what it is.
    public init(expected: ExactDecimal, actual: ExactDecimal, questions: [Question]) {
        let scale = ([expected, actual] + questions.map(\.amount)).map(\.scale).max() ?? 0
        guard questions.count <= Self.questionsMaximum,
            let before = expected.units(atScale: scale), let after = actual.units(atScale: scale),
            questions.allSatisfy({ $0.amount.units(atScale: scale) != nil })
        else {
            (answers, isExplained) = ([:], false)
            return
        }
        let amounts = questions.map { $0.amount.units(atScale: scale) ?? 0 }
        var always = (1 << questions.count) - 1
        var never = always
        var count = 0
        for choice in 0..<(1 << questions.count) {
            let sum = amounts.indices.reduce(Int128(before)) { sum, index in
                choice & (1 << index) == 0 ? sum : sum + Int128(amounts[index])
            }
            guard sum == Int128(after) else { continue }
            count += 1
            always &= choice
            never &= ~choice
        }
        var answers: [String: Bool] = [:]
        for (index, question) in questions.enumerated() where count > 0 {
            if always & (1 << index) != 0 { answers[question.subject] = true }
            if never & (1 << index) != 0 { answers[question.subject] = false }
        }
        (self.answers, isExplained) = (answers, count > 0)
    }
}

extension ExactDecimal {
    /// The digits with so many behind the point; `nil` when that loses some or does not fit.
    func units(atScale target: Int) -> Int64? {
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
