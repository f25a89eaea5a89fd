/// A field of a result that the core knows: its name says its type, the same in every definition.
package struct ReplyField: Sendable, Hashable {
    package let name: String
    let type: FieldType
    package let summary: String

    private init(_ name: String, _ type: FieldType, _ summary: String) {
        self.name = name
        self.type = type
        self.summary = summary
    }

    /// All of them; a field of another name is passed on as the reply has it.
    package static let all = [
        ReplyField("id", .text, "of an order, country, service or operator"),
        ReplyField("phone", .phone, "digits; the plus is added"),
        ReplyField("status", .status, "of an order, one of the words below"),
        ReplyField("code", .text, "the one-time code; found in the messages when it is missing"),
        ReplyField("message", .text, "the message's text"),
        ReplyField("messages", .raw, "all messages, see [Messages](#Messages)"),
        ReplyField("text", .text, "of a message"),
        ReplyField("sender", .text, "of a message"),
        ReplyField("received_at", .time, "of a message"),
        ReplyField("price", .amount, "of an offer or order, in the file's currency"),
        ReplyField("amount", .amount, "the balance"),
        ReplyField("refund", .amount, "what a cancel gives back, when the reply says so"),
        ReplyField("currency", .text, "of the amounts beside it"),
        ReplyField("available", .count, "how many numbers an offer has"),
        ReplyField("revision", .count, "of two answers the higher is newer"),
        ReplyField("created_at", .time, "of an order"),
        ReplyField("expires_at", .time, "end of an order"),
        ReplyField("expires_in", .remaining, "the same, in seconds or as `\"20m\"` from now"),
        ReplyField("cancel_at", .time, "before that a cancel is refused"),
        ReplyField("swap_at", .time, "before that a swap is refused"),
        ReplyField("country", .text, "the provider's id"),
        ReplyField("service", .text, "the provider's id"),
        ReplyField("operator", .text, "the provider's id"),
        ReplyField("name", .text, "for people"),
        ReplyField("iso", .countryCode, "the ISO 3166 code of a country"),
        ReplyField("prefix", .text, "of a country's numbers"),
        ReplyField("status_text", .text, "the status in the provider's words"),
    ]

    static let byName = Dictionary(
        all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
