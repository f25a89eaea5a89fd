import Testing

@testable import Definitions

struct TestMistakeTests {
    private static let operations = """
        {
          balance = { get = "/balance", reply = { amount = "b" } },
          buy = { post = "/buy", reply = { id = "id", phone = "phone" },
            json = { s = "{service}", c = "{country:int}", p = "{max_price:number?}" } },
          check = { get = "/o/{id}", reply = { status = { "s", P = "waiting" } } },
          note = { post = "/note", costs = false, headers = { X = "{x?}" },
            json = { l = "{l:list}", b = "{b:bool}" } },
        }
        """

    @Test(arguments: [
        (
            #"{ { "balanse", {}, gives = {} } }"#,
            "example.lua:9: tests[1]: there is no operation 'balanse', did you mean 'balance'?"
        ),
        (
            "{ { {}, gives = {} } }",
            """
            example.lua:9: tests[1]: begins with the operation: { "balance", {}, reply = { … } }
            """
        ),
        (
            "{ {} }",
            """
            example.lua:9: tests[1]: begins with the operation: { "balance", {}, reply = { … } }
            """
        ),
        (
            #"{ { "balance", {}, fails = "expired" } }"#,
            """
            example.lua:9: tests[1].fails: 'expired' is not known, one of auth, forbidden, \
            balance, no_numbers, not_found, invalid, closed, refused, too_early, rate_limited, \
            unavailable, network, timeout, protocol, unsupported
            """
        ),
        (
            #"{ { "balance", {}, fails = "atuh" } }"#,
            "example.lua:9: tests[1].fails: 'atuh' is not known, did you mean 'auth'?"
        ),
        (
            #"{ { "balance", {}, give = {} } }"#,
            "example.lua:9: tests[1].give: unknown key, did you mean 'gives'?"
        ),
    ])
    func `a test is an operation with its arguments`(_ row: (tests: String, said: String)) async {
        let text = DefinitionText.of(["tests": row.tests])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            #"{ { "balance", {}, gives = function() end } }"#,
            "example.lua:9: tests[1].gives: a function has no JSON form"
        ),
        (
            #"{ { "balance", {}, gives = 1 / 0 } }"#,
            "example.lua:9: tests[1].gives: a number that is not finite has no JSON form"
        ),
        (
            #"{ { "balance", {}, reply = { json = { 1, b = 1 } } } }"#,
            "example.lua:9: tests[1].reply.json: a list with the key of a record has no JSON form"
        ),
        (
            #"{ { "balance", {}, reply = { json = { [true] = 1 } } } }"#,
            """
            example.lua:9: tests[1].reply.json: a table with a key that is no text has no JSON \
            form
            """
        ),
        (
            #"{ { "balance", {}, sends = { json = function() end } } }"#,
            "example.lua:9: tests[1].sends.json: a function has no JSON form"
        ),
    ])
    func `what a test sends and gives is data`(_ row: (tests: String, said: String)) async {
        let text = DefinitionText.of(["tests": row.tests])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (#""buy", { country = 6 }"#, "failed with invalid: the argument 'service' is missing"),
        (#""buy", { service = "wa" }"#, "failed with invalid: the argument 'country' is missing"),
        (
            #""buy", { service = "wa", country = "ID" }"#,
            "failed with invalid: 'country' has to be a whole number, not 'ID'"
        ),
        (
            #""buy", { service = {}, country = 6 }"#,
            "failed with invalid: 'service' has to be text, not a table"
        ),
        (
            #""buy", { service = "wa", country = 6, max_price = "cheap" }"#,
            "failed with invalid: 'max_price' has to be a number, not 'cheap'"
        ),
        (#""check", { id = "" }"#, "failed with invalid: 'id' may not be empty"),
        (
            #""check", { id = ".." }"#,
            "failed with invalid: an argument may not be '.' or '..' within the path"
        ),
        (#""check", { id = {} }"#, "failed with invalid: 'id' has to be text, not a table"),
        (
            #""note", { l = "a,b", b = "maybe" }"#,
            "failed with invalid: 'b' has to be true or false, not 'maybe'"
        ),
        (#""note", { b = true }"#, "failed with invalid: the argument 'l' is missing"),
        (
            #""note", { l = "a", b = true, x = "a\nb" }"#,
            "failed with invalid: the header X may not hold control characters"
        ),
    ])
    func `an argument that a request cannot take is named`(
        _ row: (test: String, said: String)
    ) async throws {
        let found = try await Mistake.differences(row.test, operations: Self.operations)
        #expect(found == row.said)
    }

    @Test(arguments: [
        (
            #""balance", {}, reply = { json = { b = 1 } }, gives = "1""#,
            #"the result should be "1", is {"amount":"1"}"#
        ),
        (
            #""balance", {}, reply = { json = { b = 1 } }, fails = "auth""#,
            #"should fail with auth, gave {"amount":"1"}"#
        ),
        (
            #""balance", {}, reply = { status = 401 }"#,
            "failed with auth: example: the key is missing or wrong (HTTP 401)"
        ),
        (
            #""balance", {}, reply = { status = 401 }, fails = "balance""#,
            """
            should fail with balance, failed with auth: example: the key is missing or wrong \
            (HTTP 401)
            """
        ),
        (
            """
            "note", { l = { 1 }, b = true }, reply = {}, sends = { json = { l = { 2 }, b = true } \
            }
            """,
            #"json.l[1] should be 2, is "1""#
        ),
        (
            #""note", { l = "a", b = true }, reply = {}, sends = { json = { b = true } }"#,
            "json.l should not be there"
        ),
    ])
    func `what came instead of a result is said`(_ row: (test: String, said: String)) async throws {
        let found = try await Mistake.differences(row.test, operations: Self.operations)
        #expect(found == row.said)
    }
}
