import Foundation
import OrderKernel

/// Compares what the journal says with what the provider did and what the clients sent.
struct InvariantCheck {
    let before: JournalSnapshot
    let after: JournalSnapshot
    let scenario: Scenario
    let now: Instant
    private(set) var violations: [Violation] = []

    init(before: JournalSnapshot, after: JournalSnapshot, scenario: Scenario, now: Instant) {
        self.before = before
        self.after = after
        self.scenario = scenario
        self.now = now
    }

    private mutating func expect(
        _ holds: Bool, _ invariant: Invariant, _ detail: @autoclosure () -> String
    ) {
        if !holds { violations.append(Violation(invariant: invariant, detail: detail())) }
    }

    // MARK: The journal by itself

    /// O1, O3, M4, L4, and of O6 that nothing is gone.
    mutating func checkJournal() {
        for (id, old) in before.orders {
            guard let order = after.orders[id] else {
                expect(false, .restartKeepsState, "an order is gone")
                continue
            }
            guard order != old else { continue }
            if !old.isOpen {
                expect(order.state == old.state, .legalTransitions, "\(old.state) → \(order.state)")
                expect(
                    Self.mayFollow(old.refund, order.refund), .refundOnEvidence,
                    "\(old.refund) → \(order.refund)")
            }
            expect(order.revision >= old.revision, .revisionGrows, "a revision fell")
            expect(
                (order.providerRevision ?? 0) >= (old.providerRevision ?? 0), .revisionGrows,
                "an older observation replaced a newer one")
        }
        for (id, old) in before.purchases {
            guard let purchase = after.purchases[id] else {
                expect(false, .restartKeepsState, "a purchase is gone")
                continue
            }
            expect(
                Self.legal[old.state]?.contains(purchase.state) ?? false, .legalTransitions,
                "a purchase went \(old.state) → \(purchase.state)")
        }
        checkCaps()
    }

    private static func mayFollow(_ old: String, _ new: String) -> Bool {
        old == new || old == "due" && (new == "seen" || new == "overdue")
            || old == "overdue" && new == "seen"
    }

    private static let legal: [String: Set<String>] = [
        "intended": ["intended", "sending", "refused"],
        "sending": [
            "sending", "accepted", "refused", "unknown", "adopted", "absent", "unresolved",
        ],
        "unknown": ["unknown", "adopted", "absent", "unresolved"],
        "unresolved": ["unresolved", "adopted"],
        "accepted": ["accepted"], "refused": ["refused"], "adopted": ["adopted"],
        "absent": ["absent"],
    ]

    private mutating func checkCaps() {
        let refunded = Set(after.orders.values.filter { $0.refund == "seen" }.map(\.purchase))
        var spent: [String: Int64] = [:]
        for purchase in after.purchases.values
        where !["refused", "absent", "intended"].contains(purchase.state)
            && !refunded.contains(purchase.id)
        {
            spent[purchase.run, default: 0] += purchase.microUSD
        }
        // A price that rose after the offer was authorised by the offer.
        let rise: Int64 = scenario.isVolatile ? 100_000 : 0
        for (run, amount) in spent {
            let count = Int64(after.purchases.values.count { $0.run == run })
            expect(
                amount <= scenario.perRun + rise * count, .capsHold, "a run has spent \(amount)")
        }
        // A simulation ends before its day does.
        let inDay = spent.values.reduce(0, +)
        expect(
            inDay <= scenario.perDay + rise * Int64(after.purchases.count), .capsHold,
            "a day has spent \(inDay)")
        // An order whose time is over takes no place, even if its provider is silent about it.
        let over = now - OrphanMatch.clockSkewMaximum + scenario.clockJump * 2
        let open =
            after.orders.values.count { $0.isOpen && $0.expiresAt > over }
            + after.purchases.values.count(where: \.takesPlace)
        let known =
            before.orders.values.count { $0.isOpen && $0.expiresAt > over }
            + before.purchases.values.count(where: \.takesPlace)
        // An order that is found while its place was taken may go beyond; a purchase may not.
        let isNew = after.purchases.keys.contains { before.purchases[$0] == nil }
        expect(
            open <= scenario.atOnce || open <= known && !isNew, .openOrdersCapped,
            "\(open) orders are open at once")
    }

    // MARK: The provider's ledger

    /// M1, M2, M5, M6, M7.
    mutating func checkMoney(_ provider: ReferenceProvider) {
        var chargedForNothing = 0
        expect(
            provider.ledger.chargesWithoutAuthorisation == 0, .intentFirst,
            "something was charged that no purchase asked for")
        for order in after.orders.values {
            guard let price = order.price, let made = provider.order(order.remoteID) else {
                continue
            }
            expect(
                ExactDecimal(price)?.millionths == made.price, .exactMoney,
                "a price is \(price), the provider took \(made.price) millionths")
        }
        for (authorisation, charges) in provider.ledger.chargesPerAuthorisation {
            expect(charges <= 1, .oneCharge, "an authorisation was charged \(charges) times")
            let state = after.purchases[authorisation]?.state ?? "missing"
            expect(
                state != "missing", .oneCharge, "a purchase that is not written down was charged")
            if state == "absent" || state == "refused" { chargedForNothing += 1 }
        }
        // Lost purchases of one product are alike: one may have got the order of another.
        let servedByOthers = after.purchases.values.count {
            $0.state == "adopted" && provider.ledger.chargesPerAuthorisation[$0.id] == nil
        }
        expect(
            chargedForNothing <= servedByOthers, .oneCharge,
            "a purchase that counts as not carried out was charged")
        let known = Set(after.orders.values.map(\.remoteID))
        let orphans = provider.orders.count { !$0.origin.isForeign && !known.contains($0.id) }
        // Each order more than the journal holds is that of a purchase which was carried out.
        let open = after.purchases.values.count {
            $0.isOpen && provider.ledger.chargesPerAuthorisation[$0.id] != nil && $0.kind != "swap"
        }
        expect(orphans <= open, .everyOrderKnown, "\(orphans) orders that nobody knows")
        checkRefunds(provider)
    }

