import OrderKernel
import Testing

/// Every sequence of up to five events, in every state that one reaches.
///
/// Orders are values: two sequences that lead to equal orders go on alike, so each distinct order
/// is followed once, and every step from it is checked.
struct OrderSequenceTests {
    private static let eventsMaximum = 5

    @Test
    func `O1 O3 O4 M6 no sequence of up to five events breaks an invariant`() {
        var seen: Set<Order> = [SampleOrder.waiting]
        var front = seen
        var violations: [String] = []
        for _ in 0..<Self.eventsMaximum {
            var next: Set<Order> = []
            for before in front {
                for event in SampleOrder.events {
                    var after = before
                    let changes = after.handle(event, at: SampleOrder.now)
                    for broken in Self.broken(before, event, after, changes) {
                        violations.append("\(broken): \(before.state) \(event) \(after.state)")
                    }
                    if seen.insert(after).inserted { next.insert(after) }
                }
            }
            front = next
        }
        #expect(violations.isEmpty, "\(violations.prefix(5))")
        #expect(Set(seen.map(\.state)) == Set(OrderState.allCases))
        #expect(seen.count > 200)
    }

    private static func broken(
        _ before: Order,
        _ event: OrderEvent,
        _ after: Order,
        _ changes: [OrderChange]
    ) -> [String] {
        var broken: [String] = []
        if !isLegal(before.state, after.state, event) { broken.append("O1") }
        if before.state.isTerminal, !isLateNote(before, after) { broken.append("O1 absorbing") }
        let isNew = after.code != before.code
        if after.revision != before.revision + (isNew ? 1 : 0) { broken.append("O3") }
        let isSame = after.remoteID == before.remoteID
        if isSame, (after.providerRevision ?? -1) < (before.providerRevision ?? -1) {
            broken.append("O3 of the provider")
        }
        let told = changes.filter { if case .code = $0 { true } else { false } }
        let code = after.code.map { OrderChange.code($0, isLate: before.state.isTerminal) }
        if told != (isNew ? [code].compactMap(\.self) : []) { broken.append("O2 told once") }
        if after.hasEvidence, after.isCancelWanted { broken.append("O4") }
        if before.hasEvidence, !after.hasEvidence { broken.append("evidence lost") }
        if (after.refund == .none) == after.state.isTerminal { broken.append("M6 settled") }
        if !isLegal(before.refund, after.refund, event) { broken.append("M6") }
        if (after.endedAt != nil) != after.state.isTerminal { broken.append("end") }
        if after.state.isTerminal, after.attendant != nil { broken.append("attended for nothing") }
        if changes.isEmpty != (after == before) { broken.append("silent change") }
        return broken
    }

    /// What may change after the end: a late code or message, the money's way back, and the number
    /// where a swap is learnt of.
    private static func isLateNote(_ before: Order, _ after: Order) -> Bool {
        var noted = before
        noted.phone = after.phone
        noted.restore(
            state: before.state, code: after.code, message: after.message,
            revision: after.revision, baseline: before.baseline, refund: after.refund,
            isCancelWanted: before.isCancelWanted, awaitedRefund: after.awaitedRefund,
            isEvidenced: before.isEvidenced, isCancelRefused: before.isCancelRefused,
            providerRevision: after.providerRevision, endedAt: before.endedAt,
            attendant: before.attendant, cancelRefusals: before.cancelRefusals
        )
        return noted == after && !after.isCancelWanted
    }

    /// The money's own machine: it is due, then seen or overdue, and each is recorded once.
    private static func isLegal(_ before: Refund, _ after: Refund, _ event: OrderEvent) -> Bool {
        switch (before, after) {
        case (.none, .seen): event == .cancelled(refund: SampleOrder.price)
        case (.none, .overdue): false
        case (.none, _): true
        case (.due, .seen), (.overdue, .seen): event == .refundSeen
        case (.due, .overdue): event == .refundLate
        default: before == after
        }
    }

    /// The transitions that there are.
    private static func isLegal(
        _ before: OrderState,
        _ after: OrderState,
        _ event: OrderEvent
    ) -> Bool {
        switch (before, after) {
        case (.waiting, _): true
        case (.received, .waiting): if case .resent = event { true } else { false }
        case (.received, _): true
        default: before == after
        }
    }
}
