import LuaSandbox
import OrderKernel

/// What the messages of a reply say: the newest code, and the text it came in.
struct MessageEvidence {
    /// Whether the reply speaks of messages at all, even of none.
    let isPresent: Bool
    private(set) var code: String?
    private(set) var text: String?

    /// Whether a message or a code is there.
    var hasArrived: Bool { code != nil || text != nil }

    /// Characters of a message that are read: 26 parts of 153 (3GPP TS 23.040 §9.2.3.24.1); codes
    /// come in one or two.
    private static let textMaximum = 26 * 153
    /// Messages of one order that are read, the newest.
    private static let messagesMaximum = 100

    // Kept for every order, and shown.
    private static func plainCode(_ text: String) -> String? {
        text.utf8.count <= FieldType.textBytesMaximum ? text.oneLine : nil
    }

    /// As much of a message's text as is read.
    static func shortened(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(textMaximum)))
    }

    init(_ record: Record) {
        code = record.text("code")
        text = record.text("message")
        var isListed = false
        if case .array(let messages)? = record["messages"] {
            isListed = true
            for message in Self.newestFirst(messages).prefix(Self.messagesMaximum)
            where code == nil {
                let body = (message["text"]?.text).map(Self.shortened)
                code =
                    message["code"]?.text.flatMap(Self.plainCode)
                    ?? body.flatMap { CodeExtractor.code(in: $0) }
                if code != nil || text == nil { text = body ?? text }
            }
        }
        if code == nil { code = text.flatMap { CodeExtractor.code(in: $0) } }
        isPresent = isListed || code != nil || text != nil
    }

    // By the time they came; messages without one keep their order and count as newer the later
    // they stand.
    private static func newestFirst(_ messages: [JSON]) -> [JSON] {
        let times = messages.map { $0["received_at"]?.text.flatMap { Instant(iso8601: $0) } }
        return messages.indices.sorted { left, right in
            if let first = times[left], let second = times[right], first != second {
                return first > second
            }
            return left > right
        }
        .map { messages[$0] }
    }
}
