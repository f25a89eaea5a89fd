import OrderKernel
import Testing

/// Invariant O1: only legal transitions, terminal states absorb.
struct OrderTransitionTests {
    @Test(
        arguments: [
            (.said(.waiting), .waiting),
            (.said(.waiting, code: "111111"), .received),
            (.received("111111"), .received),
            (.said(.received, message: "Your parcel is here"), .received),
            (.said(.received), .received),
            (.attended(run: "R1"), .waiting), (.kept, .waiting),
            (.refundSeen, .waiting), (.refundLate, .waiting),
            (.cancelled(refund: SampleOrder.nothing), .cancelled),
            (.said(.finished), .finished),
            (.said(.finished, code: "111111"), .finished),
            (.said(.cancelled), .cancelled),
            (.said(.expired), .expired),
            (.said(.expired, code: "111111"), .expired),
            (.cancelWanted, .waiting),
            (.cancelHeld(until: SampleOrder.now + .seconds(90)), .waiting),
            (.cancelled(refund: nil), .cancelled),
            (.cancelled(refund: SampleOrder.price), .cancelled),
            (.cancelRefused, .waiting),
            (.resent(known: nil), .waiting),
            (.swapped(SwappedNumber(phone: "+62")), .waiting),
            (.expired, .expired),
            (.closed, .expired),
            (.missing, .lost),
        ] as [(OrderEvent, OrderState)])
    func `O1 from waiting, an event leads to its state`(
        _ event: OrderEvent,
        _ expected: OrderState
    ) {
        var order = SampleOrder.waiting
        let changes = order.handle(event, at: SampleOrder.now)
        #expect(order.state == expected)
        #expect(changes.contains(.state(expected)) == (expected != .waiting))
    }

    @Test(
        arguments: [
            (.said(.waiting), .received),
            (.said(.waiting, code: "111111"), .received),
            (.received("111111"), .received),
            (.received("222222"), .received),
            (.said(.received), .received),
            (.attended(run: "R1"), .received), (.kept, .received),
            (.refundSeen, .received), (.refundLate, .received),
            (.said(.finished), .finished),
            (.said(.cancelled), .cancelled),
            (.said(.expired), .expired),
            (.cancelWanted, .received),
            (.cancelHeld(until: SampleOrder.now + .seconds(90)), .received),
            (.cancelRefused, .received),
            (.finished, .finished),
            (.resent(known: "111111"), .waiting),
            (.expired, .expired),
            (.closed, .finished),
            (.missing, .lost),
        ] as [(OrderEvent, OrderState)])
    func `O1 from received, an event leads to its state`(
        _ event: OrderEvent,
        _ expected: OrderState
    ) {
        var order = SampleOrder.order(in: .received)
        let changes = order.handle(event, at: SampleOrder.now)
        #expect(order.state == expected)
        #expect(changes.contains(.state(expected)) == (expected != .received))
    }

    @Test(arguments: OrderState.allCases.filter(\.isTerminal), SampleOrder.events)
    func `O1 a terminal state stays, with its money and end`(
        _ state: OrderState,
        _ event: OrderEvent
    ) {
        let before = SampleOrder.order(in: state)
        #expect(before.state == state)
        var order = before
        let changes = order.handle(event, at: SampleOrder.now)
        #expect(order.state == state)
        let isRefundEvent = event == .refundSeen || event == .refundLate
        #expect(order.refund == before.refund || (isRefundEvent && before.refund == .due))
        #expect(order.endedAt == before.endedAt)
        #expect(order.attendant == nil)
        if case .swapped(let number) = event {
            #expect(order.phone == number.phone)
        } else {
            #expect(order.phone == before.phone)
        }
        #expect(order.remoteID == before.remoteID)
        #expect(order.expiresAt == before.expiresAt)
        #expect(!order.isCancelWanted)
        let states = changes.filter { if case .state = $0 { true } else { false } }
        #expect(states.isEmpty)
    }

    @Test(
        arguments: [
            ([.closed], .expired, .due),
            ([.cancelWanted, .closed], .cancelled, .due),
            ([.cancelWanted, .cancelRefused, .closed], .cancelled, .due),
            ([.said(.received), .closed], .finished, .kept),
            ([.said(.waiting, message: "Your parcel is here"), .closed], .finished, .kept),
        ] as [([OrderEvent], OrderState, Refund)])
    func `what is only said to be over ended as its own story tells`(
        _ events: [OrderEvent],
        _ state: OrderState,
        _ refund: Refund
    ) {
        var order = SampleOrder.waiting
        for event in events { order.handle(event, at: SampleOrder.now) }
        #expect(order.state == state)
        #expect(order.refund == refund)
        #expect(order.endedAt == SampleOrder.now)
    }

    @Test
    func `finished, cancelled, expired and lost are terminal`() {
        let terminal: Set<OrderState> = [.finished, .cancelled, .expired, .lost]
        #expect(Set(OrderState.allCases.filter(\.isTerminal)) == terminal)
    }

    @Test(arguments: OrderState.allCases)
    func `an event that says nothing new changes nothing`(_ state: OrderState) {
        var order = SampleOrder.order(in: state)
        let before = order
        let status: OrderStatus = state == .received ? .received : .waiting
        #expect(order.handle(.said(status, code: before.code), at: SampleOrder.now).isEmpty)
        #expect(order == before)
    }

    @Test
    func `a swap replaces the number and, where they are said, its id, end and hold`() {
        let end = SampleOrder.now + .seconds(600)
        let hold = SampleOrder.now + .seconds(120)
        let order = SampleOrder.after(
            .swapped(
                SwappedNumber(
                    phone: "+62811", remoteID: "78", expiresAt: end, cancelNotBefore: hold,
                    swapNotBefore: end))
        )
        #expect(order.phone == "+62811")
        #expect(order.remoteID == "78")
        #expect(order.expiresAt == end)
        #expect(order.cancelNotBefore == hold)
        #expect(order.swapNotBefore == end)

        let bare = SampleOrder.after(
            .swapped(SwappedNumber(phone: "+62811"))
        )
        #expect(bare.phone == "+62811")
        #expect(bare.remoteID == SampleOrder.waiting.remoteID)
        #expect(bare.expiresAt == SampleOrder.waiting.expiresAt)
    }

    @Test
    func `an observation tells the end and a price that was not known`() {
        var order = SampleOrder.waiting
        order.price = nil
        let end = SampleOrder.now + .seconds(300)
        let price = Money(ExactDecimal(units: 9, scale: 1), "USD")
        order.handle(
            .observed(OrderObservation(status: .waiting, expiresAt: end, price: price)),
            at: SampleOrder.now
        )
        #expect(order.expiresAt == end)
        #expect(order.price == price)
        order.handle(
            .observed(OrderObservation(status: .waiting, price: SampleOrder.price)),
            at: SampleOrder.now
        )
        #expect(order.price == price)
    }

    @Test
    func `what the journal holds is put back`() {
        let before = SampleOrder.after(
            .received("111111"), .resent(known: "111111"), .received("222222"))
        var order = SampleOrder.waiting
        order.restore(
            state: before.state, code: before.code, message: before.message,
            revision: before.revision, baseline: before.baseline, refund: before.refund,
            isCancelWanted: before.isCancelWanted, isEvidenced: before.isEvidenced
        )
        #expect(order == before)
    }
}
