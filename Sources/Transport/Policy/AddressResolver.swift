import Foundation
import NIOPosix
package import OrderKernel

/// Finds the addresses of a host, on a thread of its own: the system's resolver blocks.
package struct AddressResolver: Sendable {
    private let threads = NIOThreadPool.singleton

    package init() {}

    /// The addresses to try in turn, once every one was checked; never empty.
    ///
    /// - Parameter allowsPrivate: whether the user named the origin, so that loopback and private
    ///   networks are fine.
    /// - Throws: `MoonlineError` with `network`, or with `forbidden` for an address that a
    ///   definition may not reach; nothing was sent then.
    package func addresses(
        of host: String,
        allowsPrivate: Bool
    ) async throws(MoonlineError) -> [IPAddress] {
        if let address = IPAddress(host) { return try Self.checked([address], host, allowsPrivate) }
        let found: [IPAddress]
        do {
            found = try await threads.runIfActive { Self.lookUp(host) }
        } catch {
            throw MoonlineError(.network, "\(host) could not be looked up", isUnsent: true)
        }
        return try Self.checked(found, host, allowsPrivate)
    }

    private static func checked(
        _ addresses: [IPAddress],
        _ host: String,
        _ allowsPrivate: Bool
    ) throws(MoonlineError) -> [IPAddress] {
        guard !addresses.isEmpty else {
            throw MoonlineError(
                .network, "\(host) has no address; check the name and the network",
                isUnsent: true)
        }
        if !allowsPrivate, let refused = addresses.first(where: { !$0.isPublic }) {
            throw MoonlineError(
                .forbidden,
                "\(host) leads to \(refused), which is no public "
                    + "address; only MOONLINE_<ACCOUNT>_BASE_URL may name such a host",
                isUnsent: true)
        }
        return addresses
    }

    private static func lookUp(_ host: String) -> [IPAddress] {
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
            let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
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
