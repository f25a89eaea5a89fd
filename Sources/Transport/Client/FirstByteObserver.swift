import NIOCore
import OrderKernel
import Synchronization

/// Whether a byte of a purchase went into its connection, and whether it still may.
final class FirstByteFlag: Sendable {
    private enum State {
        case open, left, closed
    }

    private let state = Mutex(State.open)
    private let departure: PurchaseDeparture

    init(_ departure: PurchaseDeparture) { self.departure = departure }

    var hasLeft: Bool { state.withLock { $0 == .left } }

    /// Notes that a byte leaves.
    ///
    /// The first may only while the exchange, which began in time, may last; the rest follows it.
    ///
    /// - Throws: `MoonlineError` with `deadline`, `isUnsent`.
    func raise() throws(MoonlineError) {
        try state.withLock { state throws(MoonlineError) in
            if state == .left { return }
            guard state == .open else {
                throw MoonlineError(
                    .deadline, "the exchange was over, so nothing was sent", isUnsent: true)
            }
            try departure.check(after: WireRequest.purchaseTimeout)
            state = .left
        }
    }

    /// The exchange is over: where no byte left, none does any more.
    func close() {
        state.withLock { if $0 == .open { $0 = .closed } }
    }
}

/// Stands at the socket's end of an established connection and notes the first write.
final class FirstByteObserver: ChannelOutboundHandler, Sendable {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let flag: FirstByteFlag

    init(_ flag: FirstByteFlag) { self.flag = flag }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        do {
            try flag.raise()
            context.write(data, promise: promise)
        } catch {
            promise?.fail(error)
            context.fireErrorCaught(error)
            context.close(promise: nil)
        }
    }
}
