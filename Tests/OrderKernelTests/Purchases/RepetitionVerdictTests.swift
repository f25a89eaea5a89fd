import OrderKernel
import Testing

/// What the answer to a repetition under the same key proves about the first attempt.
struct RepetitionVerdictTests {
    private static func verdict(
        _ code: ErrorCode,
        isOver: Bool,
        isUnsent: Bool = false,
        provesNothingBought: Bool = false
    ) -> PurchaseVerdict {
        var error = MoonlineError(code, "", isUnsent: isUnsent)
        error.provesNothingBought = provesNothingBought
        return PurchaseVerdict(ofRepetition: error, isOver: isOver)
    }

    @Test(
        arguments: [
            .unavailable, .network, .timeout, .protocol, .internal, .cancelled, .deadline,
            .expired, .unknownPurchase,
        ] as [ErrorCode],
        [false, true])
    func `M1 a repetition whose answer is lost proves nothing`(_ code: ErrorCode, _ isOver: Bool) {
        #expect(Self.verdict(code, isOver: isOver) == .unknown)
    }

    @Test(arguments: [.auth, .forbidden, .unsupported, .spendCap] as [ErrorCode], [false, true])
    func `M1 an answer that is given before the key is looked at proves nothing`(
        _ code: ErrorCode,
        _ isOver: Bool
    ) {
        #expect(Self.verdict(code, isOver: isOver) == .unknown)
    }

    @Test(arguments: [ErrorCode.closed, .refused, .tooEarly, .balance, .noNumbers, .notFound])
    func `M1 a refusal may be the first attempt's doing, until that must be over`(
        _ code: ErrorCode
    ) {
        #expect(Self.verdict(code, isOver: false) == .unknown)
        #expect(Self.verdict(code, isOver: true) == .refused)
    }

    @Test(arguments: ErrorCode.allCases, [false, true])
    func `a repetition that did not leave is tried again`(_ code: ErrorCode, _ isOver: Bool) {
        #expect(Self.verdict(code, isOver: isOver, isUnsent: true) == .unsent)
    }

    @Test(arguments: [false, true])
    func `a repetition that was refused for its pace is tried again`(_ isOver: Bool) {
        #expect(Self.verdict(.rateLimited, isOver: isOver) == .unsent)
    }

    /// A definition speaks of the request that was answered; the first attempt is another one.
    @Test(
        arguments: [.unavailable, .protocol, .timeout, .network, .rateLimited] as [ErrorCode],
        [false, true])
    func `M1 an answer that proves the repetition void proves nothing about the first attempt`(
        _ code: ErrorCode,
        _ isOver: Bool
    ) {
        #expect(Self.verdict(code, isOver: isOver, provesNothingBought: true) != .refused)
    }

    /// SMSCode answers 422 when a key comes with another body: then the key was used before.
    @Test(arguments: [false, true])
    func `M1 a key that is known with another body is no proof of absence`(_ isOver: Bool) {
        #expect(Self.verdict(.invalid, isOver: isOver) == .unknown)
    }
}
