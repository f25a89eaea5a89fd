import AsyncHTTPClient
import Definitions
import Logging
import NIOCore
import NIOHTTPCompression
import NIOPosix
import NIOSSL
import OrderKernel

/// One HTTP client for each origin and checked address, on a shared group of event loops.
actor ClientPool {
    private var clients: [Key: HTTPClient] = [:]

    private struct Key: Hashable {
        let origin: String
        let address: IPAddress
    }

    /// Time for a connection to be made: a third of a read's.
    static let connectTimeout = TimeAmount.seconds(5)

    func client(for baseURL: BaseURL, at address: IPAddress) -> HTTPClient {
        let key = Key(origin: baseURL.origin, address: address)
        uses += 1
        if let client = clients[key] {
            lastUse[key] = uses
            return client
        }
        if clients.count >= Self.clientsMaximum { dropOldest() }
        lastUse[key] = uses
        let client = Self.makeClient(for: baseURL, at: address)
        clients[key] = client
        return client
    }

    /// A name may lead to another address each time.
    private static let clientsMaximum = 64
    private var uses = 0
    private var lastUse: [Key: Int] = [:]

    // The one that was used longest ago: others have had as many requests since.
    private func dropOldest() {
        guard let oldest = lastUse.min(by: { $0.value < $1.value })?.key else { return }
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

    private static var tlsConfiguration: TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        return configuration
    }

    /// A client that reaches one address only, follows nothing and unpacks no bombs.
    static func makeClient(
        for baseURL: BaseURL,
        at address: IPAddress,
        flag: FirstByteFlag? = nil
    ) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        configuration.tlsConfiguration = tlsConfiguration
        configuration.timeout.connect = connectTimeout
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.idleTimeout = .seconds(30)
        configuration.decompression = .enabled(limit: .size(WireRequest.replyBytesMaximumDefault))
        if IPAddress(baseURL.host) == nil {
            configuration.dnsOverride = [baseURL.host: address.description]
        }
        if let flag {
            configuration.http1_1ConnectionDebugInitializer = { channel in
                channel.pipeline.addHandler(FirstByteObserver(flag), position: .first)
            }
        }
        return HTTPClient(
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration
        )
    }
}
