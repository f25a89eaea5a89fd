import OrderKernel
import Testing

/// Which row of a provider's list belongs to which lost purchase.
struct OrphanMatchTests {
    private typealias Orphan = OrphanMatch.Orphan

    private static let start = SamplePurchase.createdAt

    private static func usd(_ units: Int64, scale: Int = 2) -> Money {
        Money(ExactDecimal(units: units, scale: scale), "USD")
    }

    private static func row(
        _ id: String = "77",
        service: String? = "wa",
        country: String? = "6",
        phone: String? = nil,
        price: Money? = usd(120),
        createdAt: Instant? = start
    ) -> OrphanMatch.Orphan {
        OrphanMatch.Orphan(
            remoteID: id, service: service, country: country, phone: phone, price: price,
            createdAt: createdAt
        )
    }

    private static func pairs(_ purchases: [Purchase], _ rows: [OrphanMatch.Orphan])
        -> [String: String]
    {
        OrphanMatch(purchases: purchases, orphans: rows).pairs.mapValues(\.remoteID)
    }

    @Test(
        arguments: [
            (row(), true),
            (row(service: "tg"), false), (row(service: nil), true), (row(service: "WA"), true),
            (row(country: "7"), false), (row(country: nil), true),
            (row(price: usd(119)), true), (row(price: usd(1_200_001, scale: 6)), false),
            (row(price: usd(12, scale: 1)), true), (row(price: usd(121)), false),
            (row(price: nil), true), (row(price: usd(0)), true),
            (row(phone: "+6281"), true),
            (row(createdAt: nil), true),
        ])
    func `a row is the purchase's when all that it says agrees`(
        _ row: OrphanMatch.Orphan,
        _ expected: Bool
    ) {
        #expect(Self.pairs([SamplePurchase.lost()], [row]) == (expected ? ["P1": "77"] : [:]))
    }

    private static let skew = OrphanMatch.clockSkewMaximum

    /// Sent at 0, notAfter at 10 s, exchanged by 40 s, processed by 130 s; and clocks differ.
    @Test(
        arguments: [
            (.seconds(-3_600), false), (.milliseconds(-1) - skew, false), (.zero - skew, true),
            (.zero, true), (.seconds(130), true), (.seconds(130) + skew, true),
            (.milliseconds(130_001) + skew, false), (.seconds(3_600), false),
        ] as [(Duration, Bool)])
    func `a row is the purchase's when it was made while that was under way`(
        _ age: Duration,
        _ expected: Bool
    ) {
        let row = Self.row(createdAt: Self.start + age)
        #expect(Self.pairs([SamplePurchase.lost()], [row]).isEmpty == !expected)
    }

    @Test
    func `a purchase without a ceiling takes any price`() {
        let purchase = SamplePurchase.lost(ceiling: nil)
        #expect(Self.pairs([purchase], [Self.row(price: Self.usd(99_999))]) == ["P1": "77"])
    }

    @Test(
        arguments: [
            (.reuse, "+62811", "+62811", true), (.reuse, "+62811", "+62812", false),
            (.reuse, "+62811", nil, true), (.buy, "+62811", "+62812", true),
            (.buy, nil, "+62812", true),
        ] as [(PurchaseKind, String?, String?, Bool)])
    func `a reuse is for its own number`(
        _ kind: PurchaseKind,
        _ wanted: String?,
        _ found: String?,
        _ expected: Bool
    ) {
        let purchase = SamplePurchase.lost(kind: kind, phone: wanted)
        let pairs = Self.pairs([purchase], [Self.row(phone: found)])
        #expect(pairs.isEmpty == !expected)
    }

    @Test(arguments: 0...4, 0...4)
    func `purchases of one product are alike: each row serves one, oldest first`(
        _ purchases: Int,
        _ rows: Int
    ) {
        let lost = (0..<purchases).map {
            SamplePurchase.lost("P\($0)", createdAt: Self.start + .seconds(Int64($0)))
        }
        let orphans = (0..<rows).map {
            Self.row("R\($0)", createdAt: Self.start + .seconds(Int64($0) + 5))
        }
        let count = min(purchases, rows)
        let expected = Dictionary(uniqueKeysWithValues: (0..<count).map { ("P\($0)", "R\($0)") })
        #expect(Self.pairs(lost.reversed(), orphans.reversed()) == expected)
    }

