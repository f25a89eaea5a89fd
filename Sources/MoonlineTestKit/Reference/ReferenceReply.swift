/// A reply of a reference provider.
public struct ReferenceReply: Sendable, Hashable {
    /// The HTTP status.
    public var status: Int
    /// The header fields, with names in lower case.
    public var headers: [String: String]
    /// The body, which is JSON.
    public var body: String
    /// What the reply tells the client to respect; it is not on the wire.
    public var announcements: [ReferenceAnnouncement] = []
    /// How long the provider worked before the reply leaves; the effect is there from the start.
    public var processing: Duration = .zero

    /// A reply with a body.
    init(status: Int = 200, body: String, announcements: [ReferenceAnnouncement] = []) {
        self.status = status
        self.body = body
        self.announcements = announcements
        headers = ["content-type": "application/json"]
    }

    /// A refusal with the name of its reason.
    static func refused(
        _ status: Int,
        _ reason: String,
        seconds: Int64? = nil,
        announcements: [ReferenceAnnouncement] = []
    ) -> Self {
        var object = ReferenceJSON()
        object.add("error", reason)
        if let seconds { object.add("seconds", seconds) }
        return Self(status: status, body: object.text, announcements: announcements)
    }

    /// Done, and nothing to say.
    static let done = Self(body: "{}")

    /// There is no such order.
    static let notFound = refused(404, "not_found")

    /// The provider has no such operation.
    static let notOffered = refused(404, "not_offered")

    /// The order has ended.
    static let closed = refused(409, "closed")
}
