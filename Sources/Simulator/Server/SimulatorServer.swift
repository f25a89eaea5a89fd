package import Hummingbird
public import Logging
import NIOCore
import NIOPosix

/// The four documented providers on one port.
public struct SimulatorServer: Sendable {
    private let configuration: SimulatorConfiguration
    private let logger: Logger
    private let state: SimulatorState

    /// Creates the providers with fresh accounts; nothing listens yet.
    ///
    /// - Parameters:
    ///   - configuration: Keys, stock, speed and faults.
    ///   - logger: Is told of every request that a fault strikes, at level debug.
    ///   - now: Milliseconds since 1970; tests give a clock that they move themselves.
    public init(
        configuration: SimulatorConfiguration = SimulatorConfiguration(),
        logger: Logger,
        now: @escaping @Sendable () -> Int64 = SimulatorClock.system()
    ) {
        self.configuration = configuration
        self.logger = logger
        state = SimulatorState(configuration: configuration, now: now)
    }

    /// Listens until the task is cancelled, then closes every connection and returns.
    ///
    /// - Parameter onListening: Is given the port as soon as the system has bound it.
    /// - Throws: The system's error if the address or the port cannot be had.
    public func run(
        onListening: @escaping @Sendable (_ port: Int) async -> Void
    ) async throws {
        let sockets = ServerSockets()
        let application = application(sockets: sockets, onListening: onListening)
        // A future, and not a child task, because the cancellation must reach the sockets only.
        let ended = MultiThreadedEventLoopGroup.singleton.any().makeFutureWithTask {
            try await application.run()
        }
        do {
            try await withTaskCancellationHandler {
                try await ended.get()
            } onCancel: {
                sockets.stop()
            }
        } catch {
            guard Task.isCancelled else { throw error }
        }
    }

    /// What `/_simulator/state` answers, for tests in the same process.
    package func overview() async -> String { await state.overview().text }

    /// The application without a listening socket, for tests that speak to the router.
    package func application() -> some ApplicationProtocol {
        application(sockets: ServerSockets()) { _ in }
    }

    private func application(
        sockets: ServerSockets,
        onListening: @escaping @Sendable (_ port: Int) async -> Void
    ) -> some ApplicationProtocol {
        Application(
            router: router(),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [ClientDepartureHandler(sockets: sockets)])),
            configuration: .init(address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { channel in
                sockets.listen(on: channel)
                await onListening(channel.localAddress?.port ?? 0)
            },
            logger: serverLogger
        )
    }

    /// The server calls its own end an error.
    private var serverLogger: Logger {
        var serverLogger = logger
        serverLogger.logLevel = .critical
        return serverLogger
    }

    private func router() -> Router<SimulatorContext> {
        let router = Router(context: SimulatorContext.self)
        for dialect in configuration.dialects {
            for endpoint in dialect.endpoints {
                let responder = ProviderResponder(
                    state: state, endpoint: endpoint, dialect: dialect, speed: configuration.speed,
                    logger: logger)
                router.on(
                    RouterPath(endpoint.path), method: endpoint.method, use: responder.respond)
            }
        }
        ControlResponder(state: state).addRoutes(to: router)
        return router
    }
}