    @Test
    func `rows of others and of other products are nobody's`() {
        let rows = [
            Self.row("A", service: "tg"), Self.row("B", country: "7"),
            Self.row("C", createdAt: Self.start - .seconds(600)),
            Self.row("D", price: Self.usd(500)),
        ]
        #expect(Self.pairs([SamplePurchase.lost()], rows).isEmpty)
        #expect(Self.pairs([SamplePurchase.lost()], rows + [Self.row("E")]) == ["P1": "E"])
    }

    @Test
    func `without purchases or rows there are no pairs`() {
        #expect(Self.pairs([], [Self.row()]).isEmpty)
        #expect(Self.pairs([SamplePurchase.lost()], []).isEmpty)
    }

    // MARK: Rows that do not say when they were made

    @Test(arguments: 0...3, 0...4)
    func `rows without a time are believed if there are no more of them than lost purchases`(
        _ purchases: Int,
        _ rows: Int
    ) {
        let lost = (0..<purchases).map { SamplePurchase.lost("P\($0)") }
        let orphans = (0..<rows).map { Self.row("R\($0)", createdAt: nil) }
        #expect(Self.pairs(lost, orphans).count == (rows <= purchases ? rows : 0))
    }

    @Test
    func `rows without a time of another product take away no belief`() {
        let rows = ["A", "B", "C"].map { Self.row($0, service: "tg", createdAt: nil) }
        let pairs = Self.pairs([SamplePurchase.lost()], rows + [Self.row(createdAt: nil)])
        #expect(pairs == ["P1": "77"])
    }

    /// Two rows, of which one is somebody else's: only the lost purchases of that product count.
    @Test
    func `lost purchases of another product give no belief`() {
        let lost = [
            SamplePurchase.lost("P1"), SamplePurchase.lost("P2", service: "tg"),
            SamplePurchase.lost("P3", service: "tg"),
        ]
        let rows = ["A", "B"].map { Self.row($0, createdAt: nil) }
        #expect(Self.pairs(lost, rows)["P1"] == nil)
    }

    @Test(
        arguments: [
            (nil, row(createdAt: nil), false, true), (["77"], row(createdAt: nil), false, false),
            (["78"], row(createdAt: nil), true, false), (["77"], row(), true, false),
        ] as [([String]?, OrphanMatch.Orphan, Bool, Bool)])
    func `M1 a row without a time is the purchase's only if the list did not have it before`(
        _ case: (before: [String]?, row: OrphanMatch.Orphan, isFound: Bool, isInDoubt: Bool)
    ) {
        let purchase = SamplePurchase.lost(listedBefore: `case`.before)
        let match = OrphanMatch(purchases: [purchase], orphans: [`case`.row])
        #expect(match.pairs.isEmpty != `case`.isFound)
        #expect(match.isInDoubt(purchase) == `case`.isInDoubt)
    }

    // MARK: Doubt

    @Test(
        arguments: [
            ([], false), ([row()], false), ([row(), row("B")], true),
            // Too many that do not say when they were made.
            ([row(createdAt: nil), row("B", createdAt: nil)], true),
            // The times do not fit, but clocks may be wrong.
            ([row(createdAt: start + .seconds(3_600))], true),
            ([row(createdAt: start - .seconds(36_000))], true),
            ([row(service: "tg"), row("B", country: "7")], false),
            // Dearer than the offer: the price may have risen in between.
            ([row(price: usd(121))], true),
        ])
    func `M1 a row of the product that is nobody's leaves the absence in doubt`(
        _ rows: [OrphanMatch.Orphan],
        _ expected: Bool
    ) {
        let purchase = SamplePurchase.lost()
        let match = OrphanMatch(purchases: [purchase], orphans: rows)
        #expect(match.isInDoubt(purchase) == expected)
    }