    // Money does not tell of which order it is: of those with one price, as many may be seen to be
    // paid back as were.
    private mutating func checkRefunds(_ provider: ReferenceProvider) {
        var paidBack: [Int64: Int] = [:]
        for made in provider.orders where !made.origin.isForeign && made.refunded > 0 {
            paidBack[made.price, default: 0] += 1
        }
        for order in after.orders.values where order.refund == "seen" {
            guard let made = provider.order(order.remoteID) else { continue }
            // A cancel that names the amount is evidence before the money is booked.
            if scenario.namesRefund, made.state == .cancelled, made.refunded == 0 { continue }
            paidBack[made.price, default: 0] -= 1
        }
        expect(
            paidBack.values.allSatisfy { $0 >= 0 }, .refundOnEvidence,
            "more refunds were seen than there were")
    }

    /// L1, L2, L3, O4.
    mutating func checkConduct(_ conduct: ReferenceConduct) {
        expect(
            conduct.requests.worst <= scenario.limit, .limitKept,
            "\(conduct.requests.worst) requests in a minute")
        expect(conduct.looksTooSoon == 0, .lookMinimumKept, "a look came too soon")
        expect(conduct.requestsDuringPause == 0, .pausesKept, "a request during a pause")
        expect(conduct.cancelsDuringHold == 0, .pausesKept, "a cancel during a hold")
        expect(
            conduct.cancelsAfterEvidence == 0, .noCancelAfterEvidence, "a cancel after a message")
    }

    // MARK: At the end

    /// O5, M3, and O2 for codes that came in time.
    ///
    /// - Parameter told: the codes that callers were told, by order.
    mutating func checkRest(_ provider: ReferenceProvider, told: [String: Set<String>]) {
        for order in after.orders.values {
            expect(!order.isOpen, .everythingEnds, "an order is still \(order.state)")
            guard let made = provider.order(order.remoteID) else {
                expect(false, .ledgersAgree, "an order that the provider never made")
                continue
            }
            let isBack = ["due", "seen", "overdue"].contains(order.refund)
            expect(
                isBack == (made.refunded > 0), .ledgersAgree,
                "refund is \(order.refund), the provider gave back \(made.refunded)")
            expect(
                order.price.flatMap { ExactDecimal($0)?.millionths } == made.price, .ledgersAgree,
                "the price is \(order.price ?? "?"), the provider took \(made.price)")
            let hasLostSwap = after.purchases.values.contains { $0.kind == "swap" && $0.isOpen }
            expect(
                order.phone == made.phone || hasLostSwap, .everyOrderKnown,
                "the number is \(order.phone), the provider has \(made.phone)")
            if let code = order.code {
                expect(
                    told[order.id]?.contains(code) ?? false, .codeDurable,
                    "a code came and nobody was told (\(order.state))")
            }
            let code = made.messages.first { $0.code != nil }?.code
            expect(
                code == nil || order.code != nil, .codeDurable,
                "a code came and is not in the journal (\(order.state))")
        }
        let prices = Dictionary(
            after.orders.values.map { ($0.purchase, $0.price.flatMap { ExactDecimal($0) }) },
            uniquingKeysWith: { first, _ in first })
        for purchase in after.purchases.values {
            if let price = prices[purchase.id], purchase.kind != "swap" {
                expect(
                    purchase.microUSD == price?.millionths, .ledgersAgree,
                    "a purchase counts \(purchase.microUSD)")
            }
            expect(
                purchase.state != "sending" && purchase.state != "unknown", .everythingEnds,
                "a purchase is still \(purchase.state)")
        }
        checkSums(provider)
    }

    /// M3: what the journal counts is what the provider took, within what no evidence decides.
    private mutating func checkSums(_ provider: ReferenceProvider) {
        let taken = -provider.ledger.total(of: .charge)
        let made = after.purchases.values.filter { ["accepted", "adopted"].contains($0.state) }
        let certain = made.reduce(0) { $1.kind == "swap" ? $0 : $0 + $1.microUSD }
        expect(
            certain <= taken, .ledgersAgree, "the journal counts \(certain), taken was \(taken)")
        let open = after.purchases.values.filter(\.isOpen)
        let swaps = Int64((made + open).count { $0.kind == "swap" })
        // Of a swap nobody learns the fee, and a price may have risen as its order was lost.
        let rise: Int64 = scenario.isVolatile ? 100_000 : 0
        let most = open.reduce(certain + swaps * scenario.swapFee) { $0 + $1.microUSD + rise }
        expect(taken <= most, .ledgersAgree, "the journal covers \(most), taken was \(taken)")
    }

    /// O6: what the events tell of purchases is what their rows say.
    mutating func checkEvents(_ lastStates: [String: String]) {
        for purchase in after.purchases.values {
            let row = "\(purchase.kind) \(purchase.state)"
            let told = lastStates[purchase.id] ?? "nothing"
            expect(told == row, .restartKeepsState, "the events tell '\(told)', the row '\(row)'")
        }
    }

    /// I2.
    mutating func checkSecrets(_ journal: [UInt8], shown: [String]) {
        let isKept = Data(journal).range(of: Data(Scenario.credential.utf8)) != nil
        expect(!isKept, .noSecretShown, "the key is in the journal")
        expect(
            !shown.contains { $0.contains(Scenario.credential) }, .noSecretShown,
            "the key is in a message")
    }
}
