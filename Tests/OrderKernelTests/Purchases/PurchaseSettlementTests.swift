import OrderKernel
import Testing

/// When the outcome of a purchase that was sent can be known at last.
struct PurchaseSettlementTests {
    private static let start = SamplePurchase.createdAt

    @Test(arguments: [0, 1, 90, 600] as [Int64])
    func `M1 nothing is concluded before the last exchange and the longest processing are over`(
        _ seconds: Int64
    ) {
        let terms = PurchaseTerms(settlesWithin: .seconds(seconds))
        let purchase = SamplePurchase.purchase(terms: terms)
        #expect(
            purchase.settlesAt
                == SamplePurchase.notAfter + Purchase.exchangeMaximum + .seconds(seconds))
    }

    @Test
    func `a provider is given 90 seconds, and remembers a key for less than a day`() {
        #expect(PurchaseTerms().settlesWithin == .seconds(90))
        #expect(PurchaseTerms().keyLifetime < .seconds(24 * 3_600))
        #expect(PurchaseTerms().means == .nothing)
        #expect(PurchaseTerms().idempotencyKey == nil)
    }

    @Test
    func `the means have the names that the journal keeps, strongest first`() {
        #expect(
            SettlementMeans.allCases.map(\.rawValue) == ["key", "list", "balance", "nothing"])
    }

    @Test
    func `what the journal holds is kept`() {
        let settlesAt = Self.start + .seconds(17)
        let purchase = Purchase(
            id: "P1", kind: .swap, account: "a", provider: "p", service: "s", country: "c",
            price: nil, microUSD: 0, run: "R1", createdAt: Self.start,
            notAfter: SamplePurchase.notAfter, settlesAt: settlesAt, state: .unknown
        )
        #expect(purchase.settlesAt == settlesAt)
        #expect(purchase.state == .unknown)
    }

    @Test(
        arguments: [
            // Lost early: earlier than the latest possible end.
            (0, 90), (5_000, 95), (10_000, 100),
            // Never later than without knowing when.
            (40_000, 130), (41_000, 130), (3_600_000, 130),
        ] as [(Int64, Int64)])
    func `an exchange that is known to be over settles sooner, never later`(
        _ lostAt: Int64,
        _ settlesAt: Int64
    ) throws {
        var purchase = SamplePurchase.purchase(.sending)
        try purchase.loseOutcome(at: Self.start + .milliseconds(lostAt))
        #expect(purchase.state == .unknown)
        #expect(purchase.settlesAt == Self.start + .seconds(settlesAt))
    }

    @Test(arguments: SamplePurchase.states.filter { $0 != .sending })
    func `M1 only an answer to a purchase that is being sent can be lost`(_ state: PurchaseState) {
        let before = SamplePurchase.purchase(state)
        var purchase = before
        #expect(throws: IllegalPurchaseEvent.self) {
            try purchase.loseOutcome(at: Self.start)
        }
        #expect(purchase == before)
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `M1 no provider carries out a purchase after it is said to be settled`(
        _ seed: UInt64
    ) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let processing = Int64.random(in: 0...120_000, using: &random)
            var purchase = SamplePurchase.purchase(
                terms: PurchaseTerms(settlesWithin: .milliseconds(processing)))
            try purchase.handle(.sending)
            let sent = Self.start + .milliseconds(Int64.random(in: 0...10_000, using: &random))
            let exchange = Purchase.exchangeMaximum.milliseconds
            let over = sent + .milliseconds(Int64.random(in: 0...exchange, using: &random))
            let executed = over + .milliseconds(Int64.random(in: 0...processing, using: &random))
            // A process that was killed does not know when the exchange was over.
            if Bool.random(using: &random) {
                try purchase.loseOutcome(at: over)
            } else {
                try purchase.handle(.outcomeLost)
            }
            #expect(executed <= purchase.settlesAt)
        }
    }

    @Test(
        arguments: [
            (.sameKey, "K1", .unknown, 0, true), (.sameKey, "K1", .unknown, 3_000, true),
            (.sameKey, "K1", .unknown, 3_600, false), (.sameKey, "K1", .unknown, 3_601, false),
            (.sameKey, nil, .unknown, 0, false), (.list, "K1", .unknown, 0, false),
            (.balance, "K1", .unknown, 0, false), (.nothing, "K1", .unknown, 0, false),
            (.sameKey, "K1", .intended, 0, false), (.sameKey, "K1", .sending, 0, false),
            (.sameKey, "K1", .absent, 0, false),
            (.sameKey, "K1", .accepted(order: "A1"), 0, false),
            (.sameKey, "K1", .adopted(order: "A1"), 0, false),
            (.sameKey, "K1", .refused(.balance), 0, false),
            (.sameKey, "K1", .unresolved(isCharged: false), 0, false),
            (.sameKey, "K1", .unresolved(isCharged: true), 0, false),
        ] as [(SettlementMeans, String?, PurchaseState, Int64, Bool)])
    func `M1 a purchase goes out once more only under a key that the provider remembers`(
        _ means: SettlementMeans,
        _ key: String?,
        _ state: PurchaseState,
        _ seconds: Int64,
        _ expected: Bool
    ) {
        let terms = PurchaseTerms(
            means: means, idempotencyKey: key, keyLifetime: .seconds(3_600))
        let purchase = SamplePurchase.purchase(state, terms: terms)
        #expect(purchase.mayRepeat(at: Self.start + .seconds(seconds)) == expected)
    }

    /// The provider looks the key up when the repetition arrives, not when it leaves.
    @Test(arguments: [1, 10_000, 29_999] as [Int64])
    func `M1 no repetition leaves so late that its key may be forgotten when it arrives`(
        _ milliseconds: Int64
    ) {
        let lifetime = Duration.seconds(3_600)
        let terms = PurchaseTerms(means: .sameKey, idempotencyKey: "K1", keyLifetime: lifetime)
        let purchase = SamplePurchase.purchase(.unknown, terms: terms)
        let forgotten = Self.start + lifetime
        #expect(!purchase.mayRepeat(at: forgotten - .milliseconds(milliseconds)))
        #expect(purchase.mayRepeat(at: forgotten - Purchase.exchangeMaximum - .seconds(1)))
    }
}
