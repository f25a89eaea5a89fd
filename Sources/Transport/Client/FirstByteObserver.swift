import NIOCore
import OrderKernel
import Synchronization

/// Whether a byte of a purchase went into its connection, and whether it still may.
final class FirstByteFlag: Sendable {
    private let left = Atomic(false)
    private let departure: PurchaseDeparture

    init(_ departure: PurchaseDeparture) { self.departure = departure }

    var hasLeft: Bool { left.load(ordering: .acquiring) }

    /// Notes that a byte leaves.
    ///
    /// The first may only while the exchange, which began in time, may last; the rest follows it.
    ///
    /// - Throws: `MoonlineError` with `deadline`, `isUnsent`.
    func raise() throws(MoonlineError) {
        if hasLeft { return }
        try departure.check(after: WireRequest.purchaseTimeout)
        left.store(true, ordering: .releasing)
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
