import OrderKernel
import Testing

/// A purchase is sent at most once.
struct PurchaseTests {
    private static let createdAt = Instant(milliseconds: 1_774_124_100_000)

    private static let events: [PurchaseEvent] = [
        .sending, .accepted(order: "A1"), .refused(.noNumbers), .outcomeLost, .unsent,
    ]

    private static func purchase(_ state: PurchaseState) -> Purchase {
        Purchase(
            id: "P1", kind: .buy, account: "smscode", provider: "smscode", service: "whatsapp",
            country: "ID", price: nil, microUSD: SpendCaps.unknownPriceMicroUSD, run: "R1",
            createdAt: createdAt, notAfter: createdAt + .seconds(10), state: state
        )
    }

    @Test
    func `a purchase begins as an intent`() {
        let purchase = Purchase(
            id: "P1", kind: .buy, account: "smscode", provider: "smscode", service: "whatsapp",
            country: "ID", price: nil, microUSD: 1, run: "R1", createdAt: Self.createdAt,
            notAfter: Self.createdAt + .seconds(10)
        )
        #expect(purchase.state == .intended)
    }

    @Test(
        arguments: [
            (.intended, .sending, .sending),
            (.intended, .refused(.spendCap), .refused(.spendCap)),
            (.sending, .accepted(order: "A1"), .accepted(order: "A1")),
            (.sending, .refused(.noNumbers), .refused(.noNumbers)),
            (.sending, .outcomeLost, .unknown),
            (.sending, .unsent, .intended),
        ] as [(PurchaseState, PurchaseEvent, PurchaseState)])
    func `a legal event leads to its state`(
        _ before: PurchaseState,
        _ event: PurchaseEvent,
        _ after: PurchaseState
    ) throws {
        var purchase = Self.purchase(before)
        try purchase.handle(event)
        #expect(purchase.state == after)
    }

    @Test(
        arguments: [
            (.intended, .accepted(order: "A1")), (.intended, .outcomeLost), (.intended, .unsent),
            (.sending, .sending),
            (.unknown, .sending), (.unknown, .unsent), (.unknown, .outcomeLost),
        ] as [(PurchaseState, PurchaseEvent)])
    func `M1 an illegal event throws and changes nothing`(
        _ state: PurchaseState,
        _ event: PurchaseEvent
    ) {
        Self.expectIllegal(state, event)
    }

    @Test(arguments: [.accepted(order: "A1"), .refused(.balance)] as [PurchaseState], events)
    func `M1 a purchase that is settled takes no event`(
        _ state: PurchaseState,
        _ event: PurchaseEvent
    ) {
        Self.expectIllegal(state, event)
    }

    private static func expectIllegal(_ state: PurchaseState, _ event: PurchaseEvent) {
        var purchase = purchase(state)
        let error = #expect(throws: IllegalPurchaseEvent.self) { try purchase.handle(event) }
        #expect(error?.state == state)
        #expect(error?.event == event)
        #expect(purchase.state == state)
    }

    @Test
    func `M1 no sequence of events sends twice without proof that nothing was sent`() {
        var violations: [[PurchaseEvent]] = []
        var sends = 0
        Self.follow(Self.purchase(.intended), [], depth: 7) { taken in
            var mayHaveLeft = false
            for event in taken {
                if event == .sending {
                    if mayHaveLeft { violations.append(taken) }
                    mayHaveLeft = true
                    sends += 1
                } else if event == .unsent {
                    mayHaveLeft = false
                }
            }
        }
        #expect(violations.isEmpty)
        #expect(sends > 0)
    }

    private static func follow(
        _ purchase: Purchase,
        _ taken: [PurchaseEvent],
        depth: Int,
        _ check: ([PurchaseEvent]) -> Void
    ) {
        check(taken)
        guard depth > 0 else { return }
        for event in events {
            var next = purchase
            guard (try? next.handle(event)) != nil else { continue }
            follow(next, taken + [event], depth: depth - 1, check)
        }
    }

    @Test(
        arguments: [
            (.intended, "intended"), (.sending, "sending"), (.accepted(order: "A1"), "accepted"),
            (.refused(.balance), "refused"), (.unknown, "unknown"),
        ] as [(PurchaseState, String)])
    func `a state has its name in the journal`(_ state: PurchaseState, _ name: String) {
        #expect(state.name == name)
    }
}
