/// An origin with a path: parsed once, and never put together from text again.
package struct BaseURL: Sendable, Hashable, CustomStringConvertible {
    package let scheme: String
    /// Lower case, without brackets.
    package let host: String
    package let port: Int
    /// Without a slash at the end; empty for the root.
    package let path: String

    /// What is wrong with the text of a URL.
    package struct SyntaxError: Error, Sendable {
        package let reason: String
    }

    package init(scheme: String, host: String, port: Int, path: String) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path
    }

    // Nothing behind the host is repeated in a message: people paste URLs with their key in them.
    package init(parsing text: String) throws(SyntaxError) {
        guard text.utf8.count <= Self.bytesMaximum, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { throw SyntaxError(reason: "a URL is plain ASCII without blanks; hosts are xn--…") }
        guard let separator = text.firstRange(of: "://") else {
            throw SyntaxError(reason: "it is no URL, write https://host/path")
        }
        let scheme = text[..<separator.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else {
            throw SyntaxError(reason: "'\(scheme.prefix(8))' is no scheme for this, use https")
        }
        let rest = text[separator.upperBound...]
        let authority = rest.prefix { !"/?#\\".contains($0) }
        let path = rest.dropFirst(authority.count)
        guard !authority.contains("@") else {
            throw SyntaxError(reason: "holds a user or password; a credential goes into auth")
        }
        guard !authority.isEmpty else {
            throw SyntaxError(reason: "has no host, write https://host/path")
        }
        guard !path.contains("?") else {
            throw SyntaxError(reason: "holds a query; a key goes into auth")
        }
        guard PathRules.isPlain(path) else {
            throw SyntaxError(reason: "the path behind the host is no plain path")
        }
        let (host, port) = try Self.split(authority)
        self.init(
            scheme: scheme,
            host: host,
            port: port ?? (scheme == "https" ? 443 : 80),
            path: String(path.hasSuffix("/") ? path.dropLast() : path)
        )
    }

    private static let bytesMaximum = 2048

    private static func split(
        _ authority: Substring
    ) throws(SyntaxError) -> (String, Int?) {
        var host = authority
        var port: Int?
        if let colon = authority.lastIndex(of: ":"), authority.last != "]" {
            host = authority[..<colon]
            let digits = authority[authority.index(after: colon)...]
            port = digits.allSatisfy(\.isNumber) && digits.first != "0" ? Int(digits) : nil
            guard let port, (1...65_535).contains(port) else {
                throw SyntaxError(
                    reason: "the port behind the host is no number from 1 to 65535")
            }
        }
        let name = host.lowercased()
        if name.hasPrefix("["), name.hasSuffix("]") {
            let address = name.dropFirst().dropLast()
            guard address.contains(":"), address.allSatisfy("0123456789abcdef:.".contains) else {
                throw SyntaxError(reason: "'\(host)' is no address, write [2001:db8::1]")
            }
            return (String(address), port)
        }
        guard HostName.isWellFormed(name) else {
            throw SyntaxError(
                reason: "'\(host.prefix(80))' is no host name; international names are written "
                    + "as xn--…")
        }
        return (name, port)
    }

    /// Scheme, host and port: what a credential is pinned to.
    package var origin: String {
        let isDefault = port == (scheme == "https" ? 443 : 80)
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(scheme)://\(name)" + (isDefault ? "" : ":\(port)")
    }

    package var description: String { origin + path }
}
