import Definitions
import Foundation
import OrderKernel
import Transport

/// Reads `MOONLINE_<ACCOUNT>_…` variables, and the files that they name.
package struct EnvironmentReader: Sendable, CustomReflectable {
    private let variables: [String: String]

    /// Without the values, which may be keys.
    package var customMirror: Mirror { Mirror(self, children: []) }

    init(_ variables: [String: String]) { self.variables = variables }

    /// `smscode-eu` becomes `MOONLINE_SMSCODE_EU_`.
    static func prefix(of account: String) -> String {
        let name = account.uppercased().map {
            $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_"
        }
        return "MOONLINE_\(String(name))_"
    }

    /// The name of a credential's variable.
    package static func variable(of credential: String, account: String) -> String {
        prefix(of: account) + credential.uppercased()
    }

    /// All variables that an account with a definition reads, with every way to send its
    /// credentials.
    static func variables(of definition: ProviderDefinition, account: String) -> [String] {
        let prefix = prefix(of: account)
        let credentials = definition.credentials.map { variable(of: $0.name, account: account) }
        return credentials + credentials.map { $0 + "_FILE" }
            + ["BASE_URL", "LIMIT", "POLL_EVERY"].map { prefix + $0 }
    }

    private func value(_ name: String) -> String? { variables[name] }

    // A variable that a pipeline sets to nothing says nothing.
    private func setting(
        _ name: String,
        of account: String,
        or configured: String?,
        _ key: String
    ) -> (text: String, place: String)? {
        let variable = Self.prefix(of: account) + name
        if let text = variables[variable], !text.isEmpty { return (text, variable) }
        return configured.map { ($0, "accounts.\(account).\(key) in config.yaml") }
    }

    /// A credential: the file wins over systemd's credential, which wins over the variable.
    ///
    /// - Throws: `MoonlineError` with `auth`, naming the variable but never the value.
    func secret(
        _ credential: String,
        account: String,
        file configured: String?
    ) throws(MoonlineError) -> Secret? {
        let name = Self.variable(of: credential, account: account)
        if let path = file(of: credential, account: account, configured) {
            guard let data = Self.contents(of: path) else {
                // What was taken for a path may be the key itself.
                let folder = (path as NSString).deletingLastPathComponent
                let isPath = folder.count > 1 && FileManager.default.fileExists(atPath: folder)
                throw MoonlineError(
                    .auth,
                    "the credential file \(isPath ? path + " " : "")of \(account) cannot be "
                        + "read; check \(name)_FILE, which names a file and holds no key")
            }
            return try Self.secret(String(decoding: data, as: UTF8.self), "the file \(path)")
        }
        if let folder = value("CREDENTIALS_DIRECTORY") {
            let path = "\(folder)/\(name.lowercased())"
            if let data = Self.contents(of: path) {
                return try Self.secret(String(decoding: data, as: UTF8.self), "the file \(path)")
            }
        }
        guard let text = value(name) else { return nil }
        return try Self.secret(text, name)
    }

    /// Whether variables say where credentials are, or what.
    func intent(_ credentials: [String], of account: String) -> Account.Intent {
        let values = credentials.flatMap { credential in
            let name = Self.variable(of: credential, account: account)
            return [name, name + "_FILE"].compactMap(value)
        }
        if values.isEmpty { return .nothing }
        return values.allSatisfy(\.isEmpty) ? .emptyVariables : .something
    }

    /// The file that is named for a credential.
    func file(of credential: String, account: String, _ configured: String?) -> String? {
        let path = value(Self.variable(of: credential, account: account) + "_FILE")
        return path?.isEmpty ?? true ? configured : path
    }

    // Also of a pipe, but not without end.
    private static func contents(of path: String) -> Data? {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        do {
            let data = try handle.read(upToCount: fileBytesMaximum) ?? Data()
            return data.count < fileBytesMaximum ? data : nil
        } catch {
            return nil
        }
    }

    /// No header takes so much.
    private static let fileBytesMaximum = 1 << 16

    private static func secret(_ text: String, _ place: String) throws(MoonlineError) -> Secret {
        let trimmed = text.withoutByteOrderMark.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else {
            throw MoonlineError(.auth, "\(place) is empty; put the key in")
        }
        guard let secret = Secret(trimmed) else {
            throw MoonlineError(
                .auth,
                "\(place) holds a blank or a line break inside; a key has "
                    + "none")
        }
        return secret
    }

    /// Another origin: a bare one keeps the definition's path, one with a path replaces it.
    ///
    /// - Throws: `MoonlineError` with `invalid`.
    func baseURL(
        account: String,
        configured: String?,
        definition: BaseURL
    ) throws(MoonlineError) -> BaseURL? {
        guard let (text, place) = setting("BASE_URL", of: account, or: configured, "base_url")
        else { return nil }
        do {
            let url = try BaseURL(parsing: text)
            if !url.path.isEmpty { return url }
            return BaseURL(
                scheme: url.scheme, host: url.host, port: url.port, path: definition.path
            )
        } catch {
            throw MoonlineError(.invalid, "\(place): \(error.reason)")
        }
    }

    /// A limit such as `6000/1m` that replaces the definition's.
    ///
    /// - Throws: `MoonlineError` with `invalid`.
    func limit(account: String, configured: String?) throws(MoonlineError) -> RateLimit? {
        guard let (text, place) = setting("LIMIT", of: account, or: configured, "limit")
        else { return nil }
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2, let requests = Int(parts[0]), requests > 0,
            let window = Duration(text: parts[1]), window > .zero
        else {
            throw MoonlineError(.invalid, "\(place) is no limit, write 300/1m")
        }
        return RateLimit(requests: requests, window: window)
    }

    /// An interval that replaces the definition's, and its delay of the first look.
    ///
    /// - Throws: `MoonlineError` with `invalid`.
    func polling(account: String, configured: String?) throws(MoonlineError) -> AccountPolling? {
        guard let (text, place) = setting("POLL_EVERY", of: account, or: configured, "poll_every")
        else { return nil }
        guard let every = Duration(text: text), every > .zero else {
            throw MoonlineError(.invalid, "\(place) is no duration, write 5s or 200ms")
        }
        return AccountPolling(first: every, minimum: every)
    }
}

extension Account {
    /// All variables that it reads.
    var variables: [String] { EnvironmentReader.variables(of: definition, account: name) }
}
