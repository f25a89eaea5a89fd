import NIOCore
import Synchronization

/// Whether a byte of a request went into a connection.
final class FirstByteFlag: Sendable {
    private let left = Atomic(false)

    var hasLeft: Bool { left.load(ordering: .acquiring) }
    func raise() { left.store(true, ordering: .releasing) }
}

/// Stands at the socket's end of an established connection and notes the first write.
final class FirstByteObserver: ChannelOutboundHandler, Sendable {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let flag: FirstByteFlag

    init(_ flag: FirstByteFlag) { self.flag = flag }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        flag.raise()
        context.write(data, promise: promise)
    }
}
