/// What a provider answers; thrown where the answer is a refusal.
struct Reply: Error, Sendable {
    var status: Int
    var contentType: String
    var body: String
    /// Seconds.
    var retryAfter: Int64?

    static func json(_ value: JSONValue, status: Int = 200) -> Reply {
        Reply(status: status, contentType: "application/json; charset=utf-8", body: value.text)
    }

    static func text(_ text: String, status: Int = 200) -> Reply {
        Reply(status: status, contentType: "text/plain; charset=utf-8", body: text)
    }

    static let page = Reply(
        status: 200,
        contentType: "text/html; charset=utf-8",
        body: """
            <!DOCTYPE html><html><head><title>Just a moment...</title></head>\
            <body><h1>Checking your browser</h1></body></html>
            """
    )

    func retrying(afterSeconds seconds: Int64) -> Reply {
        var reply = self
        reply.retryAfter = seconds
        return reply
    }
}
