import OrderKernel
import Synchronization

/// Since when providers have denied orders, without a word in between that they know them.
final class DenialBook: Sendable {
    private struct Denials {
        let first: Instant
        var count = 0
    }

    private let denials = Mutex<[String: Denials]>([:])

    /// Takes in that a provider does not know an order.
    ///
    /// - Returns: whether that proves by now that it is gone: it was said again and again over a
    ///   minute, which no server that starts anew needs, or the order's time is over anyway.
    func takeDenial(of order: Order, at now: Instant) -> Bool {
        let said = denials.withLock { denials in
            var said = denials[order.id] ?? Denials(first: now)
            said.count += 1
            denials[order.id] = said
            return said
        }
        let isOver = order.expiresAt + OrphanMatch.clockSkewMaximum < now
        let isProved = said.count >= Self.proofCount && now - said.first >= Self.proofSpan
        if isOver || isProved { forget(order.id) }
        return isOver || isProved
    }

    /// Whether an order is being denied, and will be lost or not within a minute.
    func isDenied(_ id: String) -> Bool { denials.withLock { $0[id] != nil } }

    /// The provider knows the order.
    func forget(_ id: String) {
        denials.withLock { $0[id] = nil }
    }

    private static let proofCount = 3
    private static let proofSpan = Duration.seconds(60)
}
