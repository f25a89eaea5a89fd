import NIOCore
import NIOPosix
import Synchronization

/// The listening socket and the connections of a running server, so that it can be stopped.
///
/// A server whose task is cancelled drops connections that it has accepted and not yet looked at,
/// and swift-nio ends the process for that. So the sockets are closed instead, the listening one
/// first, and the server comes to its end by itself.
final class ServerSockets: Sendable {
    private struct State {
        var listener: (any Channel)?
        var connections: [ObjectIdentifier: any Channel] = [:]
        var isStopping = false
    }

    private let state = Mutex(State())

    func listen(on channel: any Channel) {
        let isStopping = state.withLock { state in
            state.listener = channel
            return state.isStopping
        }
        if isStopping { close(channel) }
    }

    func open(_ channel: any Channel) {
        let isStopping = state.withLock { state in
            state.connections[ObjectIdentifier(channel)] = channel
            return state.isStopping
        }
        if isStopping { channel.close(promise: nil) }
    }

    func forget(_ channel: any Channel) {
        state.withLock { state in
            state.connections[ObjectIdentifier(channel)] = nil
        }
    }

    /// Closes everything, now or as soon as it is there.
    func stop() {
        let listener = state.withLock { state in
            state.isStopping = true
            return state.listener
        }
        if let listener { close(listener) }
    }

    /// Stops accepting, lets what is being accepted arrive at the server, and then closes.
    private func close(_ listener: any Channel) {
        listener.setOption(.autoRead, value: false)
            .flatMap { Self.settled(rounds: 3, on: listener.eventLoop) }
            .flatMap { listener.close() }
            .whenComplete { _ in
                let connections = self.state.withLock { Array($0.connections.values) }
                for connection in connections { connection.close(promise: nil) }
            }
    }

    /// A new connection hops from the listener's event loop to its own and back.
    private static func settled(rounds: Int, on eventLoop: any EventLoop) -> EventLoopFuture<Void> {
        guard rounds > 0 else { return eventLoop.makeSucceededVoidFuture() }
        let hops = MultiThreadedEventLoopGroup.singleton.makeIterator().map { $0.submit {} }
        return EventLoopFuture.andAllComplete(Array(hops), on: eventLoop)
            .flatMap { settled(rounds: rounds - 1, on: eventLoop) }
    }
}
