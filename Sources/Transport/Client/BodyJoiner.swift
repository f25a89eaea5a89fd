package import NIOCore
package import NIOHTTP1

/// Joins the pieces of an answer's body that arrive together: whatever unpacks them takes 16 KiB
/// for each, and a server may send them a byte long.
package final class BodyJoiner: ChannelInboundHandler {
    package typealias InboundIn = HTTPClientResponsePart
    package typealias InboundOut = HTTPClientResponsePart

    private var joined: ByteBuffer?

    package init() {}

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .body(var piece) = unwrapInboundIn(data) else {
            pass(context)
            context.fireChannelRead(data)
            return
        }
        if joined == nil { joined = piece } else { joined?.writeBuffer(&piece) }
    }

    package func channelReadComplete(context: ChannelHandlerContext) {
        pass(context)
        context.fireChannelReadComplete()
    }

    package func channelInactive(context: ChannelHandlerContext) {
        pass(context)
        context.fireChannelInactive()
    }

    private func pass(_ context: ChannelHandlerContext) {
        guard let body = joined else { return }
        joined = nil
        context.fireChannelRead(wrapInboundOut(.body(body)))
    }
}
