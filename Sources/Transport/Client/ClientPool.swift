import AsyncHTTPClient
import Definitions
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL
import OrderKernel

/// One HTTP client for each origin and checked address, on a shared group of event loops.
actor ClientPool {
    private let trustRoots: NIOSSLTrustRoots
    private var clients: [Key: HTTPClient] = [:]

    /// - Parameter trustRoots: whose certificates are believed.
    init(trustRoots: NIOSSLTrustRoots) { self.trustRoots = trustRoots }

    private struct Key: Hashable {
        let origin: String
        let address: IPAddress
    }

    /// Time for a connection to be made: a third of a read's.
    static let connectTimeout = TimeAmount.seconds(5)

    /// Does work with a client, which is kept for as long as the work lasts.
    ///
    /// - Throws: what the work throws.
    func withClient<Value: Sendable>(
        for baseURL: BaseURL,
        at address: IPAddress,
        _ work: @Sendable (HTTPClient) async throws -> Value
    ) async throws -> Value {
        let key = Key(origin: baseURL.origin, address: address)
        let client = client(for: baseURL, at: address, key)
        busy[key, default: 0] += 1
        defer {
            busy[key] = busy[key].flatMap { $0 > 1 ? $0 - 1 : nil }
            if clients.count > Self.clientsMaximum { dropOldest() }
        }
        return try await work(client)
    }

    private func client(
        for baseURL: BaseURL,
        at address: IPAddress,
        _ key: Key
    ) -> HTTPClient {
        uses += 1
        if let client = clients[key] {
            lastUse[key] = uses
            return client
        }
        if clients.count >= Self.clientsMaximum { dropOldest() }
        lastUse[key] = uses
        let client = makeClient(for: baseURL, at: address)
        clients[key] = client
        return client
    }

    /// A name may lead to another address each time.
    private static let clientsMaximum = 64
    private var uses = 0
    private var lastUse: [Key: Int] = [:]
    /// How many requests each has under way: one file's many addresses end no other's request.
    private var busy: [Key: Int] = [:]

    // The one that was used longest ago: others have had as many requests since.
    private func dropOldest() {
        let idle = lastUse.filter { busy[$0.key] == nil }
        guard let oldest = idle.min(by: { $0.value < $1.value })?.key else { return }
        lastUse[oldest] = nil
        clients.removeValue(forKey: oldest)?.shutdown { _ in }
    }

    func shutDown() async {
        let all = clients.values
        clients = [:]
        for client in all { try? await client.shutdown() }
    }

    deinit {
        for client in clients.values { client.shutdown { _ in } }
    }

    nonisolated private var tlsConfiguration: TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.trustRoots = trustRoots
        return configuration
    }

    /// A client that reaches one address only, follows nothing and unpacks no bombs.
    nonisolated func makeClient(
        for baseURL: BaseURL,
        at address: IPAddress,
        flag: FirstByteFlag? = nil
    ) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        configuration.tlsConfiguration = tlsConfiguration
        configuration.timeout.connect = Self.connectTimeout
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.idleTimeout = .seconds(30)
        configuration.decompression = .enabled(limit: .size(WireRequest.replyBytesMaximumDefault))
        if IPAddress(baseURL.host) == nil {
            configuration.dnsOverride = [baseURL.host: address.description]
        }
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.eventLoop.submit {
                let pipeline = channel.pipeline.syncOperations
                let decoder = try pipeline.handler(
                    type: ByteToMessageHandler<HTTPResponseDecoder>.self)
                try pipeline.addHandler(BodyJoiner(), position: .after(decoder))
                guard let flag else { return }
                try pipeline.addHandler(FirstByteObserver(flag), position: .first)
            }
        }
        return HTTPClient(
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration
        )
    }
}
