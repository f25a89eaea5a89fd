package import LuaSandbox
import OrderKernel

/// A request that Lua code makes through `http.*`.
package struct FunctionRequest {
    private let method: HTTPMethod
    private let path: String
    private let options: LuaTable
    private let baseURL: BaseURL
    private let operation: String

    package init(
        method: HTTPMethod,
        path: String,
        options: LuaTable,
        baseURL: BaseURL,
        operation: String
    ) {
        self.method = method
        self.path = path
        self.options = options
        self.baseURL = baseURL
        self.operation = operation
    }

    /// The request, relative to the base URL.
    ///
    /// - Throws: `LuaHostError` when it leaves the provider's origin or is malformed.
    package func request() throws(LuaHostError) -> ProviderRequest {
        for (key, _) in options.namedFields
        where !Self.options.contains(key) {
            throw LuaHostError(
                "http: unknown option '\(key)'; known are \(Self.options.joined(separator: ", "))")
        }
        let target = try relativeTarget()
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var request = ProviderRequest(
            method: method, path: String(halves.first ?? ""), operation: operation
        )
        if case .boolean(let buys) = options["buys"] { request.buys = buys }
        if halves.count == 2 { request.query = try Self.parameters(halves[1]) }
        for key in ["query", "form"] {
            let count = options[key].table?.namedFields.count ?? 0
            guard count <= Self.pairsMaximum else {
                throw LuaHostError(
                    "http: \(key) has \(count) entries, \(Self.pairsMaximum) are the most")
            }
        }
        try addHeaders(to: &request)
        for (name, value) in pairs("query") { request.query.append(.init(name, value)) }
        try addBody(to: &request)
        return request
    }

    /// Each is encoded outside of Lua's budget; the documents' requests have fewer than ten.
    private static let pairsMaximum = 1000

    private func addHeaders(to request: inout ProviderRequest) throws(LuaHostError) {
        for (name, value) in pairs("headers") {
            guard HeaderRules.isAllowed(name) else {
                throw LuaHostError(
                    "http: the header '\(name)' \(HeaderRules.reason(against: name))")
            }
            guard HeaderRules.isValue(value) else {
                throw LuaHostError("http: the header '\(name)' may not hold control characters")
            }
            guard request.headers.count < HeaderRules.countMaximum,
                value.utf8.count <= HeaderRules.valueBytesMaximum
            else {
                throw LuaHostError(
                    "http: a request has at most \(HeaderRules.countMaximum) headers of "
                        + "\(HeaderRules.valueBytesMaximum) bytes")
            }
            request.headers.append(.init(name, value))
        }
    }

    private func addBody(to request: inout ProviderRequest) throws(LuaHostError) {
        if options["json"] != .nil {
            guard let body = try? JSON(options["json"]) else {
                throw LuaHostError("http: json has a value without a JSON form")
            }
            request.body = Array(body.serialized.utf8)
            request.headers.append(.init("Content-Type", ProviderRequest.jsonType))
        } else if options["form"] != .nil {
            let text = pairs("form").map {
                PercentEncoding.encode($0.0) + "=" + PercentEncoding.encode($0.1)
            }
            request.body = Array(text.joined(separator: "&").utf8)
            request.headers.append(.init("Content-Type", ProviderRequest.formType))
        }
    }

    private static let options = ["query", "headers", "json", "form", "buys"]

    private func pairs(_ key: String) -> [(String, String)] {
        (options[key].table?.namedFields ?? []).map { ($0.key, $0.value.plainText ?? "") }
    }

    // A whole URL is fine as long as it stays on the provider's own origin.
    private func relativeTarget() throws(LuaHostError) -> String {
        let beforeQuery = path.prefix { $0 != "?" }
        guard beforeQuery.contains("://") else {
            let isPlain = path.isEmpty || path.hasPrefix("/") || path.hasPrefix("?")
            guard isPlain, Self.isSafe(path) else {
                throw LuaHostError("http: '\(path)' is no plain path such as \"/orders\"")
            }
            return path
        }
        guard let url = try? BaseURL(parsing: String(beforeQuery)), url.origin == baseURL.origin,
            url.path == baseURL.path || url.path.hasPrefix(baseURL.path + "/"),
            Self.isSafe(url.path)
        else {
            throw LuaHostError(
                code: "forbidden",
                message: "a definition reaches what is under its base_url only, which is "
                    + "\(baseURL); write the path alone")
        }
        return String(url.path.dropFirst(baseURL.path.count)) + path.dropFirst(beforeQuery.count)
    }

    private static func isSafe(_ path: String) -> Bool {
        PathRules.isPlain(path.prefix { $0 != "?" })
            && path.allSatisfy { !"\\#@".contains($0) }
            && path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    private static func parameters(
        _ query: Substring
    ) throws(LuaHostError) -> [ProviderRequest.Parameter] {
        var parameters: [ProviderRequest.Parameter] = []
        for pair in query.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(halves[0]),
                let value = PercentEncoding.decode(halves.count == 2 ? halves[1] : "")
            else { throw LuaHostError("http: '\(pair)' in the query is not well encoded") }
            parameters.append(.init(name, value))
        }
        return parameters
    }
}

extension PercentEncoding {
    /// The text that was encoded; `nil` when an escape is broken.
    static func decode(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst(), let low = rest.popFirst(),
                let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
