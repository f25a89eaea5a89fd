import Testing

@testable import Definitions

struct ErrorMapMistakeTests {
    @Test(arguments: [
        (
            #"{ "code", GONE = "closd" }"#,
            "example.lua:9: errors.GONE: 'closd' is not known, did you mean 'closed'?"
        ),
        (
            #"{ "code", GONE = "gone" }"#,
            """
            example.lua:9: errors.GONE: 'gone' is not known, one of auth, forbidden, balance, \
            no_numbers, not_found, invalid, closed, refused, too_early, rate_limited, \
            unavailable, network, timeout, protocol, unsupported
            """
        ),
        (
            #"{ "code", GONE = "expired" }"#,
            """
            example.lua:9: errors.GONE: 'expired' is not known, one of auth, forbidden, balance, \
            no_numbers, not_found, invalid, closed, refused, too_early, rate_limited, \
            unavailable, network, timeout, protocol, unsupported
            """
        ),
        (
            #"{ "code", GONE = { "closed", [404] = "notfound" } }"#,
            "example.lua:9: errors.GONE[404]: 'notfound' is not known, did you mean 'not_found'?"
        ),
        (
            #"{ "code", GONE = { "close" } }"#,
            "example.lua:9: errors.GONE[1]: 'close' is not known, did you mean 'closed'?"
        ),
        (
            #"{ "code", ["*gone*"] = "nothing" }"#,
            """
            example.lua:9: errors.*gone*: 'nothing' is not known, one of auth, forbidden, \
            balance, no_numbers, not_found, invalid, closed, refused, too_early, rate_limited, \
            unavailable, network, timeout, protocol, unsupported
            """
        ),
        (
            #"{ "code", [404] = "not found" }"#,
            "example.lua:9: errors[404]: 'not found' is not known, did you mean 'not_found'?"
        ),
        (
            #"{ "code", text = { BAD_KEY = "atuh" } }"#,
            "example.lua:9: errors.text.BAD_KEY: 'atuh' is not known, did you mean 'auth'?"
        ),
    ])
    func `an error means one of the closed list`(_ row: (errors: String, said: String)) async {
        let text = DefinitionText.of(["errors": row.errors])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            #"{ "code", [999] = "closed" }"#,
            """
            example.lua:9: errors[999]: is no HTTP status; a code that is a number is written as \
            text, ["999"]
            """
        ),
        (
            #"{ "code", [true] = "closed" }"#,
            """
            example.lua:9: errors[true]: is no HTTP status; a code that is a number is written as \
            text, ["true"]
            """
        ),
        (
            #"{ "code", GONE = { "closed", [7] = "auth" } }"#,
            "example.lua:9: errors.GONE[7]: an HTTP status or a message was expected"
        ),
        (
            #"{ "code", GONE = { "closed", [true] = "auth" } }"#,
            "example.lua:9: errors.GONE[true]: an HTTP status or a message was expected"
        ),
        (
            #"{ "code", text = { ["BANNED:{until"] = "forbidden" } }"#,
            "example.lua:9: errors.text.BANNED:{until: the braces do not match in 'BANNED:{until'"
        ),
        (
            #"{ "code", text = { ["BANNED:{until:date}"] = "forbidden" } }"#,
            """
            example.lua:9: errors.text.BANNED:{until:date}: '{until:date}' has an unknown kind, \
            use :int, :number, :cents, :bool or :list
            """
        ),
    ])
    func `an error is a code, a pattern or a status`(_ row: (errors: String, said: String)) async {
        let text = DefinitionText.of(["errors": row.errors])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            #"cancel = { post = "/c", errors = { "code", GONE = "closd" } }"#,
            """
            example.lua:8: operations.cancel.errors.GONE: 'closd' is not known, did you mean \
            'closed'?
            """
        ),
        (
            #"cancel = { post = "/c", errors = { [700] = "closed" } }"#,
            """
            example.lua:8: operations.cancel.errors[700]: is no HTTP status; a code that is a \
            number is written as text, ["700"]
            """
        ),
    ])
    func `an operation's own errors are read the same way`(
        _ row: (operation: String, said: String)
    ) async {
        let text = DefinitionText.of(["operations": "{ \(row.operation) }"])
        #expect(await DefinitionText.problems(text) == row.said)
    }
}
