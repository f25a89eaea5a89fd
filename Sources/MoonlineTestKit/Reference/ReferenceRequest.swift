/// A request as it reaches a reference provider.
public struct ReferenceRequest: Sendable, Hashable {
    /// Such as `GET`.
    public let method: String
    /// The path without the query.
    public let path: String
    /// The query without its question mark.
    public let query: String
    /// The header fields, with names in lower case.
    public let headers: [String: String]
    /// The body as text.
    public let body: String
    /// What it asks for.
    public let operation: ReferenceOperation
    /// Whether the network made it, not the client: then it is no conduct of the client.
    public var isDuplicate = false

    /// A request by its parts.
    public init(
        method: String,
        path: String,
        query: String = "",
        headers: [String: String] = [:],
        body: String = ""
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        operation = ReferenceOperation(method: method, path: path)
    }

    /// A request whose path and query are one text.
    public init(
        method: String,
        target: String,
        headers: [String: String] = [:],
        body: String = ""
    ) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(
            method: method, path: String(parts.first ?? ""),
            query: parts.count == 2 ? String(parts[1]) : "", headers: headers, body: body
        )
    }

    /// The key that makes a purchase safe to repeat.
    public var idempotencyKey: String? { headers["idempotency-key"] }

    /// The authorisation that a purchase serves, which only a simulation tells.
    public var authorisation: String? { headers["x-simulation-purchase"] }

    /// What has to be the same when a key is used again.
    var fingerprint: String { "\(method) \(path)?\(query)\n\(body)" }

    /// The value of a query parameter, percent-decoded.
    func parameter(_ name: String) -> String? {
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0] == name, !parts[1].isEmpty else { continue }
            return Self.decoded(parts[1])
        }
        return nil
    }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let pair = UInt8(rest.prefix(2).hexadecimal, radix: 16) {
                bytes.append(pair)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Substring.UTF8View {
    fileprivate var hexadecimal: String { String(decoding: self, as: UTF8.self) }
}
