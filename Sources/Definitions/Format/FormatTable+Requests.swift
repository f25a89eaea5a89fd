import OrderKernel

extension FormatTable {
    static let auth = FormatTable(
        "Auth", "Where credentials go; they are attached after the request was built.",
        [
            FormatKey(
                "basic", .text, "into `Authorization: Basic`, user and password",
                #"basic = "{user}:{password}""#),
            FormatKey(
                "bearer", .text, "into `Authorization: Bearer`", #"bearer = "{api_key}""#),
            FormatKey(
                "header", .names(.text),
                "into headers, behind a word where one is wanted: `\"Token {api_key}\"`",
                #"header = { ["X-Api-Key"] = "{api_key}" }"#
            ),
            FormatKey(
                "query", .names(.text), "into the query", #"query = { api_key = "{api_key}" }"#),
            FormatKey(
                "json", .names(.text), "into the JSON body of each request",
                #"json = { key = "{api_key}" }"#),
            FormatKey(
                "form", .names(.text), "into the form of each request",
                #"form = { key = "{api_key}" }"#),
            FormatKey(
                "hmac", .text, "the key with which `crypto.hmac` signs; Lua does not see it",
                #"hmac = "{api_secret}""#),
            FormatKey(
                "login", .table("Login"),
                "trades them for a token first, which is then `\"{login}\"`",
                #"login = { post = "/auth", header = { … }, token = "token" }"#),
        ])

    /// Beside one table for each choice.
    static let authSetting = FormatKey(
        "setting", .text, "the setting that chooses between ways", #"setting = "auth""#)

    static let login = FormatTable(
        "Login", "A request that trades credentials for a token; one is kept in memory.",
        [
            FormatKey("get", .text, "its path, or", #"get = "/auth""#),
            FormatKey("post", .text, "its path", #"post = "/auth""#),
            FormatKey(
                "header", .names(.text), "credentials in headers",
                #"header = { ["X-Api-Key"] = "{api_key}" }"#),
            FormatKey(
                "query", .names(.text), "credentials in the query",
                #"query = { key = "{api_key}" }"#),
            FormatKey(
                "json", .names(.text), "a JSON body of credentials and texts of your own",
                #"json = { user = "{username}", password = "{password}" }"#),
            FormatKey(
                "form", .names(.text), "the same as a form",
                #"form = { grant_type = "password", password = "{password}" }"#),
            FormatKey(
                "token", .path, "where the answer has the token", #"token = "data.token""#,
                isRequired: true),
            FormatKey(
                "expires_at", .path, "where it has the token's end", #"expires_at = "expires""#),
            FormatKey(
                "expires_in", .path, "where it has the seconds for which the token holds",
                #"expires_in = "expires_in""#),
            FormatKey(
                "lifetime", .duration,
                "of a token with neither; \(LoginScheme.lifetimeDefault.text) without it",
                #"lifetime = "1h""#),
        ])

    static let operation = FormatTable(
        "Operation", "One request and what its reply means; a function may stand in its place.",
        HTTPMethod.allCases.map { method in
            FormatKey(
                method.rawValue, .template,
                "the path of a \(method.verb) request, relative to `base_url`",
                #"\#(method.rawValue) = "/orders/{id}""#)
        } + requests + results)

    private static let requests = [
        FormatKey(
            "query", .names(.template), "parameters behind the path",
            #"query = { page = "{page?}" }"#),
        FormatKey(
            "json", .any, "the body; a place that is one argument keeps its kind",
            #"json = { country = "{country:int}" }"#),
        FormatKey(
            "form", .names(.template), "a form as the body", #"form = { id = "{id}" }"#),
        FormatKey(
            "headers", .names(.template), "headers of your own",
            #"headers = { ["X-Client"] = "tests" }"#),
        FormatKey(
            "auth", .boolean, "`false` sends the request without the credential",
            "auth = false"),
        FormatKey(
            "costs", .boolean,
            "whether it spends money; needed for operations of your own that are no GET",
            "costs = false"),
        FormatKey("run", .function, "a function makes the requests", "run = function(a) … end"),
    ]

    private static let results = [
        FormatKey("value", .path, "in place of the file's `value`", #"value = "result""#),
        FormatKey("success", .any, "in place of the file's `success`", "success = { … }"),
        FormatKey("errors", .table("Errors"), "beside the file's `errors`", "errors = { … }"),
        FormatKey(
            "each", .text, "where a list has its items: `items[]`, `[]`, `items.*`, `*.*`",
            #"each = "items[]""#),
        FormatKey(
            "page", .number,
            "how many rows of `list` come at most, newest first: a full page proves nothing about "
                + "orders older than its last row", "page = 100"),
        FormatKey(
            "reply", .either([.names(.any), .function]),
            "fields of the result, each from a path, a constant, a translation or a function",
            #"reply = { id = "order.id", phone = "order.number" }"#),
        FormatKey(
            "text", .names(.names(.text)), "plain-text replies by pattern, with their fields",
            #"text = { ["STATUS_OK:{code}"] = { status = "received" } }"#),
        FormatKey(
            "nothing_bought", .list(.either([.text, .number])),
            "codes or HTTP statuses that prove that a purchase did not happen",
            #"nothing_bought = { 503, "BUSY" }"#),
    ]

    static let messages = FormatTable(
        "Messages", "The messages of an order, as the field `messages` of a reply.",
        [
            FormatKey(
                "each", .text, "where they are", #"each = "sms[]""#, isRequired: true),
            FormatKey("text", .path, "the message", #"text = "body""#),
            FormatKey("sender", .path, "who sent it", #"sender = "from""#),
            FormatKey("code", .path, "the code, where the provider finds it", #"code = "otp""#),
            FormatKey("received_at", .path, "when it came", #"received_at = "date""#),
            FormatKey("id", .path, "its id", #"id = "id""#),
            FormatKey(
                "newest", .word(["first", "last"]),
                "which one is the newest where no times tell; the last without it",
                #"newest = "first""#),
        ])

    static let errors = FormatTable(
        "Errors", "What the provider's errors mean to the core.",
        [
            FormatKey("[1]", .path, "where a reply has its error code", #""error.code""#),
            FormatKey(
                "message", .path, "where it has a text for people", #"message = "error.text""#),
            FormatKey(
                "retry_after", .either([.path, .function]),
                "where it has the seconds to wait, when it is not in the header `Retry-After`",
                #"retry_after = "error.wait""#),
            FormatKey(
                "text", .names(.errorCode), "plain-text errors by pattern",
                #"text = { ["NO_BALANCE"] = "balance" }"#),
        ],
        others: FormatKey(
            "a `CODE`, `[\"*pattern*\"]` or `[404]`",
            .either([.errorCode, .names(.errorCode)]),
            "what it means; a table tells apart by status or message",
            #"NO_BALANCE = "balance", ["*sold out*"] = "no_numbers", [404] = "not_found""#))
}
