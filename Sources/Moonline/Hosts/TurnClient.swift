import NIOCore
import NIOPosix
import OrderKernel

/// Asks the owner of a token, over its Unix socket.
enum TurnClient {
    /// What came of a question.
    enum Outcome: Sendable {
        case answer(TurnAnswer)
        /// Nobody listens.
        case gone
        /// Somebody listens and says nothing.
        case silent
    }

    /// An owner answers within milliseconds; one that is stopped does not.
    static let patienceDefault = Duration.seconds(10)

    static func ask(
        _ message: TurnMessage,
        path: String,
        patience: Duration
    ) async -> Outcome {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let promise = loop.makePromise(of: [UInt8].self)
        let timeout = loop.scheduleTask(in: .milliseconds(patience.milliseconds)) {
            promise.fail(TurnSilence())
        }
        var opened: (any Channel)?
        // A question that is not answered leaves nothing open.
        defer { opened?.close(promise: nil) }
        do {
            let channel = try await ClientBootstrap(group: loop)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandlers(
                            ByteToMessageHandler(TurnLineDecoder()), TurnClientHandler(promise)
                        )
                    }
                }
                .connect(unixDomainSocketPath: path).get()
            opened = channel
            channel.writeAndFlush(ByteBuffer(bytes: TurnLine.encoded(message)), promise: nil)
            let line = try await promise.futureResult.get()
            timeout.cancel()
            return TurnLine.decoded(TurnAnswer.self, line).map { .answer($0) } ?? .gone
        } catch {
            timeout.cancel()
            promise.fail(error)
            return error is TurnSilence ? .silent : .gone
        }
    }
}

private struct TurnSilence: Error {}

private final class TurnClientHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let promise: EventLoopPromise<[UInt8]>

    init(_ promise: EventLoopPromise<[UInt8]>) { self.promise = promise }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        promise.succeed(Array(unwrapInboundIn(data).readableBytesView))
    }

    func channelInactive(context: ChannelHandlerContext) {
        promise.fail(ChannelError.eof)
        context.fireChannelInactive()
    }
}
