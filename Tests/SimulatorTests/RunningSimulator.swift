import Logging
import NIOCore
import NIOPosix
import Simulator
import Testing

/// The simulator on a port of its own, and a client that sees every byte.
struct RunningSimulator: Sendable {
    struct Connection: Sendable {
        let channel: any Channel
        let ending: EventLoopFuture<EndingRecorder.Ending>
    }

    let port: Int
    let balance = get("/wp-json/legitsms/v1/balance?api_key=sim-legitsms-key")
    let state = get("/_simulator/state")
    let purchase = post(
        "/wp-json/legitsms/v1/order?api_key=sim-legitsms-key&service=wa&country=6", body: "")

    /// Runs a test against a simulator that is stopped afterwards.
    static func run<Value: Sendable>(
        _ test: @escaping @Sendable (RunningSimulator) async throws -> Value
    ) async throws -> Value {
        var configuration = SimulatorConfiguration()
        configuration.speed = 1000
        configuration.silentServices = ["whatsapp"]
        let server = SimulatorServer(configuration: configuration, logger: Logger(label: "test"))
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { continuation.finish() }
                try await server.run { port in continuation.yield(port) }
            }
            let port = try #require(await ports.first { _ in true })
            let value = try await test(RunningSimulator(port: port))
            group.cancelAll()
            try await group.waitForAll()
            return value
        }
    }

    func connect() async throws -> Connection {
        let group = MultiThreadedEventLoopGroup.singleton
        let promise = group.next().makePromise(of: EndingRecorder.Ending.self)
        do {
            let channel = try await ClientBootstrap(group: group)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let recorder = EndingRecorder(promise: promise)
                        try channel.pipeline.syncOperations.addHandler(recorder)
                    }
                }
                .connect(host: "127.0.0.1", port: port).get()
            return Connection(channel: channel, ending: promise.futureResult)
        } catch {
            promise.fail(error)
            throw error
        }
    }

    /// Sends a request and reads until the connection ends.
    func send(_ request: String) async throws -> EndingRecorder.Ending {
        let connection = try await connect()
        connection.channel.writeAndFlush(ByteBuffer(string: request), promise: nil)
        return try await connection.ending.get()
    }

    func sendAndLeave(_ request: String) async throws {
        let connection = try await connect()
        try await connection.channel.writeAndFlush(ByteBuffer(string: request))
        try await connection.channel.close()
    }

    func add(_ kind: String) async throws {
        let ending = try await send(
            Self.post("/_simulator/faults", body: #"{"kind":"\#(kind)"}"#))
        try #require(ending.received.hasPrefix("HTTP/1.1 201 "))
    }

    private static func get(_ path: String) -> String {
        "GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    }

    private static func post(_ path: String, body: String) -> String {
        """
        POST \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
        Content-Length: \(body.utf8.count)\r\n\r\n\(body)
        """
    }
}
