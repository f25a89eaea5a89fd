import OrderKernel
import Testing

/// Codes, their revisions and resends.
struct OrderCodeTests {
    @Test
    func `O3 each new code counts one revision and is told once`() {
        var order = SampleOrder.waiting
        let first = order.handle(.received("111111"), at: SampleOrder.now)
        #expect(first.contains(.code("111111", isLate: false)))
        #expect(order.revision == 1)
        #expect(order.handle(.received("111111"), at: SampleOrder.now).isEmpty)
        #expect(order.revision == 1)
        let second = order.handle(.received("222222"), at: SampleOrder.now)
        #expect(second.contains(.code("222222", isLate: false)))
        #expect(order.revision == 2)
        #expect(order.code == "222222")
    }

    @Test(arguments: [OrderState.cancelled, .expired, .lost])
    func `O1 a late code is noted and told as late, and the order stays over`(_ state: OrderState) {
        var order = SampleOrder.order(in: state)
        let changes = order.handle(.received("333333"), at: SampleOrder.now)
        #expect(order.code == "333333")
        #expect(order.revision == 1)
        #expect(order.state == state)
        #expect(changes.contains(.code("333333", isLate: true)))
        #expect(order.handle(.received("333333"), at: SampleOrder.now).isEmpty)
    }

    @Test(arguments: [OrderStatus.finished, .cancelled, .expired])
    func `a code that comes with the end is not late`(_ status: OrderStatus) {
        var order = SampleOrder.waiting
        let changes = order.handle(.said(status, code: "111111"), at: SampleOrder.now)
        #expect(changes.contains(.code("111111", isLate: false)))
        #expect(order.state.isTerminal)
    }

    @Test(arguments: [OrderStatus.waiting, .received, .finished, .cancelled, .expired])
    func `an observation without a code takes none away`(_ status: OrderStatus) {
        let order = SampleOrder.after(
            .said(.received, code: "111111", message: "Code 111111"), .said(status)
        )
        #expect(order.code == "111111")
        #expect(order.message == "Code 111111")
        #expect(order.revision == 1)
    }

    @Test
    func `empty text is no code and no message`() {
        let order = SampleOrder.after(.said(.waiting, code: "", message: ""))
        #expect(!order.hasEvidence)
        #expect(order == SampleOrder.waiting)
    }

    @Test
    func `a message without a code is evidence`() {
        let order = SampleOrder.after(.said(.received, message: "Your parcel is here"))
        #expect(order.hasEvidence)
        #expect(!order.hasNewCode)
        #expect(order.revision == 0)
    }

    @Test
    func `after a resend the old code is the baseline and no new one`() {
        var order = SampleOrder.after(.received("111111"), .resent(known: "111111"))
        #expect(order.baseline == "111111")
        #expect(!order.hasNewCode)
        for status in [OrderStatus.waiting, .received] {
            order.handle(.said(status, code: "111111"), at: SampleOrder.now)
            #expect(order.state == .waiting)
            #expect(!order.hasNewCode)
            #expect(order.revision == 1)
        }
        let changes = order.handle(.received("222222"), at: SampleOrder.now)
        #expect(changes.contains(.code("222222", isLate: false)))
        #expect(order.hasNewCode)
        #expect(order.state == .received)
        #expect(order.revision == 2)
    }

    @Test(arguments: [OrderStatus.waiting, .received])
    func `O3 a reply that was overtaken does not bring the old code back`(_ status: OrderStatus) {
        var order = SampleOrder.after(
            .received("111111"), .resent(known: "111111"), .received("222222"))
        let changes = order.handle(.said(status, code: "111111"), at: SampleOrder.now)
        #expect(order.code == "222222")
        #expect(order.revision == 2)
        #expect(changes.isEmpty)
    }

    @Test
    func `the same code again is a new one once the provider was seen without it`() {
        var order = SampleOrder.after(.received("111111"), .resent(known: "111111"))
        order.handle(.said(.waiting), at: SampleOrder.now)
        #expect(!order.hasNewCode)
        let changes = order.handle(.received("111111"), at: SampleOrder.now)
        #expect(changes.contains(.code("111111", isLate: false)))
        #expect(order.hasNewCode)
        #expect(order.state == .received)
        #expect(order.revision == 2)
        #expect(order.handle(.received("111111"), at: SampleOrder.now).isEmpty)
    }

    @Test
    func `a code that came while another one was asked for is the new one`() {
        var order = SampleOrder.after(.received("111111"), .received("222222"))
        order.handle(.resent(known: "111111"), at: SampleOrder.now)
        #expect(order.hasNewCode)
        #expect(order.code == "222222")
        #expect(order.state == .received)
    }

    @Test
    func `a resend before any code leaves no baseline`() {
        var order = SampleOrder.after(.resent(known: nil))
        #expect(order.baseline == nil)
        order.handle(.received("111111"), at: SampleOrder.now)
        #expect(order.hasNewCode)
        #expect(order.state == .received)
    }
}
