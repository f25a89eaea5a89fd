import OrderKernel
import Testing

/// The states of a purchase, each with each event.
struct PurchaseTests {
    private struct Step: Hashable {
        let state: PurchaseState
        let event: PurchaseEvent
    }

    /// All that may happen; whatever is not here is a fault of the program.
    private static let legal: [Step: PurchaseState] = [
        Step(state: .intended, event: .sending): .sending,
        Step(state: .intended, event: .refused(.noNumbers)): .refused(.noNumbers),
        Step(state: .sending, event: .accepted(order: "A1")): .accepted(order: "A1"),
        Step(state: .sending, event: .refused(.noNumbers)): .refused(.noNumbers),
        Step(state: .sending, event: .outcomeLost): .unknown,
        Step(state: .sending, event: .unsent): .intended,
        Step(state: .unknown, event: .found(order: "A1")): .adopted(order: "A1"),
        Step(state: .unknown, event: .provenAbsent): .absent,
        Step(state: .unknown, event: .givenUp(isCharged: false)): .unresolved(isCharged: false),
        Step(state: .unknown, event: .givenUp(isCharged: true)): .unresolved(isCharged: true),
        Step(state: .unresolved(isCharged: false), event: .found(order: "A1")):
            .adopted(order: "A1"),
        Step(state: .unresolved(isCharged: true), event: .found(order: "A1")):
            .adopted(order: "A1"),
        Step(state: .unresolved(isCharged: false), event: .stated(isBought: false)): .absent,
        Step(state: .unresolved(isCharged: true), event: .stated(isBought: false)): .absent,
        Step(state: .unresolved(isCharged: false), event: .stated(isBought: true)): .writtenOff,
        Step(state: .unresolved(isCharged: true), event: .stated(isBought: true)): .writtenOff,
    ]

    @Test
    func `a purchase begins as an intent`() {
        let purchase = Purchase(
            id: "P1", kind: .buy, account: "smscode", provider: "smscode", service: "whatsapp",
            country: "ID", price: nil, microUSD: 1, run: "R1",
            createdAt: SamplePurchase.createdAt, notAfter: SamplePurchase.notAfter
        )
        #expect(purchase.state == .intended)
    }

    @Test(arguments: SamplePurchase.states, SamplePurchase.events)
    func `M1 each event in each state leads to its state, or throws and changes nothing`(
        _ state: PurchaseState,
        _ event: PurchaseEvent
    ) throws {
        let before = SamplePurchase.purchase(state)
        var purchase = before
        if let after = Self.legal[Step(state: state, event: event)] {
            try purchase.handle(event)
            #expect(purchase.state == after)
            #expect(purchase.settlesAt == before.settlesAt)
        } else {
            let error = #expect(throws: IllegalPurchaseEvent.self) { try purchase.handle(event) }
            #expect(error?.state == state)
            #expect(error?.event == event)
            #expect(purchase == before)
        }
    }

    @Test(
        arguments: [
            .accepted(order: "A1"), .refused(.balance), .adopted(order: "A1"), .absent,
        ] as [PurchaseState],
        SamplePurchase.events)
    func `M1 a purchase that is settled takes no event`(
        _ state: PurchaseState,
        _ event: PurchaseEvent
    ) {
        var purchase = SamplePurchase.purchase(state)
        #expect(throws: IllegalPurchaseEvent.self) { try purchase.handle(event) }
        #expect(purchase.state == state)
    }

    @Test(arguments: ErrorCode.allCases)
    func `a refusal keeps its code, sent or not`(_ code: ErrorCode) throws {
        for state in [.intended, .sending] as [PurchaseState] {
            var purchase = SamplePurchase.purchase(state)
            try purchase.handle(.refused(code))
            #expect(purchase.state == .refused(code))
        }
    }

    /// Name in the journal, whether an order may exist that the journal lacks, the order.
    @Test(
        arguments: [
            (.intended, "intended", false, nil),
            (.sending, "sending", true, nil),
            (.accepted(order: "A1"), "accepted", false, "A1"),
            (.refused(.balance), "refused", false, nil),
            (.unknown, "unknown", true, nil),
            (.adopted(order: "A1"), "adopted", false, "A1"),
            (.absent, "absent", false, nil),
            (.unresolved(isCharged: false), "unresolved", true, nil),
            (.unresolved(isCharged: true), "unresolved", true, nil),
        ] as [(PurchaseState, String, Bool, String?)])
    func `M2 a state has its name, and tells whether an order may be missing`(
        _ state: PurchaseState,
        _ name: String,
        _ isOpen: Bool,
        _ order: String?
    ) {
        #expect(state.name == name)
        #expect(state.isOpen == isOpen)
        #expect(state.order == order)
    }
}
