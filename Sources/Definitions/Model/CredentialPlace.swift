import LuaSandbox

/// Where in a request a credential goes.
package enum CredentialPlace: Sendable, Hashable {
    case bearer
    /// User and password, as RFC 7617 has them.
    case basic
    case header(String)
    case query(String)
    /// A member of a JSON body.
    case json(String)
    /// A member of a form as the body.
    case form(String)

    /// How a test in a file writes it.
    package var label: String {
        switch self {
        case .bearer: "bearer"
        case .basic: "basic"
        case .header(let name): "header \(name)"
        case .query(let name): "query \(name)"
        case .json(let name): "json \(name)"
        case .form(let name): "form \(name)"
        }
    }

    /// Whether it goes into a body, which not every request has.
    package var isInBody: Bool { contentType != nil }

    /// What a body is that it goes into.
    package var contentType: String? {
        switch self {
        case .bearer, .basic, .header, .query: nil
        case .json: ProviderRequest.jsonType
        case .form: ProviderRequest.formType
        }
    }

    /// The body that carries a credential beside what it held.
    package func adding(_ secret: String, to body: [UInt8]?) -> [UInt8]? {
        switch self {
        case .bearer, .basic, .header, .query: return body
        case .json(let name):
            var members: [JSON.Member] = []
            if let body, case .object(let known)? = try? JSON(parsing: body) { members = known }
            members.removeAll { $0.key == name }
            members.append(JSON.Member(name, .string(secret)))
            return Array(JSON.object(members).serialized.utf8)
        case .form(let name):
            let pair = PercentEncoding.encode(name) + "=" + PercentEncoding.encode(secret)
            let known = body.map { String(decoding: $0, as: UTF8.self) + "&" } ?? ""
            return Array((known + pair).utf8)
        }
    }
}
