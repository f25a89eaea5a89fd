import OrderKernel
import Testing

@testable import Moonline

/// What comes after the failure of one offer.
struct FallbackRuleTests {
    private static func error(_ code: ErrorCode, isUnsent: Bool = false) -> MoonlineError {
        MoonlineError(code, code.rawValue, isUnsent: isUnsent)
    }

    // What may have spent money, what the user stopped, and what is broken here ends a run.
    @Test(arguments: ErrorCode.allCases)
    func `another offer is tried unless money or Moonline itself is in doubt`(_ code: ErrorCode) {
        let ends: Set<ErrorCode> = [
            .unknownPurchase, .cancelled, .internal, .network, .timeout,
        ]
        #expect(FallbackRule.goesOn(after: Self.error(code)) == !ends.contains(code))
    }

    @Test(arguments: [ErrorCode.network, .timeout])
    func `what did not leave has spent nothing`(_ code: ErrorCode) {
        #expect(FallbackRule.goesOn(after: Self.error(code, isUnsent: true)))
    }

    @Test(arguments: ErrorCode.allCases)
    func `an account without key or money is of no more use`(_ code: ErrorCode) {
        let useless: Set<ErrorCode> = [.auth, .forbidden, .balance]
        #expect(FallbackRule.dropsAccount(Self.error(code)) == useless.contains(code))
    }

    @Test(arguments: [
        ([ErrorCode.noNumbers, .unknownPurchase, .auth], ErrorCode.unknownPurchase),
        ([.noNumbers, .auth, .deadline], .deadline), ([.noNumbers, .auth, .balance], .balance),
        ([.noNumbers, .unavailable, .auth], .auth), ([.noNumbers, .network], .network),
        ([.noNumbers], .noNumbers), ([.refused, .closed], .refused),
    ])
    func `of several failures one stands for all`(_ row: (codes: [ErrorCode], verdict: ErrorCode)) {
        let failures = row.codes.map { Self.error($0) }
        #expect(FallbackRule.verdict(failures, service: "telegram").code == row.verdict)
    }

    @Test func `without a failure nobody sells it, and the way to see that is named`() {
        let error = FallbackRule.verdict([], service: "telegram")
        #expect(error.code == .noNumbers)
        #expect(error.message.contains("`moonline offers --service telegram`"))
    }
}
