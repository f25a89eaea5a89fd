extension FormatTable {
    static let test = FormatTable(
        "Test", "An example: what an operation sends, and what it makes of a reply.",
        [
            FormatKey("[1]", .text, "the operation", #""buy""#, isRequired: true),
            FormatKey("[2]", .names(.any), "its arguments", #"{ service = "wa" }"#),
            FormatKey(
                "settings", .names(.text), "the account's settings",
                #"settings = { auth = "query" }"#),
            FormatKey(
                "sends", .either([.table("Sent"), .list(.table("Sent"))]),
                "the request, or all of them", #"sends = { method = "POST", path = "/v1/orders" }"#
            ),
            FormatKey(
                "reply", .either([.table("Reply"), .list(.table("Reply"))]),
                "what the provider answers", "reply = { json = { ok = true } }"),
            FormatKey(
                "replies", .list(.table("Reply")), "its answers, one for each request",
                "replies = { { json = … }, { json = … } }"),
            FormatKey("gives", .any, "the result; further fields are allowed", gives),
            FormatKey(
                "fails", .either([.errorCode, .table("Failure")]),
                "the code of the error, or a table",
                #"fails = "no_numbers""#),
        ])

    private static let gives = #"gives = { id = "7", phone = "+62812345" }"#

    static let failure = FormatTable(
        "Failure", "An error that is expected.",
        [
            FormatKey("code", .errorCode, "its code", #"code = "rate_limited""#, isRequired: true),
            FormatKey("message", .text, "its text", #"message = "Out of stock""#),
            FormatKey("retry_after", .number, "in seconds", "retry_after = 5"),
        ])

    static let sent = FormatTable(
        "Sent", "What a request has to look like; what is not named is not looked at.",
        [
            FormatKey("method", .text, "the verb", #"method = "POST""#),
            FormatKey(
                "path", .text, "path and query, with that of `base_url`",
                #"path = "/v1/orders?page=2""#),
            FormatKey("json", .any, "the JSON body", "json = { country = 62 }"),
            FormatKey("form", .names(.text), "the form", #"form = { id = "7" }"#),
            FormatKey(
                "headers", .names(.text), "headers", #"headers = { ["X-Client"] = "tests" }"#),
            FormatKey(
                "auth", .text, "where the credential went", #"auth = "header X-Api-Key""#),
        ])

    static let reply = FormatTable(
        "Reply", "An answer of the provider.",
        [
            FormatKey("status", .number, "the HTTP status; 200 without it", "status = 404"),
            FormatKey(
                "headers", .names(.text), "headers", #"headers = { ["Retry-After"] = "5" }"#),
            FormatKey("json", .any, "a JSON body", "json = { ok = true }"),
            FormatKey("text", .text, "a text as the body", #"text = "NO_NUMBERS""#),
            FormatKey("body", .text, "the same as `text`", #"body = "NO_NUMBERS""#),
        ])
}
