import OrderKernel
import Testing

/// What two readings of a balance prove.
struct BalanceReconciliationTests {
    private static func amount(_ text: String) -> ExactDecimal {
        ExactDecimal(text) ?? ExactDecimal(units: .min, scale: 0)
    }

    private static func reconcile(
        _ expected: String,
        _ actual: String,
        _ questions: [(String, String)]
    ) -> BalanceReconciliation {
        BalanceReconciliation(
            expected: amount(expected), actual: amount(actual),
            questions: questions.map { .init(subject: $0.0, amount: amount($0.1)) }
        )
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let expected: String
        let actual: String
        let questions: [(String, String)]
        /// `nil` when nothing explains the difference.
        let answers: [String: Bool]?
        var testDescription: String { "\(expected) to \(actual) with \(questions)" }

        init(
            _ expected: String, _ actual: String, _ questions: [(String, String)],
            _ answers: [String: Bool]?
        ) {
            self.expected = expected
            self.actual = actual
            self.questions = questions
            self.answers = answers
        }
    }

    static let rows = [
        Row("10", "10", [], [:]),
        Row("10", "9", [], nil),
        // A charge that happened, and one that did not.
        Row("10", "8.80", [("P1", "-1.20")], ["P1": true]),
        Row("10", "10", [("P1", "-1.20")], ["P1": false]),
        Row("10", "9.99", [("P1", "-1.20")], nil),
        // A refund.
        Row("10", "11.20", [("A1", "1.20")], ["A1": true]),
        // Different prices tell purchases apart; equal ones do not.
        Row("10", "9", [("P1", "-1"), ("P2", "-2")], ["P1": true, "P2": false]),
        Row("10", "7", [("P1", "-1"), ("P2", "-2")], ["P1": true, "P2": true]),
        Row("10", "9", [("P1", "-1"), ("P2", "-1")], [:]),
        Row("10", "8", [("P1", "-1"), ("P2", "-1")], ["P1": true, "P2": true]),
        Row("10", "10", [("P1", "-1"), ("P2", "-1")], ["P1": false, "P2": false]),
        // A charge and a refund of one amount hide each other, and leave a third certain.
        Row("10", "10", [("P1", "-1"), ("A1", "1")], [:]),
        Row("10", "7", [("P1", "-1"), ("A1", "1"), ("P2", "-3")], ["P2": true]),
        Row(
            "10", "6", [("P1", "-1"), ("A1", "1"), ("P2", "-3")],
            ["P1": true, "A1": false, "P2": true]),
        // One sum in two ways: 3 is 1 + 2.
        Row("10", "7", [("P1", "-1"), ("P2", "-2"), ("P3", "-3")], [:]),
        // What costs nothing leaves no trace.
        Row("10", "9", [("P1", "0"), ("P2", "-1")], ["P2": true]),
        // Scales that differ are of no account.
        Row("10.0", "8.8", [("P1", "-1.200000")], ["P1": true]),
        Row(
            "10", "9.999999999", [("P1", "-0.000000001"), ("P2", "-1")],
            ["P1": true, "P2": false]),
        Row("0.1", "0.30", [("A1", "0.2")], ["A1": true]),
        // Below zero and in Rupiah.
        Row("-1", "-3", [("P1", "-2")], ["P1": true]),
        Row("150000", "148350", [("P1", "-1650"), ("P2", "-1651")], ["P1": true, "P2": false]),
    ]

    @Test(arguments: rows)
    func `M3 a question is answered only when every explanation answers it alike`(_ row: Row) {
        let result = Self.reconcile(row.expected, row.actual, row.questions)
        #expect(result.answers == row.answers ?? [:])
        #expect(result.isExplained == (row.answers != nil))
    }

    @Test(arguments: [(11, true), (12, true), (13, false), (64, false), (200, false)])
    func `questions of too many amounts are not answered at all`(_ count: Int, _ isAnswered: Bool) {
        let questions = (0..<count).map { ("P\($0)", "-\($0 + 1)") }
        let result = Self.reconcile("10", "10", questions)
        #expect(result.isExplained == isAnswered)
        #expect(result.answers.count == (isAnswered ? count : 0))
    }

    @Test
    func `a balance that is too large to be compared answers nothing`() {
        let result = Self.reconcile(
            "9000000000000000000", "9000000000000000000", [("P1", "-0.01")])
        #expect(result.answers.isEmpty)
        #expect(!result.isExplained)
    }

    /// 10^18 and 1 − 10^18 add up to 1, which looks like the refund of 1.00.
    @Test
    func `M7 an amount that is too large to be compared is not taken for nothing`() {
        let result = Self.reconcile(
            "0", "1.00",
            [("A1", "1.00"), ("A2", "1000000000000000000"), ("P1", "-999999999999999999")])
        #expect(result.answers["A1"] == nil)
    }

    @Test func `many changes of one amount are told apart by their number`() {
        let questions = (0..<40).map { ("A\($0)", "0.50") }
        let all = Self.reconcile("10", "30", questions)
        #expect(all.isExplained && all.answers.count == 40 && all.answers.values.allSatisfy(\.self))
        #expect(all.settled == Self.amount("30"))
        let some = Self.reconcile("10", "12", questions)
        #expect(some.isExplained && some.answers.isEmpty && some.settled == Self.amount("10"))
        let none = Self.reconcile("10", "10", questions)
        #expect(none.answers.count == 40 && !none.answers.values.contains(true))
    }

    @Test func `what certainly happened moves the balance that the next reading is compared with`()
    {
        let result = Self.reconcile("10", "13.50", [("A1", "3"), ("A2", "0.50"), ("A3", "0.50")])
        #expect(result.answers == ["A1": true])
        #expect(result.settled == Self.amount("13"))
    }
}
