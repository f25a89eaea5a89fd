import Foundation
package import NIOCore
import NIOPosix
package import OrderKernel

/// Finds the addresses of a host, on threads of its own: the system's resolver blocks.
package struct AddressResolver: Sendable {
    /// Finds the addresses of a name, or throws when the time is up.
    package typealias LookUp =
        @Sendable (_ host: String, _ deadline: NIODeadline) async throws -> [IPAddress]

    private let lookUp: LookUp

    /// The system's resolver.
    package init() {
        lookUp = { host, deadline in
            let loop = MultiThreadedEventLoopGroup.singleton.next()
            let found = loop.makePromise(of: [IPAddress].self)
            Self.threads.runIfActive(eventLoop: loop) { Self.find(host) }.cascade(to: found)
            // A thread that waits for an answer cannot be stopped; nobody waits for it any more.
            let timer = loop.scheduleTask(deadline: deadline) { found.fail(TooLate()) }
            defer { timer.cancel() }
            return try await found.futureResult.get()
        }
    }

    /// Another one, for tests.
    package init(lookUp: @escaping LookUp) { self.lookUp = lookUp }

    private struct TooLate: Error {}

    // Names that nobody answers for hold a thread for half a minute each.
    private static let threads: NIOThreadPool = {
        let threads = NIOThreadPool(numberOfThreads: 8)
        threads.start()
        return threads
    }()

    /// The addresses to try in turn, once every one was checked; never empty.
    ///
    /// - Parameters:
    ///   - reach: the most special kind of address that may be dialled.
    ///   - deadline: when nobody waits for them any more.
    /// - Throws: `MoonlineError` with `network`, or with `forbidden` for an address that may not be
    ///   dialled; nothing was sent then.
    package func addresses(
        of host: String,
        within reach: IPAddress.Reach,
        until deadline: NIODeadline
    ) async throws(MoonlineError) -> [IPAddress] {
        if let address = IPAddress(host) { return try Self.checked([address], host, reach) }
        let found: [IPAddress]
        do {
            found = try await lookUp(host, deadline)
        } catch is CancellationError {
            throw MoonlineError(.cancelled, "the request was stopped", isUnsent: true)
        } catch {
            throw MoonlineError(.network, "\(host) could not be looked up", isUnsent: true)
        }
        return Array(try Self.checked(found, host, reach).prefix(Self.addressesMaximum))
    }

    /// More are not tried: a name may have hundreds that lead nowhere.
    private static let addressesMaximum = 4

    private static func checked(
        _ addresses: [IPAddress],
        _ host: String,
        _ reach: IPAddress.Reach
    ) throws(MoonlineError) -> [IPAddress] {
        guard !addresses.isEmpty else {
            throw MoonlineError(
                .network, "\(host) has no address; check the name and the network",
                isUnsent: true)
        }
        if let refused = addresses.first(where: { $0.reach > reach }) {
            throw MoonlineError(
                .forbidden,
                "\(host) leads to \(refused), which is no public "
                    + "address; only MOONLINE_<ACCOUNT>_BASE_URL may name such a host",
                isUnsent: true)
        }
        return addresses
    }

    private static func find(_ host: String) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        #if os(Linux)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var found: [IPAddress] = []
        var next = list
        while let entry = next?.pointee {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let status = getnameinfo(
                entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0,
                NI_NUMERICHOST
            )
            // Behind a percent sign stands the zone of a link-local address.
            let bytes = text.prefix { $0 != 0 && $0 != 0x25 }.map { UInt8(bitPattern: $0) }
            if status == 0, let address = IPAddress(String(decoding: bytes, as: UTF8.self)),
                !found.contains(address)
            {
                found.append(address)
            }
            next = entry.ai_next
        }
        return found
    }
}
