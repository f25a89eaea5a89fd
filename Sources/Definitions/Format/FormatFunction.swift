/// A function that Lua code may call.
package struct FormatFunction: Sendable, Hashable {
    /// Such as `http.get`, or `number:wait_code` for a method.
    package let name: String
    package let parameters: [Parameter]
    /// As the Lua language server writes it; empty when nothing is returned.
    package let returns: [String]
    package let summary: String
    package let places: Set<Place>

    /// Where it is there.
    package enum Place: String, Sendable, Hashable {
        case definition, script
    }

    /// One of its arguments.
    package struct Parameter: Sendable, Hashable {
        let name: String
        let annotation: String
        let isOptional: Bool

        init(_ name: String, _ annotation: String, isOptional: Bool = false) {
            self.name = name
            self.annotation = annotation
            self.isOptional = isOptional
        }
    }

    init(
        _ name: String,
        _ parameters: [Parameter] = [],
        returns: [String] = [],
        _ summary: String,
        in places: Set<Place> = [.definition, .script]
    ) {
        self.name = name
        self.parameters = parameters
        self.returns = returns
        self.summary = summary
        self.places = places
    }

    /// How it is called: `http.get(path, options?)`.
    package var usage: String {
        let names = parameters.map { $0.name + ($0.isOptional ? "?" : "") }
        return name + "(" + names.joined(separator: ", ") + ")"
    }

    /// All of them, in the order of the reference.
    package static let all = shared + definitions + scripts + methods
}

extension FormatFunction {
    private static let options = Parameter("options", "moonline.RequestOptions", isOptional: true)
    private static let duration = Parameter("duration", "string|number", isOptional: true)
    private static let failure = "moonline.Failure?"