    // MARK: Purchases of one product that differ

    /// If the dearer purchase took the cheap row, the cheaper one would find none and be called
    /// absent although its order is there.
    @Test
    func `M2 the cheaper purchase gets the cheaper row, and the dearer one the other`() {
        let lost = [
            SamplePurchase.lost("dear", ceiling: Self.usd(200)),
            SamplePurchase.lost(
                "cheap", ceiling: Self.usd(100), createdAt: Self.start + .seconds(1)),
        ]
        let rows = [
            Self.row("R1", price: Self.usd(100), createdAt: Self.start + .seconds(2)),
            Self.row("R2", price: Self.usd(200), createdAt: Self.start + .seconds(3)),
        ]
        #expect(Self.pairs(lost, rows) == ["cheap": "R1", "dear": "R2"])
    }

    @Test func `who goes without a row gives way to the one that got it (M1)`() {
        let lost = [
            SamplePurchase.lost("P1"),
            SamplePurchase.lost("P2", createdAt: Self.start + .seconds(9)),
            SamplePurchase.lost("P3", service: "tg"),
        ]
        let match = OrphanMatch(purchases: lost, orphans: [Self.row()])
        #expect(match.pairs.keys.sorted() == ["P1"])
        #expect(match.rivals.map(\.id) == ["P2"])
        // The other's order ends nine seconds before its own would.
        #expect(match.rivals[0].terms.lifetime == lost[1].terms.lifetime - .seconds(9))
        #expect(match.rivals[0].settlesAt == lost[1].settlesAt)
        #expect(OrphanMatch(purchases: lost, orphans: []).rivals.isEmpty)
    }

    @Test func `rows that go from hand to hand make rivals of all on the way (M1)`() {
        let lost = [0, 200, 400].map { (seconds: Int64) in
            SamplePurchase.lost("P\(seconds)", createdAt: Self.start + .seconds(seconds))
        }
        // The first row may be of the first two, the second one of the last two.
        let rows = [
            Self.row("R1", createdAt: Self.start + .seconds(210)),
            Self.row("R2", createdAt: Self.start + .seconds(410)),
        ]
        let match = OrphanMatch(purchases: lost, orphans: rows)
        #expect(match.pairs.mapValues(\.remoteID) == ["P0": "R1", "P200": "R2"])
        let last = match.rivals.first
        #expect(match.rivals.map(\.id) == ["P400"])
        // Its order may be R2, P200's R1, and P0's may have ended unseen.
        #expect(last?.terms.lifetime == lost[2].terms.lifetime - .seconds(400))
        let end = Self.start + lost[0].terms.lifetime - Self.skew
        #expect(last?.isAbsenceProof(at: end - .milliseconds(1)) == true)
        #expect(last?.isAbsenceProof(at: end) == false)
    }

    // The user's maximum, or the cap of an order, in the currency of the offer.
    @Test(arguments: [(usd(121), "1.21", true), (usd(122), "1.21", false), (usd(122), nil, false)])
    func `a price that rose since the offer is the purchase's within its maximum`(
        _ price: Money,
        _ maximum: String?,
        _ expected: Bool
    ) {
        let purchase = SamplePurchase.lost(maximum: maximum)
        #expect(Self.pairs([purchase], [Self.row(price: price)]).isEmpty != expected)
    }

    @Test func `a number that would be used again is the reuse's, though a purchase is older`() {
        let phone = "+6281"
        let lost = [
            SamplePurchase.lost("P1"),
            SamplePurchase.lost(
                "P2", kind: .reuse, createdAt: Self.start + .seconds(20), phone: phone),
        ]
        let row = Self.row("77", phone: phone, createdAt: Self.start + .seconds(21))
        #expect(Self.pairs(lost, [row]) == ["P2": "77"])
        #expect(
            Self.pairs(lost, [row, Self.row("78", phone: "+6282")]) == ["P1": "78", "P2": "77"])
    }
}
