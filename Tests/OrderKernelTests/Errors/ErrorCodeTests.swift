import OrderKernel
import Testing

/// The closed list of errors with what each leads to.
struct ErrorCodeTests {
    /// The design's table of exit statuses, row by row.
    private static let exitStatuses: [(String, Int32)] = [
        ("invalid", 64), ("unsupported", 64),
        ("deadline", 10), ("expired", 10),
        ("no_numbers", 11),
        ("balance", 12), ("spend_cap", 12),
        ("auth", 13), ("forbidden", 13),
        ("unavailable", 14), ("rate_limited", 14), ("network", 14), ("timeout", 14),
        ("protocol", 14),
        ("unknown_purchase", 15),
        ("not_found", 1), ("closed", 1), ("refused", 1), ("too_early", 1),
        ("internal", 70),
        ("cancelled", 130),
    ]

    @Test(arguments: exitStatuses)
    func `every code ends the process with the status of the table`(
        _ name: String,
        _ status: Int32
    ) throws {
        #expect(try #require(ErrorCode(rawValue: name)).exitStatus == status)
    }

    @Test
    func `the table and the list name the same codes`() {
        #expect(Set(Self.exitStatuses.map(\.0)) == Set(ErrorCode.allCases.map(\.rawValue)))
        #expect(ErrorCode.allCases.count == Self.exitStatuses.count)
    }

    @Test
    func `a definition may answer with the providers' codes and with no other`() {
        let providers = Set(
            """
            auth forbidden balance no_numbers not_found invalid closed refused too_early \
            rate_limited unavailable network timeout protocol unsupported
            """.split(separator: " ").map(String.init)
        )
        let found = ErrorCode.allCases.filter(\.isProviders).map(\.rawValue)
        #expect(Set(found) == providers)
    }

    @Test(arguments: ErrorCode.allCases)
    func `every code has a meaning of one line and an HTTP status of an error`(_ code: ErrorCode) {
        #expect(!code.meaning.isEmpty)
        #expect(!code.meaning.contains { $0.isNewline })
        #expect((400...599).contains(code.httpStatus))
    }

    @Test(arguments: [ErrorCode.auth, .forbidden, .invalid, .unsupported, .unknownPurchase])
    func `what will fail again is never retried`(_ code: ErrorCode) {
        #expect(code.retry == .never)
    }

    @Test(arguments: [ErrorCode.noNumbers, .expired, .deadline])
    func `another offer may help where no number or no code came`(_ code: ErrorCode) {
        #expect(code.retry == .elsewhere)
    }

    @Test(arguments: [ErrorCode.rateLimited, .tooEarly, .unavailable])
    func `waiting helps where the provider asks for it`(_ code: ErrorCode) {
        #expect(code.retry == .later)
    }

    @Test(arguments: [ErrorCode.network, .timeout])
    func `a lost answer is repeated only when that does no harm`(_ code: ErrorCode) {
        #expect(code.retry == .ifIdempotent)
    }

    @Test
    func `an error is written as its code and its line`() {
        let error = MoonlineError(.noNumbers, "no stock", provider: "smscode")
        #expect(error.description == "no_numbers: no stock")
        #expect(!error.isUnsent)
        #expect(error.retryAfter == nil)
    }
}
