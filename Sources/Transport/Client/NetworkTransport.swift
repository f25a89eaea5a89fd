import AsyncHTTPClient
package import Definitions
package import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
package import NIOSSL
package import OrderKernel

/// HTTPS over async-http-client, within the host policy.
///
/// Invariant I1: a request goes to the origin that its definition or the user named, and nowhere
/// else; no redirect is followed.
package struct NetworkTransport: HTTPTransport {
    private let pool: ClientPool
    private let resolver: AddressResolver
    private let redactor: Redactor
    private let logger: Logger

    /// - Parameter trustRoots: whose certificates are believed; those of the system by default.
    package init(
        redactor: Redactor,
        logger: Logger,
        resolver: AddressResolver = AddressResolver(),
        trustRoots: NIOSSLTrustRoots = .default
    ) {
        pool = ClientPool(trustRoots: trustRoots)
        self.resolver = resolver
        self.redactor = redactor
        self.logger = logger
    }

    package func shutDown() async { await pool.shutDown() }

    package func send(
        _ wire: WireRequest
    ) async throws(MoonlineError) -> ProviderResponse {
        guard wire.baseURL.scheme == "https" || wire.isUsersOrigin else {
            throw MoonlineError(.forbidden, "\(wire.baseURL.origin) is not https", isUnsent: true)
        }
        try wire.departure?.check()
        // One for all of it: a name may have many addresses that lead nowhere.
        let deadline = NIODeadline.now() + .milliseconds(wire.timeout.milliseconds)
        let addresses = try await resolver.addresses(
            of: wire.baseURL.host, within: wire.reach, until: deadline
        )
        logger.trace("→ \(wire.request.method.verb) \(redactor.redact(wire.shownURL))")
        var failure = MoonlineError(
            .network, "\(wire.baseURL.origin) could not be looked up in time", isUnsent: true)
        for address in addresses {
            guard NIODeadline.now() < deadline else { break }
            do {
                return try await attempt(wire, address, deadline)
            } catch {
                failure = error
                logger.trace("✗ \(wire.request.operation) at \(address.description): \(error)")
                // Only when nothing left may the next address be tried.
                guard error.isUnsent, error.code == .network else { throw error }
            }
        }
        throw failure
    }

    private func attempt(
        _ wire: WireRequest,
        _ address: IPAddress,
        _ deadline: NIODeadline
    ) async throws(MoonlineError) -> ProviderResponse {
        let flag = wire.departure.map { FirstByteFlag($0) }
        do {
            let response =
                if let flag {
                    try await sendAlone(wire, address, flag, deadline)
                } else {
                    try await pool.withClient(for: wire.baseURL, at: address) {
                        try await exchange(wire, $0, deadline)
                    }
                }
            let size = response.body.count
            logger.trace("← \(response.status) \(wire.request.operation), \(size) B")
            return response
        } catch {
            var failure = TransportFailure.error(error, origin: wire.baseURL.origin)
            failure.isUnsent =
                flag.map { !$0.hasLeft } ?? TransportFailure.isBeforeConnection(error)
            failure.message = redactor.mask(
                answering: wire.credentials.map(\.secret), to: wire.issuer
            ).redact(failure.message)
            throw failure
        }
    }

    // A purchase has a connection of its own: then a byte that left is a byte of this purchase.
    private func sendAlone(
        _ wire: WireRequest,
        _ address: IPAddress,
        _ flag: FirstByteFlag,
        _ deadline: NIODeadline
    ) async throws -> ProviderResponse {
        let client = pool.makeClient(for: wire.baseURL, at: address, flag: flag)
        defer {
            flag.close()
            // What was paid for is handed on at once: a server may take its time to say goodbye.
            client.shutdown { _ in }
        }
        return try await exchange(wire, client, deadline)
    }

    // The client's futures, because their deadline covers the body too. A purchase goes on when its
    // task is cancelled: an answer on its way is never thrown away.
    private func exchange(
        _ wire: WireRequest,
        _ client: HTTPClient,
        _ deadline: NIODeadline
    ) async throws -> ProviderResponse {
        let request = try HTTPClient.Request(
            url: wire.url, method: method(of: wire), headers: headers(of: wire),
            body: wire.body.map { .bytes($0) }
        )
        // The client reads the URL again, and asks the system for a host that it reads differently.
        guard Self.name(request.host) == wire.baseURL.host, request.port == wire.baseURL.port,
            request.scheme == wire.baseURL.scheme
        else {
            throw MoonlineError(
                .forbidden, "\(wire.baseURL.origin) is not understood by everyone in the same way",
                isUnsent: true)
        }
        let collector = ResponseAccumulator(request: request, maxBodySize: wire.replyBytesMaximum)
        let task = client.execute(
            request: request, delegate: collector, deadline: deadline
        )
        let response = try await withTaskCancellationHandler {
            try await task.futureResult.get()
        } onCancel: {
            if wire.departure == nil { task.cancel() }
        }
        try Self.check(response.headers, of: wire)
        return answer(to: wire, Int(response.status.code), response.headers, response.body)
    }

    // The client writes an IPv6 address as a URL does.
    private static func name(_ host: String) -> String {
        host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    }

    /// Headers of an answer; no provider sends a tenth of them.
    private static let headersMaximum = 64
    private static let headerBytesMaximum = 16 << 10

    private static func check(_ headers: HTTPHeaders, of wire: WireRequest) throws {
        let bytes = headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        guard headers.count <= headersMaximum, bytes <= headerBytesMaximum else {
            throw MoonlineError(
                .protocol, "\(wire.baseURL.origin) answered with more headers than are accepted")
        }
    }

    private func method(of wire: WireRequest) -> NIOHTTP1.HTTPMethod {
        NIOHTTP1.HTTPMethod(rawValue: wire.request.method.verb)
    }

    private func headers(of wire: WireRequest) -> HTTPHeaders {
        var headers = HTTPHeaders()
        headers.add(name: "User-Agent", value: "moonline")
        headers.add(name: "Accept", value: "application/json, text/plain;q=0.9")
        for header in wire.request.headers {
            headers.replaceOrAdd(name: header.name, value: header.value)
        }
        for (name, value) in wire.credentialHeaders {
            headers.replaceOrAdd(name: name, value: value)
        }
        return headers
    }

    private func answer(
        to wire: WireRequest,
        _ status: Int,
        _ headers: HTTPHeaders,
        _ body: ByteBuffer?
    ) -> ProviderResponse {
        let bytes = body.map { Array(buffer: $0) } ?? []
        let mask = redactor.mask(answering: wire.credentials.map(\.secret), to: wire.issuer)
        return ProviderResponse(
            status: status,
            headers: headers.map {
                ProviderRequest.Parameter(mask.redact($0.name), mask.redact($0.value))
            },
            body: wire.isLogin ? bytes : mask.redact(bytes)
        )
    }
}
