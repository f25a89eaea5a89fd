import Foundation
import NIOCore
import NIOPosix

/// The connection of a request, as far as faults meddle with it.
struct Connection: Sendable {
    let channel: any Channel

    /// Closes in an orderly way, without a reply.
    func close() async {
        try? await channel.close()
    }

    /// Resets: with no time to linger the system sends RST in place of an orderly end.
    func reset() async {
        if let socket = channel as? any SocketOptionProvider {
            try? await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        await close()
    }

    /// Waits for a time, or until the connection is closed.
    func pause(_ duration: Duration) async {
        await Self.pause(duration, untilClosed: channel)
    }

    /// Waits for a time, or until the server is stopped.
    func pauseAfterClose(_ duration: Duration) async {
        await Self.pause(duration, untilClosed: channel.parent ?? channel)
    }

    /// Sleeping would not do: a stopping server waits for its requests and does not cancel them.
    private static func pause(_ duration: Duration, untilClosed channel: any Channel) async {
        let eventLoop = MultiThreadedEventLoopGroup.singleton.any()
        let end = eventLoop.makePromise(of: Void.self)
        let timer = eventLoop.scheduleTask(in: TimeAmount(duration)) { end.succeed() }
        channel.closeFuture.whenComplete { _ in end.succeed() }
        try? await end.futureResult.get()
        timer.cancel()
    }
}
