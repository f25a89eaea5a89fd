import Definitions
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Loopback
import NIOCore
import OrderKernel
import Testing
import Transport

/// What bounds an exchange: time, sizes, and the address that was checked.
struct ExchangeLimitTests {
    private static func wire(
        _ base: String,
        _ path: String,
        timeout: Duration = .seconds(300),
        isPurchase: Bool = false,
        isSpecial: Bool = false
    ) throws -> WireRequest {
        WireRequest(
            request: ProviderRequest(method: .get, path: path, operation: "test"),
            baseURL: try BaseURL(parsing: base), credentials: [], isUsersOrigin: true,
            reach: isSpecial ? .specially : nil, timeout: timeout,
            departure: isPurchase ? .inTime : nil)
    }

    private static func transport(
        _ resolver: AddressResolver = AddressResolver()
    ) -> NetworkTransport {
        NetworkTransport(redactor: Redactor([]), logger: Logger(label: "test"), resolver: resolver)
    }

    private static func failure(
        _ router: Router<BasicRequestContext>,
        _ path: String,
        timeout: Duration = .seconds(300),
        isPurchase: Bool = false
    ) async throws -> MoonlineError? {
        let transport = transport()
        let found = AsyncStream.makeStream(of: MoonlineError?.self)
        try await LoopbackServer.run(router) { port in
            let wire = try wire(
                "http://127.0.0.1:\(port)", path, timeout: timeout, isPurchase: isPurchase)
            let error = await #expect(throws: MoonlineError.self) { try await transport.send(wire) }
            found.continuation.yield(error)
        }
        await transport.shutDown()
        var errors = found.stream.makeAsyncIterator()
        return await errors.next() ?? nil
    }

    // MARK: Sizes

    /// So many zeros in the format of zlib (RFC 1950, 1951): a literal, and copies of 258 bytes.
    private static func deflated(copies: Int) -> [UInt8] {
        var (bytes, bits, count): ([UInt8], UInt32, UInt32) = ([0x78, 0x9C], 0, 0)
        func write(_ value: UInt32, _ width: UInt32) {
            bits |= value << count
            count += width
            while count >= 8 {
                bytes.append(UInt8(bits & 0xFF))
                (bits, count) = (bits >> 8, count - 8)
            }
        }
        write(0b011, 3)
        // The fixed codes of 0, of length 258 and of the end, first bit first; distance 1 is 0.
        write(0b0000_1100, 8)
        for _ in 0..<copies { write(0b1010_0011, 8 + 5) }
        write(0, 7)
        write(0, 7)
        // Of zeros, the checksum is 1 and their number.
        let sum = UInt32((1 + 258 * copies) % 65_521)
        return bytes + [UInt8(sum >> 8), UInt8(sum & 0xFF), 0, 1]
    }

    private static func packed(copies: Int) -> Router<BasicRequestContext> {
        let router = Router()
        router.get("packed") { _, _ in
            Response(
                status: .ok, headers: [.contentEncoding: "deflate"],
                body: .init(byteBuffer: ByteBuffer(bytes: deflated(copies: copies))))
        }
        return router
    }

    @Test func `a packed answer is unpacked`() async throws {
        let transport = Self.transport()
        try await LoopbackServer.run(Self.packed(copies: 4)) { port in
            let wire = try Self.wire("http://127.0.0.1:\(port)", "/packed")
            let response = try await transport.send(wire)
            #expect(response.body == [UInt8](repeating: 0, count: 1 + 4 * 258))
        }
        await transport.shutDown()
    }

    @Test(arguments: [false, true])
    func `an answer that unpacks to more than is accepted is refused`(
        _ isPurchase: Bool
    ) async throws {
        // 110 KiB that unpack to 17 MiB.
        let router = Self.packed(copies: 69_000)
        let error = try await Self.failure(router, "/packed", isPurchase: isPurchase)
        #expect(error?.code == .protocol)
        #expect(error?.isUnsent == false)
        #expect(error?.message.contains("more than is accepted") == true)
    }

    @Test(arguments: [(70, 10), (1, 17 << 10)])
    func `an answer with too many or too long headers is refused`(
        _ count: Int,
        _ bytes: Int
    ) async throws {
        let router = Router()
        router.get("headers") { _, _ in
            var headers = HTTPFields()
            for index in 0..<count {
                guard let name = HTTPField.Name("x-filler-\(index)") else { continue }
                headers[name] = String(repeating: "f", count: bytes)
            }
            return Response(status: .ok, headers: headers)
        }
        let error = try await Self.failure(router, "/headers")
        #expect(error?.code == .protocol)
        #expect(error?.isUnsent == false)
    }

