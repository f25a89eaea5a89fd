import Definitions
import LuaSandbox
package import OrderKernel

/// The hosts that whoever runs a script lets it reach, without any credential.
package struct ScriptGrants: Sendable {
    private let origins: [BaseURL]

    /// - Parameter texts: hosts such as `app.example`, which are reached over https, or origins
    ///   such as `http://localhost:8080`.
    /// - Throws: `MoonlineError` with `invalid`.
    package init(_ texts: [String]) throws(MoonlineError) {
        var origins: [BaseURL] = []
        for text in texts {
            let origin: BaseURL
            do {
                origin = try BaseURL(parsing: text.contains("://") ? text : "https://" + text)
            } catch {
                throw MoonlineError(.invalid, "--allow-host: \(error.reason)")
            }
            guard origin.path.isEmpty else {
                throw MoonlineError(
                    .invalid, "--allow-host: a whole host is allowed, write \(origin.origin)")
            }
            origins.append(origin)
        }
        self.origins = origins
    }

    /// A request of a script, and the origin that it goes to.
    ///
    /// - Throws: `MoonlineError` with `forbidden` for a host that was not granted.
    func request(
        method: String,
        url: String,
        options: LuaTable
    ) throws(MoonlineError) -> (ProviderRequest, BaseURL) {
        guard let verb = HTTPMethod(rawValue: method.lowercased()) else {
            throw MoonlineError(.invalid, "http: '\(method)' is no verb, write get or post")
        }
        let origin: BaseURL
        do {
            let whole = try BaseURL(parsing: String(url.prefix { $0 != "?" }))
            origin = BaseURL(scheme: whole.scheme, host: whole.host, port: whole.port, path: "")
        } catch {
            throw MoonlineError(.invalid, "http: \(error.reason)")
        }
        guard origins.contains(where: { $0.origin == origin.origin }) else {
            throw MoonlineError(
                .forbidden,
                "http: the script may not reach \(origin.origin); allow it with "
                    + "--allow-host \(origin.origin)")
        }
        do {
            let request = try FunctionRequest(
                method: verb, path: url, options: options, baseURL: origin, operation: "http"
            ).request()
            return (request, origin)
        } catch {
            throw MoonlineError(.invalid, error.value.failureLine)
        }
    }
}
