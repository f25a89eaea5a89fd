import Definitions
import Hummingbird
import Logging
import Loopback
import OrderKernel
import Testing
import Transport

/// The HTTP client over real sockets on loopback.
struct NetworkTransportTests {
    private static let secret = "t0p-s3cret-key"

    private func wire(
        _ port: Int,
        _ path: String,
        place: CredentialPlace? = .header("X-API-Key"),
        prefix: String = "",
        bytes: Int = WireRequest.replyBytesMaximumDefault,
        isPurchase: Bool = false
    ) throws -> WireRequest {
        let secret = try #require(Secret(Self.secret))
        return WireRequest(
            request: ProviderRequest(method: .get, path: path, operation: "test"),
            baseURL: try BaseURL(parsing: "http://127.0.0.1:\(port)"),
            credentials: place.map { [AttachedCredential($0, secret, prefix: prefix)] } ?? [],
            isUsersOrigin: true,
            timeout: .seconds(300),
            replyBytesMaximum: bytes, departure: isPurchase ? .inTime : nil
        )
    }

    private func transport() throws -> NetworkTransport {
        NetworkTransport(
            redactor: Redactor([try #require(Secret(Self.secret))]),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    @Test func `a word stands before a credential where one is wanted`() async throws {
        let router = Router()
        router.get("echo") { request, _ in request.headers[.authorization] ?? "-" }
        let transport = try transport()
        try await LoopbackServer.run(router) { port in
            let wire = try wire(
                port, "/echo", place: .header("Authorization"), prefix: "Token ")
            let response = try await transport.send(wire)
            #expect(response.text == "Token \(Redactor.mask)")
        }
    }

    @Test(arguments: [
        CredentialPlace.header("X-API-Key"), .bearer, .basic, .query("api_key"), nil,
    ])
    func `a credential goes where the scheme says, and an echo of it is masked`(
        _ place: CredentialPlace?
    ) async throws {
        let router = Router()
        router.get("echo") { request, _ in
            let header = request.headers.first { $0.name.canonicalName == "x-api-key" }?.value
            return "\(header ?? "-") \(request.headers[.authorization] ?? "-") \(request.uri)"
        }
        let transport = try transport()
        try await LoopbackServer.run(router) { port in
            let response = try await transport.send(try wire(port, "/echo", place: place))
            let mask = Redactor.mask
            let wanted =
                switch place {
                case .header: "\(mask) - /echo"
                case .bearer: "- Bearer \(mask) /echo"
                case .basic: "- Basic \(mask) /echo"
                case .query: "- - /echo?api_key=\(mask)"
                case .json, .form, nil: "- - /echo"
                }
            #expect(response.text == wanted)
        }
        await transport.shutDown()
    }

    @Test(arguments: [false, true])
    func `a redirect is an answer, not a way`(_ isPurchase: Bool) async throws {
        let router = Router()
        router.get("away") { _, _ in Response.redirect(to: "/other", type: .found) }
        router.get("other") { _, _ in "reached" }
        let transport = try transport()
        try await LoopbackServer.run(router) { port in
            let response = try await transport.send(try wire(port, "/away", isPurchase: isPurchase))
            #expect(response.status == 302)
        }
        await transport.shutDown()
    }

    @Test(arguments: [false, true])
    func `an answer that is too large is refused`(_ isPurchase: Bool) async throws {
        let router = Router()
        router.get("large") { _, _ in String(repeating: "x", count: 200_000) }
        let transport = try transport()
        try await LoopbackServer.run(router) { port in
            let error = await #expect(throws: MoonlineError.self) {
                try await transport.send(
                    try wire(port, "/large", bytes: 100_000, isPurchase: isPurchase)
                )
            }
            #expect(error?.code == .protocol)
            #expect(error?.isUnsent == false)
        }
        await transport.shutDown()
    }

    @Test(arguments: [0, 1])
    func `an answer of 16 MiB is read, and one with a byte more is refused`(
        _ excess: Int
    ) async throws {
        let router = Router()
        router.get("full") { _, _ in
            ByteBuffer(repeating: UInt8(ascii: "x"), count: 16 * 1024 * 1024 + excess)
        }
        let transport = try transport()
        try await LoopbackServer.run(router) { port in
            // Without a key, for which all of it would be gone through.
            let wire = try wire(port, "/full", place: nil)
            if excess == 0 {
                #expect(try await transport.send(wire).text.utf8.count == 16 * 1024 * 1024)
            } else {
                let error = await #expect(throws: MoonlineError.self) {
                    try await transport.send(wire)
                }
                #expect(error?.code == .protocol)
            }
        }
        await transport.shutDown()
    }

    @Test(arguments: [false, true])
    func `a port that nobody listens on is a network failure before the first byte`(
        _ isPurchase: Bool
    ) async throws {
        // A port that was free a moment ago.
        let free = FreePort.find()
        let transport = try transport()
        let error = await #expect(throws: MoonlineError.self) {
            try await transport.send(try wire(free, "/", isPurchase: isPurchase))
        }
        #expect(error?.code == .network)
        #expect(error?.isUnsent == true)
        await transport.shutDown()
    }

    @Test func `an origin that only a definition names may not be private`() async throws {
        var wire = try wire(1, "/")
        wire.isUsersOrigin = false
        wire.reach = .everywhere
        wire.baseURL = try BaseURL(parsing: "https://127.0.0.1:1")
        let transport = try transport()
        let error = await #expect(throws: MoonlineError.self) { try await transport.send(wire) }
        #expect(error?.code == .forbidden)
        #expect(error?.isUnsent == true)
        await transport.shutDown()
    }
}
