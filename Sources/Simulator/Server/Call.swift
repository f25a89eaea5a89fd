import Foundation

/// A request as far as a provider looks at it.
struct Call: Sendable {
    /// The `:id` of the path.
    var id: String?
    var query: [String: String] = [:]
    var form: [String: String] = [:]
    /// The members of the body; nil if it is not a JSON object.
    var json: [String: BodyField]?
    /// Values by lower-case name.
    var headers: [String: String] = [:]
    /// When the request is executed.
    var now: Int64 = 0

    /// A parameter from the query, the form or the JSON body; an empty one counts as missing.
    func parameter(_ name: String) -> String? {
        let field = json?[name]
        let value = query[name] ?? form[name] ?? field?.string ?? field?.integer.map(String.init)
        return value?.isEmpty == true ? nil : value
    }

    var bearer: String? {
        guard let value = headers["authorization"], value.hasPrefix("Bearer ") else { return nil }
        return String(value.dropFirst("Bearer ".count))
    }

    /// Reads a body as a form if it says so, and as JSON otherwise.
    mutating func read(body: String) {
        guard !body.isEmpty else { return }
        let isForm = headers["content-type"]?.hasPrefix("application/x-www-form-urlencoded")
        guard isForm == true else {
            json = try? JSONDecoder().decode([String: BodyField].self, from: Data(body.utf8))
            return
        }
        var components = URLComponents()
        components.percentEncodedQuery = body.replacing("+", with: "%20")
        for item in components.queryItems ?? [] {
            form[item.name] = item.value
        }
    }
}
