/// Where in a request a credential goes.
package enum CredentialPlace: Sendable, Hashable {
    case bearer
    case header(String)
    case query(String)

    /// How a test in a file writes it.
    package var label: String {
        switch self {
        case .bearer: "bearer"
        case .header(let name): "header \(name)"
        case .query(let name): "query \(name)"
        }
    }
}
