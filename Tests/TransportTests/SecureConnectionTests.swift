import Definitions
import Foundation
import Hummingbird
import HummingbirdTLS
import Logging
import Loopback
import NIOCore
import NIOSSL
import OrderKernel
import Testing
import Transport

/// What a server has to prove before a request leaves, over real sockets on loopback.
struct SecureConnectionTests {
    private static let name = "provider.test"

    /// What is wrong with a server.
    enum Flaw: CaseIterable {
        case anotherName, unknownAuthority, expired, oldProtocol

        func server(_ authority: TestAuthority) throws -> TLSConfiguration {
            switch self {
            case .anotherName: try authority.server(named: "other.test")
            case .unknownAuthority: try TestAuthority().server(named: name)
            case .expired: try authority.server(named: name, until: TestAuthority.earlier)
            case .oldProtocol: try authority.server(named: name, maximum: .tlsv11)
            }
        }
    }

    // The name is looked up once, by the resolver that checks addresses.
    private static func transport(_ authority: TestAuthority) throws -> NetworkTransport {
        NetworkTransport(
            redactor: Redactor([]), logger: Logger(label: "test"),
            resolver: AddressResolver { host, _ in
                host == name ? [IPAddress("127.0.0.1")].compactMap(\.self) : []
            },
            trustRoots: try authority.trustRoots)
    }

    private static func wire(_ port: Int, isPurchase: Bool) throws -> WireRequest {
        WireRequest(
            request: ProviderRequest(method: .get, path: "/buy", operation: "buy"),
            baseURL: try BaseURL(parsing: "https://\(name):\(port)"),
            credentials: [
                AttachedCredential(.bearer, try #require(Secret("t0p-s3cret-key")), prefix: "")
            ],
            isUsersOrigin: false, reach: .specially, timeout: .seconds(300),
            departure: isPurchase ? .inTime : nil)
    }

    @Test(arguments: [false, true], [TLSVersion.tlsv12, .tlsv13])
    func `a server with a certificate for its name is spoken to, at the checked address`(
        _ isPurchase: Bool,
        _ version: TLSVersion
    ) async throws {
        let authority = try TestAuthority()
        let router = Router()
        router.get("buy") { request, _ in request.head.authority ?? "-" }
        let transport = try Self.transport(authority)
        let server = try authority.server(named: Self.name, maximum: version)
        try await LoopbackServer.run(router, server: .tls(.http1(), tlsConfiguration: server)) {
            port in
            let response = try await transport.send(try Self.wire(port, isPurchase: isPurchase))
            #expect(response.text == "\(Self.name):\(port)")
        }
        await transport.shutDown()
    }

    @Test(arguments: [false, true], Flaw.allCases)
    func `a server that cannot prove its name gets no request, and a purchase was not sent`(
        _ isPurchase: Bool,
        _ flaw: Flaw
    ) async throws {
        let authority = try TestAuthority()
        let arrivals = Counter()
        let router = Router()
        router.get("buy") { _, _ in "\(arrivals.next())" }
        let transport = try Self.transport(authority)
        let server = try flaw.server(authority)
        try await LoopbackServer.run(router, server: .tls(.http1(), tlsConfiguration: server)) {
            port in
            let error = await #expect(throws: MoonlineError.self) {
                try await transport.send(try Self.wire(port, isPurchase: isPurchase))
            }
            #expect(error?.code == .network)
            #expect(error?.message.contains("no secure connection to") == true, "\(flaw)")
            if isPurchase { #expect(error?.isUnsent == true) }
            #expect(arrivals.next() == 0)
        }
        await transport.shutDown()
    }
}
