import Testing

@testable import Definitions

/// What is said to people who write Lua as they write another language.
struct HabitMistakeTests {
    @Test(arguments: [
        (#"local same = 1 != 2"#, "Lua writes == for equal and ~= for different"),
        (#"local both = true && false"#, "Lua writes and, or and not"),
        (#"local any = true || false"#, "Lua writes and, or and not"),
        (#"let url = "https://host""#, "Lua writes local name = value"),
        (#"const url = "https://host""#, "Lua writes local name = value"),
        (#"local n = 1; n += 1"#, "Lua writes a = a + 1"),
        (#"// a comment"#, "a comment begins with --"),
        (#"/* a comment */"#, "a comment begins with --"),
        (#"# a comment"#, "a comment begins with --"),
        (#"local n = 1 // a comment here"#, "a comment begins with --"),
        (#"local one = true ? 1 : 2"#, "Lua has no ?:, write a and b or c"),
        (
            #"return provider { "id": "example" }"#,
            "fields are written name = value, and the name has no quotes"
        ),
        (
            "return provider {\n  id: \"example\" }",
            "fields are written name = value, not name: value"
        ),
        (
            "return provider {\n  base-url = \"https://host\" }",
            #"a name with other characters is written ["name"] = …"#
        ),
        (
            "return provider {\n  5sim = \"x\" }",
            #"a name with other characters is written ["name"] = …"#
        ),
        (
            #"return provider { id = [[{"a":[[1,"b"]]}]] }"#,
            "a text with ]] in it stands in [=[ … ]=]"
        ),
        (#"local size == 1"#, "a value is given with one ="),
        (
            "return provider { größe = 1 }",
            "this is no character of Lua's; quotes are \", and other letters stand in quotes"
        ),
        (#"local path = "\d""#, #"write \\ for a backslash, or the text as it is in [[…]]"#),
        ("return provider { id = \"a\" name = \"b\" }", "is a comma missing before it?"),
        ("return provder {}", "did you mean 'provider'?"),
        ("return provider { id = tostrin(1) }", "did you mean 'tostring'?"),
    ])
    func `a habit of another language is named`(_ row: (source: String, advice: String)) async {
        let said = await DefinitionText.problems(row.source)
        #expect(said.hasSuffix("; " + row.advice), "\(said)")
        #expect(said.hasPrefix("example.lua:"))
    }

    @Test(arguments: [
        (
            "operations",
            #"{ balance = { get = "/b", headers = { "A: b" }, reply = { amount = "a" } } }"#,
            "operations.balance.headers[1]: a string without a key is not expected here"
        ),
        (
            "operations",
            #"{ balance = { get = "/b", query = { "a" }, reply = { amount = "a" } } }"#,
            "operations.balance.query[1]: a string without a key is not expected here"
        ),
        ("settings", #"{ "a", "b" }"#, "settings[1]: a string without a key is not expected here"),
        ("cache", "{ 5 }", "cache[1]: a number without a key is not expected here"),
        (
            "aliases", #"{ services = { "wa" } }"#,
            "aliases.services[1]: a string without a key is not expected here"
        ),
        ("aliases", "{ services = 5 }", "aliases.services: a table was expected, not a number"),
        (
            "operations", #"{ cancel = { post = "/c", text = { "OK" } } }"#,
            "operations.cancel.text[1]: a string without a key is not expected here"
        ),
        (
            "operations", #"{ cancel = { post = "/c", text = {} } }"#,
            "operations.cancel.text: has no pattern: write text = { [\"OK:{id}\"] = {} }"
        ),
        (
            "operations", #"{ cancel = { post = "/c", json = { 1, a = 2 } } }"#,
            "operations.cancel.json: a JSON value is a list or an object, not both"
        ),
        (
            "retry", #"{ network = { cap = "99ms" } }"#,
            "retry.network: 100ms is the shortest delay"
        ),
        (
            "retry", #"{ network = { delays = { "1ms" } } }"#,
            "retry.network: 100ms is the shortest delay"
        ),
        (
            "retry", "{ network = { times = 11 } }",
            "retry.network.times: 10 repetitions are the most"
        ),
        (
            "retry", #"{ network = { delays = "1s" } }"#,
            "retry.network.delays: a list was expected, for example { \"1s\", \"2s\" }"
        ),
        (
            "tests", #"{ { "balance", {}, {}, gives = {} } }"#,
            "tests[1][3]: is too much: a test has its operation and its arguments"
        ),
        (
            "tests", #"{ { "balance", "x", gives = {} } }"#,
            "tests[1][2]: a table was expected, not a string"
        ),
    ])
    func `what would do nothing is no part of a file`(
        _ row: (key: String, value: String, said: String)
    ) async {
        let said = await DefinitionText.problems(DefinitionText.of([row.key: row.value]))
        #expect(said.contains(row.said), "\(said)")
    }

    @Test(arguments: [
        (
            "return { amount = function() end }",
            """
            failed with protocol: the function of balance failed: a function is no data; text, \
            numbers, booleans and tables are
            """
        ),
        (
            "error({})",
            """
            failed with protocol: the function of balance failed without a message; write \
            fail("no_numbers", "message")
            """
        ),
        (
            #"error({ code = "sold_out" })"#,
            """
            failed with protocol: the function of balance failed with 'sold_out', which is no \
            error code; known are auth, forbidden, balance, no_numbers, not_found, invalid, \
            closed, refused, too_early, rate_limited, unavailable, network, timeout, protocol, \
            unsupported
            """
        ),
        (
            #"http.get("/a", { headers = { ["X Y"] = 1 } })"#,
            """
            failed with protocol: the definition failed at example.lua:9: http: the header 'X Y' \
            is no name for a header
            """
        ),
        (
            #"http.get("https://api.example.com/v1evil")"#,
            """
            failed with forbidden: a definition reaches what is under its base_url only, which \
            is https://api.example.com/v1; write the path alone
            """
        ),
        (
            #"http.get("https://api.example.com/v2/a")"#,
            """
            failed with forbidden: a definition reaches what is under its base_url only, which \
            is https://api.example.com/v1; write the path alone
            """
        ),
        (
            "return {}",
            """
            failed with protocol: what the function returned lacks the field 'amount' that \
            balance needs
            """
        ),
    ])
    func `a function that fails is told why`(_ row: (body: String, said: String)) async throws {
        let found = try await Mistake.differences(
            #""balance", {}, reply = { json = {} }, gives = {}"#,
            operations: "{ balance = function()\n\(row.body) end }")
        #expect(found == row.said)
    }
}