    private static let shared =
        ["get", "post"].map { verb in
            FormatFunction(
                "http.\(verb)", [Parameter("path", "string"), options],
                returns: ["moonline.Response?", failure],
                "a \(verb.uppercased()) request: of a definition to a path of its own origin, of "
                    + "a script to a URL of a host granted by `--allow-host`")
        } + [
            FormatFunction(
                "http.request",
                [Parameter("verb", "string"), Parameter("path", "string"), options],
                returns: ["moonline.Response?", failure], "the same with any verb"),
            FormatFunction(
                "json.encode", [Parameter("value", "any")], returns: ["string"],
                "the value as JSON; `json.null` is a null that a table can hold"),
            FormatFunction(
                "json.array", [Parameter("items", "table")], returns: ["table"],
                "the table, marked as a list: an empty one is `[]` in JSON, not `{}`"),
            FormatFunction(
                "json.decode", [Parameter("text", "string")], returns: ["any"],
                "the value of a JSON text; raises when it is none"),
            FormatFunction(
                "sleep", [Parameter("duration", "string|number")],
                #"waits: `sleep("2s")`, or a number of seconds"#),
        ]
        + ["debug", "info", "warn", "error"].map { level in
            FormatFunction(
                "log.\(level)",
                [Parameter("message", "string"), Parameter("fields", "table", isOptional: true)],
                "writes to the log; in a script `{name}` in the message is filled from `fields`")
        }

    private static let definitions = [
        FormatFunction(
            "provider", [Parameter("definition", "moonline.Definition")],
            returns: ["moonline.Definition"], "marks the definition: `return provider { … }`",
            in: [.definition]),
        FormatFunction(
            "fail", [Parameter("code", "moonline.ErrorCode"), Parameter("message", "string")],
            "ends the operation with an error of the list of codes", in: [.definition]),
        FormatFunction(
            "call.<operation>", [Parameter("arguments", "table", isOptional: true)],
            returns: ["any"], "performs another operation of the file that costs nothing",
            in: [.definition]),
        FormatFunction(
            "crypto.hmac", [hash, Parameter("key", "string"), text, encoding], returns: ["string"],
            #"the code of a text by the key that `auth` names as `hmac`, written "{api_secret}"; "#
                + "in a test of the file the key is the credential's name",
            in: [.definition]),
        FormatFunction(
            "crypto.hash", [hash, text, encoding], returns: ["string"],
            "the digest of a text, in lower-case hexadecimal or base64", in: [.definition]),
        FormatFunction(
            "time.now", returns: ["integer"],
            "seconds since 1970; in a test of the file always 1767225600", in: [.definition]),
    ]

    private static let hash = Parameter("hash", #""sha1"|"sha256"|"sha512""#)
    private static let text = Parameter("text", "string")
    private static let encoding = Parameter("encoding", #""hex"|"base64""#, isOptional: true)
    private static let query = Parameter("query", "moonline.Query")

    private static let scripts = [
        FormatFunction(
            "script", [Parameter("specification", "table<string, any>")], returns: ["table"],
            "declares what the script is about and its arguments, and returns their values",
            in: [.script]),
        FormatFunction(
            "script.show", [Parameter("fields", "table")],
            "shows an intermediate result on standard error; one JSON object a line with `--json`",
            in: [.script]),
        FormatFunction(
            "script.progress",
            [Parameter("message", "string"), Parameter("fields", "table", isOptional: true)],
            "shows what is going on", in: [.script]),
        FormatFunction(
            "money", [Parameter("amount", "string|integer")], returns: ["moonline.Money"],
            #"exact money: `money("1.50")` in US dollars, `money("20000IDR")`; it compares, adds, "#
                + "subtracts, and is multiplied and divided by whole numbers", in: [.script]),
        FormatFunction(
            "print", [Parameter("...", "any")], "writes a line", in: [.script]),
        FormatFunction(
            "otp.providers", [Parameter("filter", "{ with?: string }", isOptional: true)],
            returns: ["string[]"],
            #"names of the accounts that have a key; `{ with = "reuse" }` can do that"#,
            in: [.script]),
        FormatFunction(
            "otp.offers", [query], returns: ["moonline.Offer[]?", failure],
            "what is on sale, cheapest first or in the order of its `strategy`", in: [.script]),
        FormatFunction(
            "otp.buy", [Parameter("what", "moonline.Offer|moonline.Query")],
            returns: ["moonline.Number?", failure],
            "buys one: an offer, or the first offer of a query that can be had", in: [.script]),
        FormatFunction(
            "otp.order", [Parameter("id", "string")], returns: ["moonline.Number?", failure],
            "an order of the journal", in: [.script]),
        FormatFunction(
            "otp.orders", [Parameter("filter", "{ open?: boolean }", isOptional: true)],
            returns: ["moonline.Number[]"], "the orders of the journal", in: [.script]),
        FormatFunction(
            "otp.balance", [Parameter("provider", "string", isOptional: true)],
            returns: ["moonline.Balance[]?", failure], "balances of one account or of all",
            in: [.script]),
        FormatFunction(
            "otp.stats", returns: ["moonline.Statistics[]"],
            "what numbers brought so far, by provider, service and country", in: [.script]),
        FormatFunction(
            "task.all",
            [
                Parameter("functions", "(fun(): any, any)[]"),
                Parameter("options", "{ at_once?: integer }", isOptional: true),
            ], returns: ["any[]", "any[]"],
            "runs functions while others wait; results (`false` for none) and failures by position",
            in: [.script]),
        FormatFunction(
            "task.race", [Parameter("functions", "(fun(): any, any)[]")], returns: ["any", "any"],
            "the first result and its position; the others are stopped", in: [.script]),
    ]

    private static let methods =
        [
            FormatFunction(
                "number:wait_code", [duration], returns: ["string?", failure],
                #"waits for the code, `"90s"` by default"#, in: [.script]),
            FormatFunction(
                "number:next_code", [duration], returns: ["string?", failure],
                "asks for another code on the number and waits for it", in: [.script]),
            FormatFunction(
                "number:cancel", returns: ["boolean?", failure],
                "gives it back; within the provider's hold at the end of the script",
                in: [.script]),
            FormatFunction(
                "number:finish", returns: ["boolean?", failure], "reports the code as used",
                in: [.script]),
            FormatFunction(
                "number:resend", returns: ["boolean?", failure], "asks for another code",
                in: [.script]),
        ]
        + [
            ("swap", "another number for the same order"),
            ("reuse", "buys the same number again"), ("status", "looks at it"),
        ].map { name, summary in
            FormatFunction(
                "number:\(name)", returns: ["moonline.Number?", failure], summary, in: [.script])
        }
}
