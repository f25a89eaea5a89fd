import LuaSandbox
package import OrderKernel

/// A request as a definition wants it: relative to the base URL, without credentials.
package struct ProviderRequest: Sendable, Hashable {
    package var method: HTTPMethod
    /// Percent-encoded, from the base URL's path on: `/orders/17`.
    package var path: String
    /// Not yet encoded.
    package var query: [Parameter]
    package var headers: [Parameter]
    package var body: [UInt8]?
    package var sendsCredential: Bool
    /// The operation that it belongs to: limits may bind by it.
    package var operation: String
    /// Whether it is known to buy, or not to; by default its verb tells.
    package var buys: Bool?

    /// Whether it has a body that a credential in that place can be added to.
    func takes(_ place: CredentialPlace) -> Bool {
        guard let type = place.contentType else { return true }
        let own = headers.last { $0.name == "Content-Type" }?.value
        guard method != .get, let body else { return method != .get }
        guard own == type else { return false }
        if case .form = place { return true }
        if case .object? = try? JSON(parsing: body) { return true }
        return false
    }

    /// The type of a JSON body.
    package static let jsonType = "application/json"
    /// The type of a form as the body.
    package static let formType = "application/x-www-form-urlencoded"

    /// A name with its value.
    package struct Parameter: Sendable, Hashable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(
        method: HTTPMethod,
        path: String,
        query: [Parameter] = [],
        headers: [Parameter] = [],
        body: [UInt8]? = nil,
        sendsCredential: Bool = true,
        operation: String
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.sendsCredential = sendsCredential
        self.operation = operation
    }

    /// Path and query as they go over the wire.
    package var target: String {
        if query.isEmpty { return path }
        let pairs = query.map {
            PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value)
        }
        return path + "?" + pairs.joined(separator: "&")
    }
}

extension RequestTemplate {
    /// The request for these arguments.
    ///
    /// - Throws: `MoonlineError` with `invalid` when an argument is missing or of the wrong kind,
    ///   or when they are too large.
    package func request(
        _ arguments: Arguments,
        operation: String
    ) throws(MoonlineError) -> ProviderRequest {
        try checkSize(arguments, operation)
        var request = ProviderRequest(
            method: method,
            path: try filledPath(arguments),
            query: try Self.filled(query, arguments),
            headers: try Self.filled(headers, arguments),
            sendsCredential: sendsCredential,
            operation: operation
        )
        for header in request.headers where !HeaderRules.isValue(header.value) {
            throw MoonlineError(
                .invalid,
                "the header \(header.name) may not hold control "
                    + "characters")
        }
        switch body {
        case .none: break
        case .json(let template):
            request.body = Array((try template.filled(arguments) ?? .null).serialized.utf8)
            request.headers.append(.init("Content-Type", ProviderRequest.jsonType))
        case .form(let fields):
            let pairs = try Self.filled(fields, arguments).map {
                PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value)
            }
            request.body = Array(pairs.joined(separator: "&").utf8)
            request.headers.append(.init("Content-Type", ProviderRequest.formType))
        }
        return request
    }

    // Known before a byte is written: a place may stand there many thousand times.
    private func checkSize(
        _ arguments: Arguments,
        _ operation: String
    ) throws(MoonlineError) {
        var sizes: [String: Int] = [:]
        var bytes = 0
        for argument in self.arguments {
            let size = sizes[argument.name] ?? arguments.bytes(of: argument.name)
            sizes[argument.name] = size
            bytes += size
            guard bytes <= Self.argumentBytesMaximum else {
                throw MoonlineError(
                    .invalid,
                    "the arguments of \(operation) take more than "
                        + "\(Self.argumentBytesMaximum >> 20) MiB in its request; shorten them")
            }
        }
    }

    /// The documents' requests are shorter than a kilobyte.
    private static let argumentBytesMaximum = 1 << 20

    // An empty argument, or dots alone, would turn the path into that of another resource.
    private func filledPath(_ arguments: Arguments) throws(MoonlineError) -> String {
        for argument in path.arguments where try arguments.text(argument) == "" {
            throw MoonlineError(.invalid, "'\(argument.name)' may not be empty")
        }
        let text = try path.filled(arguments, encoded: true) ?? ""
        guard !PercentEncoding.hasDotSegment(text) else {
            throw MoonlineError(.invalid, "an argument may not be '.' or '..' within the path")
        }
        return text
    }

    private static func filled(
        _ parameters: [Parameter],
        _ arguments: Arguments
    ) throws(MoonlineError) -> [ProviderRequest.Parameter] {
        var filled: [ProviderRequest.Parameter] = []
        for parameter in parameters {
            guard let value = try parameter.value.filled(arguments) else { continue }
            filled.append(.init(parameter.name, value))
        }
        return filled
    }
}

/// What came back.
package struct ProviderResponse: Sendable, Hashable {
    package var status: Int
    package var headers: [ProviderRequest.Parameter]
    package var body: [UInt8]

    package init(status: Int, headers: [ProviderRequest.Parameter] = [], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A header's first value; names ignore case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body as text; bytes that are not UTF-8 are replaced.
    package var text: String { StreamSafeText.decode(body) }
}
