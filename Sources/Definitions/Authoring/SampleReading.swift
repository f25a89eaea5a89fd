import LuaSandbox
import OrderKernel

/// What a provider's sample reply seems to hold: where its fields are, by the names that such
/// replies commonly use.
struct SampleReading: Sendable {
    /// `each`, when the reply is a list.
    let each: String?
    /// The reply, or the list's first item.
    let item: JSON
    /// Fields with their paths, in the order of the catalogue of fields.
    let fields: [(name: String, path: String)]
    /// Where the messages are, with the path of their text.
    let messages: (each: String, text: String)?

    private static let names: [(field: String, names: Set<String>)] = [
        (
            "id",
            [
                "id", "orderid", "activationid", "requestid", "order", "purchaseid",
                "verificationid",
                "rentid", "tzid", "uuid", "oid", "ref", "reference",
            ]
        ),
        (
            "phone",
            ["phone", "number", "phonenumber", "msisdn", "mobile", "tel", "num", "did", "e164"]
        ),
        ("price", ["price", "cost", "activationcost", "total", "charged", "rate"]),
        ("amount", ["balance", "amount", "credit", "credits", "funds", "money"]),
        ("available", ["available", "count", "qty", "quantity", "stock", "left", "total"]),
        ("status", ["status", "state"]),
        ("code", ["code", "otp", "smscode", "verificationcode", "pin"]),
        ("message", ["text", "sms", "message", "fulltext", "body", "smstext"]),
        ("service", ["service", "serviceid", "svc", "product", "app"]),
        ("country", ["country", "countryid", "countrycode", "geo"]),
        ("created_at", ["createdat", "created", "date", "time", "createtime"]),
        ("expires_at", ["expiresat", "expires", "expiration", "expiry", "endsat", "expireat"]),
        ("expires_in", ["expiresin", "timeleft", "ttl", "remaining", "secondsleft"]),
        ("refund", ["refund", "refunded", "refundamount"]),
        ("name", ["name", "title", "label"]),
        ("iso", ["iso", "iso2", "countrycode", "alpha2"]),
        ("currency", ["currency"]),
    ]

    private static let wanted: [CommonOperation: [String]] = [
        .balance: ["amount", "currency"],
        .countries: ["id", "name", "iso"], .services: ["id", "name"], .operators: ["id", "name"],
        .offers: ["price", "available", "currency"],
        .buy: ["id", "phone", "price", "expires_at", "expires_in"],
        .reuse: ["id", "phone", "price", "expires_at", "expires_in"],
        .swap: ["id", "phone", "expires_at", "expires_in"],
        .check: ["status", "code", "message", "expires_at", "expires_in"],
        .list: [
            "id", "phone", "status", "code", "service", "country", "price", "created_at",
            "expires_at",
        ],
        .cancel: ["refund"], .finish: [], .resend: [],
    ]

    /// - Parameter taken: a key of the reply that says whether the request succeeded.
    init(_ sample: JSON, of operation: CommonOperation, without taken: String?) {
        var item = sample
        var each: String?
        if operation.isList, let list = Self.list(in: sample, "") { (each, item) = list }
        // A word such as `waiting for sms` is no message that came.
        let leaves = Self.leaves(of: item, "").filter { leaf in
            leaf.path != taken && !(leaf.key == "message" && Self.isRemark(leaf.path, item))
        }
        self.each = each
        self.item = item
        fields = (Self.wanted[operation] ?? []).compactMap { field in
            Self.path(of: field, leaves).map { (field, $0) }
        }
        let inbox = operation == .check ? Self.list(in: item, "") : nil
        let text = inbox.flatMap { Self.path(of: "message", Self.leaves(of: $0.item, "")) }
        messages = inbox.flatMap { inbox in text.map { (inbox.each, $0) } }
    }

    /// What a field holds.
    func text(_ field: String) -> String? {
        fields.first { $0.name == field }.flatMap { FieldPath($0.path).value(in: item)?.text }
    }

    /// Whether a code or a message is in it.
    var hasMessage: Bool {
        if case .array(let items)? = messages.flatMap({ messages in
            FieldPath(String(messages.each.dropLast(2))).value(in: item)
        }), !items.isEmpty {
            return true
        }
        return ["code", "message"].contains { text($0)?.isEmpty == false }
    }

    private static func isRemark(_ path: String, _ item: JSON) -> Bool {
        let text = FieldPath(path).value(in: item)?.text ?? ""
        return CodeExtractor.code(in: text) == nil
    }

    // The first list of objects, wherever it stands.
    private static func list(in value: JSON, _ path: String) -> (each: String, item: JSON)? {
        switch value {
        case .array(let items):
            guard let first = items.first, case .object = first else { return nil }
            return (path.isEmpty ? "[]" : path + "[]", first)
        case .object(let members):
            for member in members {
                let inner = path.isEmpty ? member.key : path + "." + member.key
                if let found = list(in: member.value, inner) { return found }
            }
            return nil
        default: return nil
        }
    }

    private static func leaves(of value: JSON, _ path: String) -> [(path: String, key: String)] {
        guard case .object(let members) = value else { return [] }
        return members.flatMap { member -> [(path: String, key: String)] in
            let inner = path.isEmpty ? member.key : path + "." + member.key
            if case .object = member.value { return leaves(of: member.value, inner) }
            if case .array = member.value { return [] }
            let key = member.key.lowercased().filter { $0.isLetter || $0.isNumber }
            return [(inner, key)]
        }
    }

    private static func path(
        of field: String,
        _ leaves: [(path: String, key: String)]
    ) -> String? {
        let known = names.first { $0.field == field }?.names ?? []
        return leaves.first { known.contains($0.key) }?.path
    }
}
