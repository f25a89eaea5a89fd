import NIOCore
import NIOPosix
import OrderKernel

/// Tells other processes their turns, over a Unix socket.
final class TurnServer: Sendable {
    private let channel: any Channel

    /// - Throws: `MoonlineError` with `internal` when the socket cannot be made.
    init(
        path: String,
        answer: @escaping @Sendable (TurnMessage) async -> TurnAnswer
    ) async throws(MoonlineError) {
        do {
            channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandlers(
                            ByteToMessageHandler(TurnLineDecoder()), TurnServerHandler(answer)
                        )
                    }
                }
                .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get()
        } catch {
            throw MoonlineError(
                .internal, "the socket \(path) cannot be made (\(error)); remove it and run again")
        }
    }

    // Without it, whoever asks would be told to wait for ever.
    deinit { channel.close(promise: nil) }

    /// Ends it; processes that ask find nobody.
    func close() async { try? await channel.close() }
}

/// One question a line, one answer a line.
private final class TurnServerHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let answer: @Sendable (TurnMessage) async -> TurnAnswer

    init(_ answer: @escaping @Sendable (TurnMessage) async -> TurnAnswer) { self.answer = answer }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let line = Array(unwrapInboundIn(data).readableBytesView)
        guard let message = TurnLine.decoded(TurnMessage.self, line) else {
            return context.close(promise: nil)
        }
        let (answer, channel) = (answer, context.channel)
        context.eventLoop.makeFutureWithTask { await answer(message) }
            .whenSuccess { answer in
                channel.writeAndFlush(ByteBuffer(bytes: TurnLine.encoded(answer)), promise: nil)
            }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
