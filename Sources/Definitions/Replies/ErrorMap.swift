import LuaSandbox
import OrderKernel

/// What a provider's error codes, texts and HTTP statuses mean.
struct ErrorMap: Sendable, Hashable {
    /// Where the code stands.
    var code: FieldPath?
    /// Where the message for people stands.
    var message: FieldPath?
    /// Where the seconds to wait stand.
    var retryAfter: RetryAfter?
    var exact: [String: Entry] = [:]
    /// Patterns with `*`, longest first.
    var globs: [Glob] = []
    var statuses: [Int: ErrorCode] = [:]
    var texts: [TextEntry] = []

    enum RetryAfter: Sendable, Hashable {
        case path(FieldPath)
        case function(LuaFunction)
    }

    /// A code's meaning, which may depend on the HTTP status or on the message.
    struct Entry: Sendable, Hashable {
        var fallback: ErrorCode?
        var byStatus: [Int: ErrorCode] = [:]
        var byMessage: [String: ErrorCode] = [:]

        func code(status: Int, message: String?) -> ErrorCode? {
            message.flatMap { byMessage[$0] } ?? byStatus[status] ?? fallback
        }
    }

    struct Glob: Sendable, Hashable {
        let pattern: GlobPattern
        let code: ErrorCode
    }

    struct TextEntry: Sendable, Hashable {
        let pattern: TextPattern
        let code: ErrorCode
    }

    /// This map over another: its own entries win.
    func over(_ base: ErrorMap) -> ErrorMap {
        var merged = base
        merged.code = code ?? base.code
        merged.message = message ?? base.message
        merged.retryAfter = retryAfter ?? base.retryAfter
        merged.exact.merge(exact) { $1 }
        merged.globs = globs + base.globs
        merged.statuses.merge(statuses) { $1 }
        merged.texts = texts + base.texts
        return merged
    }

    /// Whether the reply has an error code.
    ///
    /// - Parameter any: whether one counts that is not listed, since nothing else tells a success
    ///   from a failure.
    func isError(_ body: JSON, any: Bool) -> Bool {
        guard let value = code?.value(in: body) else { return false }
        if let text = value.text, exact[text] != nil { return true }
        return any && !Self.isNoCode(value)
    }

    /// Whether the reply's code or message matches a listed pattern.
    func matches(_ body: JSON) -> Bool {
        [code, message].compactMap { $0?.value(in: body)?.text }
            .contains { text in
                let lowercased = Self.beginning(of: text)
                return globs.contains { $0.pattern.matches(lowercased: lowercased) }
            }
    }

    // What providers write where there is no error.
    private static func isNoCode(_ value: JSON) -> Bool {
        switch value {
        case .null, .bool(false): true
        case .array(let items): items.isEmpty
        case .object(let members): members.isEmpty
        default: ["", "0", "false", "none", "null"].contains(value.text?.lowercased() ?? "")
        }
    }

    /// A plain text that is longer matches no pattern: the documents' texts are a line, and each
    /// pattern of a file reads all of it.
    static let plainBytesMaximum = 16 << 10
    /// Patterns look at the beginning of a longer message.
    private static let messageBytesMaximum = 4 << 10

    private static func beginning(of text: String) -> String {
        text.cut(to: messageBytesMaximum).lowercased()
    }

    /// What an unsuccessful JSON reply means.
    func meaning(of body: JSON, status: Int) -> ErrorCode? {
        let code = code?.value(in: body)?.text
        let message = message?.value(in: body)?.text
        if let entry = code.flatMap({ exact[$0] }),
            let meaning = entry.code(status: status, message: message)
        {
            return meaning
        }
        for text in [code, message].compactMap({ $0 }) {
            let lowercased = Self.beginning(of: text)
            if let glob = globs.first(where: { $0.pattern.matches(lowercased: lowercased) }) {
                return glob.code
            }
        }
        return statuses[status]
    }

    /// What a plain-text reply means, when it is a listed error, and how long to wait where its
    /// pattern has `{retry_after}`.
    func meaning(of text: String) -> (code: ErrorCode, retryAfter: Duration?)? {
        guard text.utf8.count <= Self.plainBytesMaximum else { return nil }
        for entry in texts {
            guard let found = entry.pattern.match(text) else { continue }
            let wait = found["retry_after"].flatMap { RetryAfterHeader.delay(seconds: $0) }
            return (entry.code, wait)
        }
        return nil
    }

    /// What an HTTP status means where nothing else is known.
    static func meaning(ofStatus status: Int) -> ErrorCode {
        switch status {
        case 400, 422: .invalid
        case 401: .auth
        case 402: .balance
        case 403: .forbidden
        case 404: .notFound
        case 408: .unavailable
        case 409: .refused
        case 425: .tooEarly
        case 429: .rateLimited
        case 500...599: .unavailable
        default: .protocol
        }
    }
}
