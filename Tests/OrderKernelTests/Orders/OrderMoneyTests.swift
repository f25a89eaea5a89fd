import OrderKernel
import Testing

/// Cancels and refunds.
struct OrderMoneyTests {
    @Test(arguments: [OrderState.waiting, .received])
    func `an open order has no refund`(_ state: OrderState) {
        #expect(SampleOrder.order(in: state).refund == .none)
    }

    /// Invariant M6: the provider's rules alone are no evidence.
    @Test(
        arguments: [
            .expired, .missing, .said(.cancelled), .said(.expired), .cancelled(refund: nil),
        ] as [OrderEvent])
    func `M6 an order that ends without a message is due its money`(_ event: OrderEvent) {
        #expect(SampleOrder.after(event).refund == .due)
    }

    @Test
    func `M6 an amount that the provider names is evidence`() {
        #expect(SampleOrder.after(.cancelled(refund: SampleOrder.price)).refund == .seen)
    }

    @Test(
        arguments: [
            .finished, .expired, .missing, .said(.finished), .said(.cancelled), .said(.expired),
        ] as [OrderEvent],
        [
            .received("111111"), .said(.received, message: "Your parcel is here"),
            .said(.received),
        ] as [OrderEvent])
    func `once a message came the money is kept`(_ end: OrderEvent, _ evidence: OrderEvent) {
        let order = SampleOrder.after(evidence, end)
        #expect(order.state.isTerminal)
        #expect(order.refund == .kept)
    }

    @Test(arguments: [OrderStatus.finished, .cancelled, .expired])
    func `a code that comes with the end keeps the money too`(_ status: OrderStatus) {
        #expect(SampleOrder.after(.said(status, code: "111111")).refund == .kept)
    }

    @Test
    func `M6 a refund is recorded once`() {
        var order = SampleOrder.after(.cancelled(refund: SampleOrder.price))
        let before = order
        #expect(order.handle(.cancelled(refund: SampleOrder.price), at: SampleOrder.now).isEmpty)
        #expect(order.handle(.cancelled(refund: nil), at: SampleOrder.now).isEmpty)
        #expect(order.handle(.expired, at: SampleOrder.now).isEmpty)
        #expect(order == before)
    }

    @Test
    func `a cancel that nobody has asked the provider for yet is kept in mind`() {
        let order = SampleOrder.after(.cancelWanted)
        #expect(order.isCancelWanted)
        #expect(order.state == .waiting)
    }

    @Test
    func `L3 a cancel that is held is kept in mind until its time`() {
        let hold = SampleOrder.now + .seconds(300)
        let order = SampleOrder.after(.cancelWanted, .cancelHeld(until: hold))
        #expect(order.isCancelWanted)
        #expect(order.cancelNotBefore == hold)
    }

    @Test
    func `L3 a shorter hold never shortens a longer one`() {
        let hold = SampleOrder.now + .seconds(300)
        var order = SampleOrder.after(.cancelHeld(until: hold))
        order.handle(.cancelHeld(until: SampleOrder.now), at: SampleOrder.now)
        #expect(order.cancelNotBefore == hold)
        order.handle(
            .observed(OrderObservation(status: .waiting, cancelNotBefore: SampleOrder.now)),
            at: SampleOrder.now
        )
        #expect(order.cancelNotBefore == hold)
    }

    @Test(
        arguments: [
            .received("111111"), .said(.waiting, code: "111111"),
            .said(.received, message: "Your parcel is here"),
            .said(.waiting, message: "Your parcel is here"), .said(.received),
        ] as [OrderEvent])
    func `O4 a wanted cancel is dropped when a message arrives`(_ evidence: OrderEvent) {
        #expect(!SampleOrder.after(.cancelWanted, evidence).isCancelWanted)
    }

    @Test(
        arguments: [
            .received("111111"), .said(.received, message: "Your parcel is here"),
            .said(.received),
        ] as [OrderEvent])
    func `O4 no cancel is wanted after a message`(_ evidence: OrderEvent) {
        #expect(!SampleOrder.after(evidence, .cancelWanted).isCancelWanted)
        #expect(!SampleOrder.after(evidence, .resent(known: nil), .cancelWanted).isCancelWanted)
    }

    @Test
    func `a cancel that the provider refuses waits for a look, and ends nothing`() {
        let order = SampleOrder.after(.cancelWanted, .cancelRefused)
        #expect(order.isCancelRefused)
        #expect(order.state == .waiting)
        #expect(order.refund == .none)
    }
}
