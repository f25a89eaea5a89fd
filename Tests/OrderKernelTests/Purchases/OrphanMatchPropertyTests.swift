import OrderKernel
import Testing

/// Random lists and random lost purchases, against an oracle of its own.
struct OrphanMatchPropertyTests {
    private static let start = SamplePurchase.createdAt

    private struct Sample {
        let purchases: [Purchase]
        let rows: [OrphanMatch.Orphan]
        let pairs: [String: OrphanMatch.Orphan]

        init(_ random: inout SeededGenerator) {
            purchases = (0..<Int.random(in: 0...5, using: &random)).map {
                Self.purchase("P\($0)", &random)
            }
            rows = (0..<Int.random(in: 0...6, using: &random)).map { Self.row("R\($0)", &random) }
            pairs = OrphanMatch(purchases: purchases, orphans: rows).pairs
        }

        private static func purchase(_ id: String, _ random: inout SeededGenerator) -> Purchase {
            let isReuse = Int.random(in: 0..<4, using: &random) == 0
            let phone = Bool.random(using: &random) ? "+62811" : "+62812"
            return SamplePurchase.lost(
                id, kind: isReuse ? .reuse : .buy,
                ceiling: OrphanMatchPropertyTests.price(1...4, &random),
                createdAt: start + .seconds(.random(in: 0...300, using: &random)),
                service: Bool.random(using: &random) ? "wa" : "tg", phone: isReuse ? phone : nil
            )
        }

        private static func row(_ id: String, _ random: inout SeededGenerator)
            -> OrphanMatch.Orphan
        {
            let services = ["wa", "tg", nil] as [String?]
            let phones = ["+62811", "+62812", nil] as [String?]
            return OrphanMatch.Orphan(
                remoteID: id, service: services.randomElement(using: &random) ?? nil, country: "6",
                phone: phones.randomElement(using: &random) ?? nil,
                price: OrphanMatchPropertyTests.price(1...5, &random),
                createdAt: start + .seconds(.random(in: -60...500, using: &random))
            )
        }
    }

    private static func price(
        _ range: ClosedRange<Int64>,
        _ random: inout SeededGenerator
    ) -> Money? {
        guard Int.random(in: 0..<5, using: &random) > 0 else { return nil }
        let scale = Int.random(in: 0...2, using: &random)
        let factor: Int64 = [1, 10, 100][scale]
        let units = Int64.random(in: range, using: &random) * factor
        return Money(ExactDecimal(units: units, scale: scale), "USD")
    }

    /// Whether a row can be the order of a purchase, by the rule of the document.
    private static func fits(
        _ row: OrphanMatch.Orphan,
        _ purchase: Purchase,
        among purchases: [Purchase]
    ) -> Bool {
        let isReused = purchases.contains {
            $0.kind == .reuse && $0.terms.arguments["phone"] == row.phone
        }
        if purchase.kind != .reuse, isReused { return false }
        if let service = row.service, service != purchase.terms.arguments["service"] {
            return false
        }
        if purchase.kind == .reuse, let phone = row.phone,
            phone != purchase.terms.arguments["phone"]
        {
            return false
        }
        if purchase.kind != .reuse, let cost = row.price, let ceiling = purchase.price,
            ceiling.amount < cost.amount
        {
            return false
        }
        guard let createdAt = row.createdAt else { return true }
        let skew = OrphanMatch.clockSkewMaximum
        return createdAt >= purchase.createdAt - skew && createdAt <= purchase.settlesAt + skew
    }

    /// How many purchases can have a row of their own: augmenting paths.
    private static func most(_ purchases: [Purchase], _ rows: [OrphanMatch.Orphan]) -> Int {
        var owner: [Int: Int] = [:]
        func place(_ purchase: Int, _ tried: inout Set<Int>) -> Bool {
            for row in rows.indices where fits(rows[row], purchases[purchase], among: purchases) {
                guard tried.insert(row).inserted else { continue }
                if let other = owner[row], !place(other, &tried) { continue }
                owner[row] = purchase
                return true
            }
            return false
        }
        return purchases.indices.count {
            var tried: Set<Int> = []
            return place($0, &tried)
        }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `M1 no purchase gets a row that is not its own, and no row serves two`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var paired = 0
        for _ in 0..<400 {
            let sample = Sample(&random)
            let byID = Dictionary(uniqueKeysWithValues: sample.purchases.map { ($0.id, $0) })
            for (id, row) in sample.pairs {
                #expect(byID[id].map { Self.fits(row, $0, among: sample.purchases) } == true)
                #expect(sample.rows.contains(row))
            }
            #expect(Set(sample.pairs.values.map(\.remoteID)).count == sample.pairs.count)
            paired += sample.pairs.count
        }
        #expect(paired > 100)
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `the pairs do not depend on the order in which things are named`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let sample = Sample(&random)
            let again = OrphanMatch(
                purchases: sample.purchases.shuffled(using: &random),
                orphans: sample.rows.shuffled(using: &random)
            )
            #expect(again.pairs == sample.pairs)
        }
    }

    /// A purchase that is left over is called absent, so none may be left over needlessly.
    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `M2 as many purchases get a row as can have one`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var short = 0
        for _ in 0..<400 {
            let sample = Sample(&random)
            if sample.pairs.count < Self.most(sample.purchases, sample.rows) { short += 1 }
        }
        #expect(short == 0)
    }
}
