import OrderKernel

extension FormatTable {
    /// The file's one table.
    static let definition = FormatTable(
        "Definition", "What `return provider { … }` holds.",
        [
            FormatKey(
                "api", .number, "the version of the format", "api = 1", isRequired: true),
            FormatKey(
                "id", .text, "the file's name without its ending: `a`-`z`, `0`-`9` and `_`",
                #"id = "acme""#, isRequired: true),
            FormatKey(
                "name", .text, "what people call the provider", #"name = "Acme Numbers""#,
                isRequired: true),
            FormatKey("version", .text, "of this file; `0` without it", #"version = "1.0.0""#),
            FormatKey("docs", .text, "where the provider documents its API", docsExample),
            FormatKey(
                "base_url", .text,
                "https origin, and the path in front of all requests; the key goes nowhere else",
                #"base_url = "https://api.acme.example/v1""#, isRequired: true),
            FormatKey(
                "dialect", .text, "a protocol that is shipped; the file says what differs",
                #"dialect = "sms_activate""#),
            FormatKey(
                "quirks", .names(.any), "how the host differs from its dialect",
                "quirks = { cancel = -1 }"),
            FormatKey(
                "settings", .names(.list(.text)),
                "choices of the account, the first is the usual one",
                #"settings = { auth = { "bearer", "query" } }"#),
            FormatKey(
                "credentials", .names(.table("Credential")),
                "the secrets that an account has; `MOONLINE_<ACCOUNT>_<NAME>` gives one",
                #"credentials = { api_key = { label = "API key" } }"#),
            FormatKey(
                "auth", .either([.table("Auth"), .names(.table("Auth"))]),
                "where the credentials go; with `setting`, one table for each of its choices",
                #"auth = { bearer = "{api_key}" }"#),
        ] + pacing + money + replies + [
            FormatKey(
                "operations", .names(.either([.table("Operation"), .function])),
                "what the provider can do, by name", "operations = { balance = { … } }",
                isRequired: true),
            FormatKey(
                "tests", .list(.table("Test")), "examples that run offline",
                "tests = { { \"balance\", {}, reply = { … }, gives = { … } } }"),
        ])

    private static let docsExample = #"docs = "https://acme.example/docs""#

    private static let pacing = [
        FormatKey(
            "limits", .list(.table("Limit")),
            "what the provider allows, 16 at most; 60 a minute without it",
            #"limits = { { requests = 60, per = "1m" } }"#),
        FormatKey(
            "polling", .table("Polling"), "how often an order is looked at",
            #"polling = { first = "5s", every = "3s" }"#),
        FormatKey(
            "cache", .names(.duration), "how long answers of an operation are served again",
            #"cache = { countries = "1d" }"#),
        FormatKey(
            "retry", .names(.table("Backoff")),
            "how often reads are repeated after `rate_limited`, `unavailable`, `network` or "
                + "`timeout`",
            #"retry = { unavailable = { times = 2, delays = { "1s", "2s" } } }"#),
    ]

    private static let money = [
        FormatKey(
            "currency", .text, "ISO 4217 code of amounts that come without one",
            #"currency = "USD""#),
        FormatKey(
            "amounts", .word(["decimal", "cents"]),
            "what the numbers are that replies have as amounts; functions return decimals always",
            #"amounts = "cents""#),
        FormatKey(
            "time_zone", .text, "of times in replies that name none; UTC without it",
            #"time_zone = "+03:00""#),
        FormatKey(
            "lifetime", .duration,
            "of orders whose reply has neither `expires_at` nor `expires_in`; "
                + "\(PurchaseTerms.lifetimeDefault.text) without it",
            #"lifetime = "20m""#),
        FormatKey(
            "holds", .names(.duration), "the age that an order must have before an operation",
            #"holds = { cancel = "2m" }"#),
        FormatKey(
            "reuse", .table("Reuse"), "how long a number can be bought again",
            #"reuse = { within = "1d" }"#),
        FormatKey(
            "settles_within", .duration,
            "how late a purchase may still happen whose answer was lost; "
                + "\(PurchaseTerms.settlesWithinDefault.text) without it, 1h at most",
            #"settles_within = "90s""#),
        FormatKey(
            "refunds_within", .duration, "by when money that is due has come back",
            #"refunds_within = "1d""#),
        FormatKey(
            "idempotency", .table("Idempotency"),
            "a header under which a purchase may be sent again",
            #"idempotency = { header = "Idempotency-Key" }"#),
        FormatKey(
            "names", .either([.text, .table("Names")]),
            "`\"sms_activate\"` when ids of services or countries are those of sms-activate",
            #"names = { countries = "sms_activate" }"#),
        FormatKey(
            "aliases", .table("Aliases"), "the provider's ids for Moonline's names",
            #"aliases = { services = { whatsapp = "wa" } }"#),
    ]

    private static let replies = [
        FormatKey(
            "success", .any,
            "which replies are good: a path and the values that mean yes (`true`) or no "
                + "(`false`); without it the HTTP status decides",
            #"success = { "status", ok = true }"#),
        FormatKey(
            "value", .path, "where reply paths begin; errors are read from the whole reply",
            #"value = "data""#),
        FormatKey(
            "errors", .table("Errors"), "what the provider's errors mean",
            #"errors = { "error.code", NO_BALANCE = "balance" }"#),
    ]

    static let credential = FormatTable(
        "Credential", "A secret that an account has.",
        [
            FormatKey("label", .text, "what people call it", #"label = "API key""#),
            FormatKey(
                "help", .text, "where it is found", #"help = "Profile, then API access""#),
        ])

    static let limit = FormatTable(
        "Limit", "So many requests in any window of that length; all limits hold together.",
        [
            FormatKey("requests", .number, "how many", "requests = 60", isRequired: true),
            FormatKey("per", .duration, "the window, 1d at most", #"per = "1m""#, isRequired: true),
            FormatKey(
                "operations", .list(.text), "which operations are counted; all without it",
                #"operations = { "buy" }"#),
        ])

    static let polling = FormatTable(
        "Polling", "How often one order is looked at.",
        [
            FormatKey("first", .duration, "after the purchase, 10m at most", #"first = "5s""#),
            FormatKey(
                "every", .duration, "the least time between two looks, 10m at most",
                #"every = "3s""#),
        ])

    static let backoff = FormatTable(
        "Backoff", "How a read is repeated.",
        [
            FormatKey("times", .number, "how often at most, 10 or less", "times = 3"),
            FormatKey(
                "delays", .list(.duration), "before each repetition, 100 ms or more",
                #"delays = { "1s", "2s" }"#),
            FormatKey("cap", .duration, "the longest delay", #"cap = "30s""#),
        ])

    static let idempotency = FormatTable(
        "Idempotency", "How two attempts at one purchase are told from two purchases.",
        [
            FormatKey(
                "header", .text, "carries a key that stands in the journal",
                #"header = "Idempotency-Key""#, isRequired: true),
            FormatKey(
                "within", .duration,
                "how long the provider remembers a key; "
                    + "\(PurchaseTerms.keyLifetimeDefault.text) without it",
                #"within = "1d""#),
        ])

    static let reuse = FormatTable(
        "Reuse", "How long the same number can be bought again.",
        [
            FormatKey(
                "within", .duration, "after the order", #"within = "1d""#, isRequired: true)
        ])

    static let names = FormatTable(
        "Names", "Whose ids the provider uses.",
        [
            FormatKey(
                "services", .word(["sms_activate"]), "codes such as `wa`",
                #"services = "sms_activate""#),
            FormatKey(
                "countries", .word(["sms_activate"]), "numbers such as `6`",
                #"countries = "sms_activate""#),
        ])

    static let aliases = FormatTable(
        "Aliases", "The provider's ids for Moonline's names.",
        [
            FormatKey(
                "services", .names(.text), "by Moonline's name of the service",
                #"services = { whatsapp = "wa" }"#),
            FormatKey(
                "countries", .names(.text), "by ISO 3166 code", #"countries = { ID = "62" }"#),
        ])
}