    // MARK: Time

    @Test(arguments: [("/silent", false), ("/silent", true), ("/drip", false), ("/drip", true)])
    func `a server that answers nothing, or a byte at a time, is waited for to the deadline`(
        _ path: String,
        _ isPurchase: Bool
    ) async throws {
        let router = Router()
        router.get("silent") { _, _ in
            try await Task.sleep(for: .seconds(30))
            return "late"
        }
        router.get("drip") { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    while !Task.isCancelled {
                        try await writer.write(ByteBuffer(string: "x"))
                        try await Task.sleep(for: .milliseconds(20))
                    }
                })
        }
        let error = try await Self.failure(
            router, path, timeout: .seconds(2), isPurchase: isPurchase)
        #expect(error?.code == .timeout)
        #expect(error?.isUnsent == false)
    }

    @Test func `a name that is never looked up is waited for to the deadline`() async throws {
        let transport = Self.transport(
            AddressResolver { _, deadline in
                try await Task.sleep(
                    for: .nanoseconds((deadline - .now()).nanoseconds))
                throw CancellationError()
            })
        let wire = try Self.wire("http://api.acme.example", "/", timeout: .milliseconds(200))
        let error = await #expect(throws: MoonlineError.self) { try await transport.send(wire) }
        #expect(error?.isUnsent == true)
        await transport.shutDown()
    }

    // MARK: Addresses

    private static func naming() -> Router<BasicRequestContext> {
        let router = Router()
        router.get("host") { request, _ in request.head.authority ?? "-" }
        return router
    }

    @Test func `the address that was checked is the one that is dialled`() async throws {
        let loopback = try #require(IPAddress("127.0.0.1"))
        let transport = Self.transport(AddressResolver { _, _ in [loopback] })
        try await LoopbackServer.run(Self.naming()) { port in
            let wire = try Self.wire("http://api.acme.example:\(port)", "/host")
            #expect(try await transport.send(wire).text == "api.acme.example:\(port)")
        }
        await transport.shutDown()
    }

    @Test func `a name that leads elsewhere the next time is checked again`() async throws {
        let addresses = try ["127.0.0.1", "169.254.169.254"].map { try #require(IPAddress($0)) }
        let asked = Counter()
        let transport = Self.transport(
            AddressResolver { _, _ in [addresses[asked.next() % addresses.count]] })
        try await LoopbackServer.run(Self.naming()) { port in
            let wire = try Self.wire("http://api.acme.example:\(port)", "/host")
            #expect(try await transport.send(wire).status == 200)
            // The connection of before would still be open.
            let error = await #expect(throws: MoonlineError.self) { try await transport.send(wire) }
            #expect(error?.code == .forbidden && error?.isUnsent == true)
            #expect(try await transport.send(wire).status == 200)
        }
        #expect(asked.next() == 3)
        await transport.shutDown()
    }

    @Test(.enabled(if: LoopbackServer.hasIPv6, "this machine has no loopback of IPv6"))
    func `an address of IPv6 is dialled`() async throws {
        let transport = Self.transport()
        try await LoopbackServer.run(Self.naming(), host: "::1") { port in
            let wire = try Self.wire("http://[::1]:\(port)", "/host")
            #expect(try await transport.send(wire).text == "[::1]:\(port)")
        }
        await transport.shutDown()
    }

    // MARK: Clients

    // A definition's names may lead to as many addresses as it likes.
    @Test func `many addresses of one host end no request of another`() async throws {
        let begun = AsyncStream.makeStream(of: Void.self)
        let released = AsyncStream.makeStream(of: Void.self)
        let router = Router()
        router.get("slow") { _, _ in
            begun.continuation.yield()
            for await _ in released.stream { break }
            return "done"
        }
        let transport = Self.transport(
            AddressResolver { _, _ in
                (0..<4).compactMap { _ in
                    IPAddress("127.0.\(Int.random(in: 1...250)).\(Int.random(in: 1...250))")
                }
            })
        try await LoopbackServer.run(router) { port in
            let patient = try Self.wire(
                "http://127.0.0.1:\(port)", "/slow", timeout: .seconds(300))
            async let slow = transport.send(patient)
            for await _ in begun.stream { break }
            for _ in 0..<20 {
                let wire = try Self.wire("http://many.test:\(port)", "/x", isSpecial: true)
                await #expect(throws: MoonlineError.self) { try await transport.send(wire) }
            }
            released.continuation.yield()
            #expect(try await slow.text == "done")
        }
        await transport.shutDown()
    }
}
