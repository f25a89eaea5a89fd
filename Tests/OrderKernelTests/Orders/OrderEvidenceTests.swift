import OrderKernel
import Testing

/// Evidence without text, the provider's own revisions, and who waits.
struct OrderEvidenceTests {
    @Test
    func `O4 the status received is evidence, even without a text or a code`() {
        let order = SampleOrder.after(.cancelWanted, .said(.received))
        #expect(order.isEvidenced)
        #expect(order.hasEvidence)
        #expect(!order.isCancelWanted)
        #expect(!order.hasNewCode)
        #expect(order.state == .received)
        #expect(order.revision == 0)
    }

    @Test(
        arguments: [
            .said(.waiting), .resent(known: nil), .cancelWanted, .cancelRefused, .kept,
            .attended(run: "R2"),
        ] as [OrderEvent])
    func `O4 evidence stays, whatever is said after it`(_ event: OrderEvent) {
        let order = SampleOrder.after(.said(.received), event)
        #expect(order.hasEvidence)
        #expect(!order.isCancelWanted)
    }

    @Test
    func `a code after the evidence is told like any other`() {
        var order = SampleOrder.after(.said(.received))
        let changes = order.handle(.received("111111"), at: SampleOrder.now)
        #expect(changes.contains(.code("111111", isLate: false)))
        #expect(order.revision == 1)
    }

    // MARK: Revisions of the provider

    @Test(
        arguments: [
            (nil, nil, true), (nil, 0, true), (1, nil, true), (1, 1, true), (1, 2, true),
            (2, 1, false), (7, 0, false), (0, 0, true),
        ] as [(Int?, Int?, Bool)])
    func `O3 an observation of a lower revision changes nothing`(
        _ seen: Int?,
        _ said: Int?,
        _ isTaken: Bool
    ) {
        for status in OrderStatus.allCases {
            var order = SampleOrder.after(.said(.received, code: "111111", revision: seen))
            let before = order
            let changes = order.handle(
                .said(status, code: "222222", message: "new", revision: said),
                at: SampleOrder.now)
            #expect((order.code == "222222") == isTaken)
            #expect(changes.isEmpty == !isTaken)
            if !isTaken { #expect(order == before) }
            #expect(order.providerRevision == (isTaken ? said ?? seen : seen))
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `O3 in whatever order messages come, the newest code stays`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let count = Int.random(in: 1...6, using: &random)
            var messages = Array(1...count) + Array(1...count)
            messages.shuffle(using: &random)
            var order = SampleOrder.waiting
            var told: [String] = []
            for revision in messages {
                let event = OrderEvent.said(
                    .received, code: "\(100_000 + revision)", revision: revision)
                for case .code(let code, _) in order.handle(event, at: SampleOrder.now) {
                    told.append(code)
                }
            }
            #expect(order.code == "\(100_000 + count)")
            #expect(told == told.sorted())
            #expect(Set(told).count == told.count)
            #expect(order.revision == told.count)
        }
    }

    @Test
    func `O3 a late message of a lower revision is not noted after the end either`() {
        var order = SampleOrder.after(.said(.received, code: "222222", revision: 2), .finished)
        let late = OrderEvent.said(.received, code: "111111", revision: 1)
        #expect(order.handle(late, at: SampleOrder.now).isEmpty)
        #expect(order.code == "222222")
    }

    /// The count is the order's own: another order begins its own.
    @Test
    func `O3 after a swap to another order the provider's count begins anew`() {
        var order = SampleOrder.after(
            .said(.waiting, revision: 4),
            .swapped(SwappedNumber(phone: "+62811", remoteID: "78")))
        order.handle(.said(.received, code: "111111", revision: 1), at: SampleOrder.now)
        #expect(order.code == "111111")
    }

    @Test
    func `O3 a swap within an order leaves the provider's count`() {
        var order = SampleOrder.after(
            .said(.waiting, revision: 4),
            .swapped(SwappedNumber(phone: "+62811")))
        let old = OrderEvent.said(.received, code: "111111", revision: 3)
        #expect(order.handle(old, at: SampleOrder.now).isEmpty)
    }

    // MARK: Who waits

    @Test
    func `an order is attended by the last run that waits for it, until the user keeps it`() {
        var order = SampleOrder.waiting
        #expect(order.attendant == nil)
        #expect(order.handle(.attended(run: "R1"), at: SampleOrder.now) == [.changed])
        #expect(order.handle(.attended(run: "R1"), at: SampleOrder.now).isEmpty)
        order.handle(.attended(run: "R2"), at: SampleOrder.now)
        #expect(order.attendant == "R2")
        order.handle(.cancelWanted, at: SampleOrder.now)
        #expect(order.handle(.kept, at: SampleOrder.now) == [.changed])
        #expect(order.attendant == nil)
        #expect(!order.isCancelWanted)
    }

    @Test(
        arguments: [
            .finished, .expired, .missing, .cancelled(refund: nil), .said(.finished),
            .said(.cancelled), .said(.expired),
        ] as [OrderEvent])
    func `O1 an order that is over is attended by nobody, and tells when it ended`(
        _ end: OrderEvent
    ) {
        var order = SampleOrder.after(.attended(run: "R1"))
        #expect(order.endedAt == nil)
        order.handle(end, at: SampleOrder.now + .seconds(7))
        #expect(order.attendant == nil)
        #expect(order.endedAt == SampleOrder.now + .seconds(7))
        #expect(order.handle(.attended(run: "R2"), at: SampleOrder.now).isEmpty)
        #expect(order.handle(end, at: SampleOrder.now + .seconds(99)).isEmpty)
        #expect(order.endedAt == SampleOrder.now + .seconds(7))
    }

    @Test
    func `a number whose cancel was refused is still to be given back when no message is there`() {
        var order = SampleOrder.after(.cancelWanted, .cancelRefused)
        #expect(order.isCancelRefused)
        // Asked before the cancel, and answered slowly: a message may have come in between (O4).
        order.handle(.said(.waiting, after: 0), at: SampleOrder.now)
        #expect(order.isCancelRefused)
        order.handle(.said(.waiting, after: 1), at: SampleOrder.now)
        #expect(!order.isCancelRefused)
        #expect(order.isCancelWanted)
        #expect(!SampleOrder.after(.cancelWanted, .cancelRefused, .kept).isCancelWanted)
    }
}
