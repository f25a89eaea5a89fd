import Foundation
package import OrderKernel
import Yams

/// `config.yaml` in the home, strictly read: an unknown key is an error with its line.
package struct Settings: Sendable {
    var accounts: [String: AccountSettings] = [:]
    package var caps: SpendCaps = .defaults
    package var rates: ExchangeRates = .shipped

    /// What the file says of one account.
    struct AccountSettings: Sendable {
        var provider: String?
        var baseURL: String?
        var limit: String?
        var pollEvery: String?
        var choices: [String: String] = [:]
        var countryAliases: [String: String] = [:]
        var serviceAliases: [String: String] = [:]
        var credentialFiles: [String: String] = [:]
        var caps: SpendCaps = .unlimited
    }

    /// Reads the file; settings without one are the defaults.
    ///
    /// - Throws: `MoonlineError` with `invalid`, naming file and line.
    package static func read(home: String) throws(MoonlineError) -> Settings {
        let path = home + "/config.yaml"
        var status = stat()
        // A link that leads nowhere is no missing file: caps may stand in what is not mounted yet.
        guard lstat(path, &status) == 0 else { return Settings() }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw MoonlineError(
                .invalid,
                "\(path) cannot be read; check its permissions, and where it leads if it is a link")
        }
        // It says where keys go.
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: URL(filePath: path).resolvingSymlinksInPath().path)
        if let mode = attributes?[.posixPermissions] as? Int, mode & 0o002 != 0 {
            throw MoonlineError(
                .invalid,
                "everybody can change \(path), and lead your keys elsewhere; read it through, then "
                    + "run `chmod go-w \(path)`")
        }
        return try read(String(decoding: data, as: UTF8.self), path: path)
    }

    /// Reads the text of the file.
    ///
    /// - Throws: `MoonlineError` with `invalid`, naming file and line.
    package static func read(_ text: String, path: String) throws(MoonlineError) -> Settings {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            let text = "\(error)".split(separator: "\n").first.map(String.init) ?? "\(error)"
            throw MoonlineError(.invalid, "\(path): this is no YAML (\(text))")
        }
        guard let node else { return Settings() }
        var reader = SettingsReader(path: path)
        return try reader.settings(node)
    }
}
