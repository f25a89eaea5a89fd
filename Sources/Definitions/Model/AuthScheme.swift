/// Where an account's credential goes: attached after the request is built, never seen by Lua.
package enum AuthScheme: Sendable, Hashable {
    case bearer(credential: String)
    case header(name: String, credential: String)
    case query(name: String, credential: String)
    case none

    /// The name of the credential that it sends.
    package var credential: String? {
        switch self {
        case .bearer(let credential), .header(_, let credential), .query(_, let credential):
            credential
        case .none: nil
        }
    }

    /// How a test in a file writes it.
    package var label: String {
        switch self {
        case .bearer: "bearer"
        case .header(let name, _): "header \(name)"
        case .query(let name, _): "query \(name)"
        case .none: "none"
        }
    }
}
