import OrderKernel
import Testing

/// Random accounts, against an oracle that tries every explanation in billionths.
struct BalanceReconciliationPropertyTests {
    private typealias Question = BalanceReconciliation.Question

    /// An amount of few distinct values, so that explanations often collide, at any scale that
    /// can write it.
    private static func amount(_ random: inout SeededGenerator) -> ExactDecimal {
        let tenths = Int64.random(in: -6...6, using: &random)
        let scale = Int.random(in: 1...9, using: &random)
        return ExactDecimal(
            units: (1..<scale).reduce(tenths) { value, _ in value * 10 }, scale: scale)
    }

    private static func billionths(_ amount: ExactDecimal) -> Int128 {
        (amount.scale..<9).reduce(Int128(amount.units)) { value, _ in value * 10 }
    }

    /// All choices of changes that add up to the difference.
    private static func explanations(
        of difference: Int128,
        _ amounts: ArraySlice<Int128>
    ) -> [[Bool]] {
        guard let first = amounts.first else { return difference == 0 ? [[]] : [] }
        let rest = amounts.dropFirst()
        return explanations(of: difference, rest).map { [false] + $0 }
            + explanations(of: difference - first, rest).map { [true] + $0 }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `M3 the answers are those that all explanations share`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var counts = [0, 0, 0]
        for _ in 0..<300 {
            let questions = (0..<Int.random(in: 0...7, using: &random)).map {
                Question(subject: "S\($0)", amount: Self.amount(&random))
            }
            let (expected, actual) = (Self.amount(&random), Self.amount(&random))
            let result = BalanceReconciliation(
                expected: expected, actual: actual, questions: questions)
            let all = Self.explanations(
                of: Self.billionths(actual) - Self.billionths(expected),
                questions.map { Self.billionths($0.amount) }[...])
            var shared: [String: Bool] = [:]
            for (index, question) in questions.enumerated() {
                let said = Set(all.map { $0[index] })
                if said.count == 1 { shared[question.subject] = said.first }
            }
            #expect(result.answers == shared)
            #expect(result.isExplained == !all.isEmpty)
            counts[min(all.count, 2)] += 1
        }
        #expect(counts.allSatisfy { $0 > 10 })
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `M3 what really happened is never denied`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let questions = (0..<Int.random(in: 1...8, using: &random)).map {
                Question(subject: "S\($0)", amount: Self.amount(&random))
            }
            let happened = questions.map { _ in Bool.random(using: &random) }
            let expected = Self.amount(&random)
            let actual = zip(questions, happened).reduce(Optional(expected)) { sum, change in
                change.1 ? sum?.adding(change.0.amount) : sum
            }
            let result = BalanceReconciliation(
                expected: expected, actual: actual ?? expected, questions: questions)
            #expect(result.isExplained)
            for (question, truth) in zip(questions, happened) {
                #expect((result.answers[question.subject] ?? truth) == truth)
            }
        }
    }
}
