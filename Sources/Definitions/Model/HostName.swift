/// What a host's name may look like (RFC 1123 §2.1, RFC 6761, RFC 8375).
package enum HostName {
    private static let labelMaximum = 63
    private static let nameMaximum = 253

    /// Whether it is made of labels of lower-case letters, digits and inner hyphens, or an IPv4
    /// address with its four numbers: other ways to write an address are refused.
    static func isWellFormed(_ name: String) -> Bool {
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard !name.isEmpty, name.utf8.count <= nameMaximum, labels.allSatisfy(isLabel) else {
            return false
        }
        // A name that ends in a number is an address to some parsers.
        guard let last = labels.last, isNumber(last) else { return true }
        return labels.count == 4 && labels.allSatisfy { isNumber($0) && !isPadded($0) }
            && labels.allSatisfy { (Int($0) ?? 256) < 256 }
    }

    private static let privateZones: Set<String> = [
        "local", "internal", "localdomain", "lan", "home", "corp", "intranet", "arpa",
    ]

    private static func isLabel(_ label: Substring) -> Bool {
        (1...labelMaximum).contains(label.utf8.count) && !label.hasPrefix("-")
            && !label.hasSuffix("-")
            && label.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-".contains($0) }
    }

    private static func isNumber(_ label: Substring) -> Bool {
        label.allSatisfy(\.isNumber) || label.hasPrefix("0x")
    }

    private static func isPadded(_ label: Substring) -> Bool {
        label.count > 1 && label.hasPrefix("0")
    }

    /// Whether it names this machine.
    package static func isLocal(_ name: String) -> Bool {
        name == "localhost" || name.hasSuffix(".localhost")
    }

    /// Whether it can be the name of a host of the Internet.
    static func isPublic(_ name: String) -> Bool {
        let last = name.split(separator: ".").last.map(String.init) ?? ""
        let isAddress = name.contains(":") || last.first?.isNumber ?? true
        return !isAddress && !isLocal(name) && name.contains(".") && !privateZones.contains(last)
    }
}

/// What a path may hold that stands in a URL as it is.
enum PathRules {
    /// Whether no segment leads out of its folder, also where a server decodes it, and nothing in
    /// it ends the path.
    static func isPlain(_ path: Substring) -> Bool {
        path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
            && !path.contains { "?#\\\"<>{}@".contains($0) }
            && !path.contains("//")
            && path.split(separator: "/").allSatisfy(isPlainSegment)
    }

    private static func isPlainSegment(_ segment: Substring) -> Bool {
        guard let plain = PercentEncoding.decode(segment) else { return false }
        let name = plain.prefix { $0 != ";" }
        return name != "." && name != ".."
            && !plain.unicodeScalars.contains { $0 == "/" || $0 == "\\" || $0.value < 0x20 }
    }
}
