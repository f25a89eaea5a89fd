import Foundation
import NIOCore

/// Keeps what a connection receives, and how it ends.
final class EndingRecorder: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    struct Ending: Sendable {
        let received: String
        /// Whether the end was a reset and not an orderly one.
        let isReset: Bool
    }

    private let promise: EventLoopPromise<Ending>
    private var received = ""
    private var isReset = false

    init(promise: EventLoopPromise<Ending>) {
        self.promise = promise
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += String(buffer: unwrapInboundIn(data))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        isReset = (error as? IOError)?.errnoCode == ECONNRESET
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        promise.succeed(Ending(received: received, isReset: isReset))
    }
}
