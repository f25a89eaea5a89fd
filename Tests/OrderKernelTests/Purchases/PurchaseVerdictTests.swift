import OrderKernel
import Testing

/// A buy is sent again only after 429 or a failure before its first byte; a purchase whose answer
/// is lost, unreadable or 5xx is unknown.
struct PurchaseVerdictTests {
    private static let verdicts: [(ErrorCode, PurchaseVerdict)] = [
        (.rateLimited, .unsent),
        (.auth, .refused), (.forbidden, .refused), (.balance, .refused), (.noNumbers, .refused),
        (.notFound, .refused), (.invalid, .refused), (.closed, .refused), (.refused, .refused),
        (.tooEarly, .refused), (.unsupported, .refused), (.spendCap, .refused),
        (.unavailable, .unknown), (.network, .unknown), (.timeout, .unknown),
        (.protocol, .unknown), (.internal, .unknown), (.cancelled, .unknown),
        (.deadline, .unknown), (.expired, .unknown), (.unknownPurchase, .unknown),
    ]

    @Test(arguments: verdicts)
    func `M1 only a definite answer proves that nothing was bought`(
        _ code: ErrorCode,
        _ verdict: PurchaseVerdict
    ) {
        #expect(PurchaseVerdict(MoonlineError(code, "")) == verdict)
        let patient = MoonlineError(code, "", provider: "smscode", retryAfter: .seconds(1))
        #expect(PurchaseVerdict(patient) == verdict)
    }

    @Test
    func `every code has a verdict`() {
        #expect(Set(Self.verdicts.map(\.0)) == Set(ErrorCode.allCases))
        #expect(Self.verdicts.count == ErrorCode.allCases.count)
    }

    @Test(arguments: ErrorCode.allCases)
    func `a failure before the first byte bought nothing`(_ code: ErrorCode) {
        #expect(PurchaseVerdict(MoonlineError(code, "", isUnsent: true)) == .unsent)
        var certain = MoonlineError(code, "", isUnsent: true)
        certain.provesNothingBought = true
        #expect(PurchaseVerdict(certain) == .unsent)
    }

    @Test(arguments: [ErrorCode.unavailable, .protocol, .timeout, .network, .internal])
    func `an answer that the definition calls a proof is one`(_ code: ErrorCode) {
        var error = MoonlineError(code, "")
        #expect(!error.provesNothingBought)
        error.provesNothingBought = true
        #expect(PurchaseVerdict(error) == .refused)
    }
}
