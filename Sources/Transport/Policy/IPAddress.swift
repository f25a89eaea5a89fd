import Foundation

/// An IP address as its bytes: 4 or 16.
package struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    package let bytes: [UInt8]
    package let description: String

    /// Reads an address in its numeric form.
    package init?(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            bytes = withUnsafeBytes(of: six) { Array($0) }
        } else {
            return nil
        }
        description = text
    }

    /// How far away an address is.
    package enum Reach: Sendable, Hashable, Comparable {
        /// Of the public Internet, which a definition may reach.
        case everywhere
        /// Of this machine or of a private network.
        case privately
        /// Link-local, where clouds tell machines their secrets, multicast, reserved, unallocated.
        case specially
    }

    /// Where it can be reached from.
    package var reach: Reach {
        if let inner = embeddedIPv4 { return Self.reach(of: inner) }
        return Self.reach(of: bytes)
    }

    /// Whether it is an address of the public Internet, which a definition may reach.
    package var isPublic: Bool { reach == .everywhere }

    private static func reach(of bytes: [UInt8]) -> Reach {
        let isFour = bytes.count == 4
        // Some clouds tell machines their secrets at an address of a private network.
        if (isFour ? specialIPv4 : specialIPv6).contains(where: { $0.contains(bytes) }) {
            return .specially
        }
        if (isFour ? privateIPv4 : privateIPv6).contains(where: { $0.contains(bytes) }) {
            return .privately
        }
        return isFour || globalIPv6.contains(bytes) ? .everywhere : .specially
    }

    // IPv4 inside IPv6: mapped, NAT64 and 6to4.
    private var embeddedIPv4: [UInt8]? {
        guard bytes.count == 16 else { return nil }
        if bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) {
            return Array(bytes[12...])
        }
        if bytes.starts(with: [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]) {
            return Array(bytes[12...])
        }
        return bytes.starts(with: [0x20, 0x02]) ? Array(bytes[2..<6]) : nil
    }

    /// A network by its first bits.
    private struct Network {
        let prefix: [UInt8]
        let length: Int

        init(_ prefix: [UInt8], _ length: Int) {
            self.prefix = prefix
            self.length = length
        }

        func contains(_ bytes: [UInt8]) -> Bool {
            (0..<length).allSatisfy { bit in
                let mask = UInt8(0x80) >> UInt8(bit % 8)
                let wanted = bit / 8 < prefix.count ? prefix[bit / 8] : 0
                return bytes[bit / 8] & mask == wanted & mask
            }
        }
    }

    // The special-purpose registries of IANA (RFC 6890 and its updates), and what clouds name in
    // their manuals as their own addresses inside their machines: 168.63.129.16 (Azure),
    // 100.100.100.200 and fd00:100::100:200 (Alibaba), fd00:ec2::254 and its neighbours (Amazon),
    // fd20:ce::254 (Google), fd00:c1::a9fe:a9fe (Oracle), fd00:42::42 (Scaleway) and
    // fd00:a9fe:a9fe::1 (Akamai).
    private static let privateIPv4 = [
        Network([10], 8), Network([100, 64], 10), Network([127], 8), Network([172, 16], 12),
        Network([192, 168], 16),
    ]
    private static let specialIPv4 = [
        Network([0], 8), Network([100, 100, 100, 200], 32), Network([168, 63, 129, 16], 32),
        Network([169, 254], 16), Network([192, 0, 0], 24), Network([192, 0, 2], 24),
        Network([192, 88, 99], 24), Network([198, 18], 15), Network([198, 51, 100], 24),
        Network([203, 0, 113], 24), Network([224], 3),
    ]
    private static let privateIPv6 = [
        Network([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], 128), Network([0xFC], 7),
    ]
    // Everything outside of 2000::/3 is special.
    private static let globalIPv6 = Network([0x20], 3)
    private static let specialIPv6 = [
        Network([0xFD, 0, 0x0E, 0xC2], 32),
        Network([0xFD, 0x20, 0, 0xCE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54], 128),
        Network([0xFD, 0, 0, 0xC1, 0, 0, 0, 0, 0, 0, 0, 0, 0xA9, 0xFE, 0xA9, 0xFE], 128),
        Network([0xFD, 0, 0, 0x42, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x42], 128),
        Network([0xFD, 0, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x01, 0, 0x02, 0], 128),
        Network([0xFD, 0, 0xA9, 0xFE, 0xA9, 0xFE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x01], 128),
        Network([0x20, 0x01, 0], 23), Network([0x20, 0x01, 0x0D, 0xB8], 32),
        Network([0x3F, 0xFF], 20),
    ]
}
