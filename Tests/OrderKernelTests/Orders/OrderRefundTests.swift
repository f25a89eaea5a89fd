import OrderKernel
import Testing

/// The money's own machine: due, then seen or overdue, and each only on evidence.
struct OrderRefundTests {
    private static func money(_ units: Int64, scale: Int) -> Money {
        Money(ExactDecimal(units: units, scale: scale), "USD")
    }

    @Test(
        arguments: [
            (nil, .due), (money(120, scale: 2), .seen), (money(1, scale: 9), .seen),
            (money(0, scale: 0), .kept), (money(0, scale: 2), .kept),
        ] as [(Money?, Refund)])
    func `M6 a cancel gives back what it names, and nothing when it names nothing`(
        _ amount: Money?,
        _ expected: Refund
    ) {
        for start in [SampleOrder.waiting, SampleOrder.after(.cancelWanted)] {
            var order = start
            order.handle(.cancelled(refund: amount), at: SampleOrder.now)
            #expect(order.state == .cancelled)
            #expect(order.refund == expected)
            #expect(order.endedAt == SampleOrder.now)
        }
    }

    private static let ways: [(Refund, [OrderEvent])] = [
        (.none, []), (.due, [.expired]), (.overdue, [.expired, .refundLate]),
        (.seen, [.cancelled(refund: SampleOrder.price), .refundSeen]), (.kept, [.finished]),
    ]

    @Test(
        arguments: [
            (.none, .refundSeen, .none), (.none, .refundLate, .none),
            (.due, .refundSeen, .seen), (.due, .refundLate, .overdue),
            (.overdue, .refundSeen, .seen), (.overdue, .refundLate, .overdue),
            (.seen, .refundSeen, .seen), (.seen, .refundLate, .seen),
            (.kept, .refundSeen, .kept), (.kept, .refundLate, .kept),
        ] as [(Refund, OrderEvent, Refund)])
    func `M6 money that is due is seen or late, all other money stays as it is`(
        _ before: Refund,
        _ event: OrderEvent,
        _ after: Refund
    ) throws {
        let way = try #require(Self.ways.first { $0.0 == before }).1
        var order = SampleOrder.waiting
        for step in way { order.handle(step, at: SampleOrder.now) }
        #expect(order.refund == before)
        let changes = order.handle(event, at: SampleOrder.now + .seconds(60))
        #expect(order.refund == after)
        #expect(changes == (before == after ? [] : [.changed]))
        #expect(order.endedAt == (before == .none ? nil : SampleOrder.now))
    }

    @Test
    func `M6 every kind of refund is in the table`() {
        #expect(Set(Self.ways.map(\.0)) == Set(Refund.allCases))
    }

    @Test(arguments: SampleOrder.events.filter { $0 != .refundSeen })
    func `M6 nothing but evidence makes money seen that was due`(_ event: OrderEvent) {
        for way in [[.expired], [.missing], [.cancelled(refund: nil)]] as [[OrderEvent]] {
            var order = SampleOrder.waiting
            for step in way + [event] { order.handle(step, at: SampleOrder.now) }
            #expect(order.refund != .seen)
        }
    }

    @Test
    func `M6 a late code does not take back what is due`() {
        var order = SampleOrder.after(.expired)
        order.handle(.received("333333"), at: SampleOrder.now)
        #expect(order.refund == .due)
        order.handle(.refundSeen, at: SampleOrder.now)
        #expect(order.refund == .seen)
        #expect(order.code == "333333")
    }

    @Test func `money that may still show in a balance is awaited until it does`() {
        var named = SampleOrder.after(.cancelled(refund: SampleOrder.price))
        #expect(named.refund == .seen && named.awaitedRefund == SampleOrder.price)
        named.handle(.refundSeen, at: SampleOrder.now)
        #expect(named.refund == .seen && named.awaitedRefund == nil)
        #expect(SampleOrder.after(.expired).awaitedRefund == SampleOrder.price)
        #expect(SampleOrder.after(.cancelled(refund: SampleOrder.nothing)).awaitedRefund == nil)
        #expect(SampleOrder.after(.received("111111"), .finished).awaitedRefund == nil)
    }

    @Test func `an order reads the same by a clock that was set`() {
        let order = SampleOrder.after(.expired)
        let shifted = order.shifted(by: .seconds(60))
        #expect(shifted.expiresAt == order.expiresAt + .seconds(60))
        #expect(shifted.endedAt == SampleOrder.now + .seconds(60))
        #expect(shifted.shifted(by: .seconds(-60)) == order)
    }
}
