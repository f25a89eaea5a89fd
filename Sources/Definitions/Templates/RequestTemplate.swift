import LuaSandbox
import OrderKernel

/// How an operation's request is made from its arguments.
package struct RequestTemplate: Sendable, Hashable {
    package let method: HTTPMethod
    let path: Template
    let query: [Parameter]
    let headers: [Parameter]
    let body: Body
    /// Whether the account's credential is attached.
    let sendsCredential: Bool

    struct Parameter: Sendable, Hashable {
        let name: String
        let value: Template
    }

    enum Body: Sendable, Hashable {
        case none
        case json(JSONTemplate)
        case form([Parameter])
    }

    /// A JSON body with places to fill.
    indirect enum JSONTemplate: Sendable, Hashable {
        case constant(JSON)
        case text(Template)
        case array([JSONTemplate])
        case object([JSONMember])
    }

    /// One key of a JSON body.
    struct JSONMember: Sendable, Hashable {
        let key: String
        let value: JSONTemplate
    }

    /// All arguments, in path, query, headers and body.
    var arguments: [Template.Argument] {
        var found = path.arguments + (query + headers).flatMap(\.value.arguments)
        switch body {
        case .none: break
        case .json(let template): found += template.arguments
        case .form(let fields): found += fields.flatMap(\.value.arguments)
        }
        return found
    }
}

extension RequestTemplate {
    /// Whether it has a body that a credential in that place can be added to.
    func takes(_ place: CredentialPlace) -> Bool {
        switch (place, body) {
        case (.bearer, _), (.basic, _), (.header, _), (.query, _): true
        case (.json, .none), (.form, .none), (.form, .form): method != .get
        case (.json, .json(.object)): method != .get
        case (.json, _), (.form, _): false
        }
    }

    /// The request in one line, as the file writes it.
    var summary: String {
        let pairs = query.map { "\($0.name)=\($0.value.source)" }.joined(separator: "&")
        var text = "\(method.verb) \(path.source)" + (pairs.isEmpty ? "" : "?" + pairs)
        switch body {
        case .none: break
        case .json(let template): text += " with JSON \(template.source)"
        case .form(let fields):
            let pairs = fields.map { "\($0.name)=\($0.value.source)" }
            text += " with the form \(pairs.joined(separator: "&"))"
        }
        return text + (sendsCredential ? "" : ", without the credential")
    }
}

/// The verbs that a definition may use.
package enum HTTPMethod: String, Sendable, Hashable, CaseIterable {
    case get, post, put, patch, delete

    /// As it is sent.
    package var verb: String { rawValue.uppercased() }
}

extension RequestTemplate.JSONTemplate {
    var arguments: [Template.Argument] {
        switch self {
        case .constant: []
        case .text(let template): template.arguments
        case .array(let items): items.flatMap(\.arguments)
        case .object(let members): members.flatMap(\.value.arguments)
        }
    }

    /// The body as the file writes it.
    var source: String {
        switch self {
        case .constant(let value): value.serialized
        case .text(let template): JSON.string(template.source).serialized
        case .array(let items): "[" + items.map(\.source).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.map { "\(JSON.string($0.key).serialized):\($0.value.source)" }
                .joined(separator: ",") + "}"
        }
    }

    /// The body with its places filled; `nil` when it stood for an absent optional argument.
    func filled(_ arguments: Arguments) throws(MoonlineError) -> JSON? {
        switch self {
        case .constant(let value): return value
        case .text(let template):
            if let argument = template.soleArgument { return try arguments.json(argument) }
            return try template.filled(arguments).map { .string($0) }
        case .array(let items):
            var filled: [JSON] = []
            for item in items {
                if let value = try item.filled(arguments) { filled.append(value) }
            }
            return .array(filled)
        case .object(let members):
            var filled: [JSON.Member] = []
            for member in members {
                if let value = try member.value.filled(arguments) {
                    filled.append(JSON.Member(member.key, value))
                }
            }
            return .object(filled)
        }
    }
}

extension Template {
    /// The text with its places filled; `nil` when an optional argument is absent.
    func filled(
        _ arguments: Arguments,
        encoded: Bool = false
    ) throws(MoonlineError) -> String? {
        var text = ""
        for part in parts {
            switch part {
            case .literal(let literal): text += literal
            case .argument(let argument):
                guard let value = try arguments.text(argument) else { return nil }
                text += encoded ? PercentEncoding.encode(value) : value
            }
        }
        return text
    }
}
