import NIOCore

/// Closes a connection as soon as the client has ended its side.
///
/// The server lets clients end their side alone; no HTTP client does, and without this a client
/// that has left would be noticed only when a reply cannot be written.
final class ClientDepartureHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    private let sockets: ServerSockets

    init(sockets: ServerSockets) {
        self.sockets = sockets
    }

    func handlerAdded(context: ChannelHandlerContext) {
        sockets.open(context.channel)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        sockets.forget(context.channel)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent {
            context.close(promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }
}
