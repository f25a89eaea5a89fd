import OrderKernel
import Testing

/// Every purchase that any sequence of events can lead to, and whether a request of it may have
/// left.
struct PurchaseSequenceTests {
    private struct Reached: Hashable {
        let purchase: Purchase
        /// A request left since it was last certain that none did.
        let mayHaveLeft: Bool
    }

    private static let start = SamplePurchase.createdAt

    private static func terms(_ means: SettlementMeans, key: String?) -> PurchaseTerms {
        PurchaseTerms(means: means, idempotencyKey: key, keyLifetime: .seconds(3_600))
    }

    /// All that can be reached, however long the sequence.
    private static func reached(from first: Purchase) -> Set<Reached> {
        var seen: Set<Reached> = [Reached(purchase: first, mayHaveLeft: false)]
        var front = seen
        while !front.isEmpty {
            var next: Set<Reached> = []
            for place in front {
                for following in followers(of: place) where seen.insert(following).inserted {
                    next.insert(following)
                }
            }
            front = next
        }
        return seen
    }

    private static func followers(of place: Reached) -> [Reached] {
        var followers: [Reached] = []
        for event in SamplePurchase.events {
            var purchase = place.purchase
            guard (try? purchase.handle(event)) != nil else { continue }
            let leaves = event == .sending || (place.mayHaveLeft && event != .unsent)
            followers.append(Reached(purchase: purchase, mayHaveLeft: leaves))
        }
        var lost = place.purchase
        if (try? lost.loseOutcome(at: start + .seconds(4))) != nil {
            followers.append(Reached(purchase: lost, mayHaveLeft: place.mayHaveLeft))
        }
        return followers
    }

    @Test(arguments: SettlementMeans.allCases, [nil, "K1"] as [String?])
    func `M1 a purchase that may have left is never sent again as a new one`(
        _ means: SettlementMeans,
        _ key: String?
    ) {
        let all = Self.reached(from: SamplePurchase.purchase(terms: Self.terms(means, key: key)))
        for place in all where place.mayHaveLeft {
            var purchase = place.purchase
            #expect(throws: IllegalPurchaseEvent.self) { try purchase.handle(.sending) }
            #expect(purchase.state != .intended)
        }
        #expect(Set(all.map(\.purchase.state)) == Set(SamplePurchase.states))
    }

    @Test(arguments: SettlementMeans.allCases, [nil, "K1"] as [String?])
    func `M1 it is repeated only while its outcome is unknown, under a key that is remembered`(
        _ means: SettlementMeans,
        _ key: String?
    ) {
        let all = Self.reached(from: SamplePurchase.purchase(terms: Self.terms(means, key: key)))
        var repeatable = 0
        for place in all {
            for seconds in [0, 1, 60, 3_500, 3_600, 3_601, 90_000] as [Int64] {
                let mayRepeat = place.purchase.mayRepeat(at: Self.start + .seconds(seconds))
                guard mayRepeat else { continue }
                repeatable += 1
                #expect(means == .sameKey && key != nil)
                #expect(place.purchase.state == .unknown)
                #expect(seconds < 3_600)
                #expect(place.purchase.terms.idempotencyKey == key)
            }
        }
        #expect((repeatable > 0) == (means == .sameKey && key != nil))
    }

    @Test(arguments: SettlementMeans.allCases)
    func `M2 until its order is known or its absence proved, a sent purchase stays open`(
        _ means: SettlementMeans
    ) {
        let all = Self.reached(from: SamplePurchase.purchase(terms: Self.terms(means, key: "K1")))
        for place in all where place.mayHaveLeft {
            switch place.purchase.state {
            case .accepted, .adopted: #expect(place.purchase.state.order != nil)
            case .refused, .absent: #expect(!place.purchase.state.isOpen)
            // The user took it over.
            case .writtenOff: #expect(!place.purchase.state.isOpen)
            default: #expect(place.purchase.state.isOpen)
            }
        }
    }
}
