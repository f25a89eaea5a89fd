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

    package init(parsing text: String) throws(SyntaxError) {
        guard let separator = text.firstRange(of: "://") else {
            throw SyntaxError(reason: "'\(text)' is no URL, write https://host/path")
        }
        let scheme = text[..<separator.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else {
            throw SyntaxError(reason: "'\(scheme)' is no scheme for this, use https")
        }
        let rest = text[separator.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let path = rest.dropFirst(authority.count)
        guard !authority.contains("@") else {
            throw SyntaxError(reason: "holds a user or password; a credential goes into auth")
        }
        guard !authority.isEmpty else {
            throw SyntaxError(reason: "has no host, write https://host/path")
        }
        guard path.allSatisfy({ !"?#\\\"<>{}".contains($0) }),
            path.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F }),
            !path.split(separator: "/").contains("..")
        else { throw SyntaxError(reason: "'\(path)' is no plain path") }
        let (host, port) = try Self.split(authority, text)
        self.init(
            scheme: scheme,
            host: host,
            port: port ?? (scheme == "https" ? 443 : 80),
            path: String(path.hasSuffix("/") ? path.dropLast() : path)
        )
    }

    private static func split(
        _ authority: Substring,
        _ text: String
    ) throws(SyntaxError) -> (String, Int?) {
        var host = authority
        var port: Int?
        let colon = authority.lastIndex(of: ":")
        if let colon, authority.last != "]" {
            host = authority[..<colon]
            port = Int(authority[authority.index(after: colon)...])
            guard let port, (1...65_535).contains(port) else {
                throw SyntaxError(reason: "the port of '\(text)' is no number from 1 to 65535")
            }
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        let isAddress = host.contains(":")
        let allowed = isAddress ? "0123456789abcdef:." : "abcdefghijklmnopqrstuvwxyz0123456789-."
        guard !host.isEmpty, host.lowercased().allSatisfy(allowed.contains) else {
            throw SyntaxError(
                reason: "'\(authority)' is no host name; international names are "
                    + "written as xn--…")
        }
        return (host.lowercased(), port)
    }

    /// Scheme, host and port: what a credential is pinned to.
    package var origin: String {
        let isDefault = port == (scheme == "https" ? 443 : 80)
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(scheme)://\(name)" + (isDefault ? "" : ":\(port)")
    }

    package var description: String { origin + path }
}
