import Testing

@testable import Definitions

struct SlipMistakeTests {
    @Test(arguments: [
        (
            """
            local now = os.time()
            return provider {}
            """,
            """
            example.lua:1: attempt to index a nil value (global 'os'); a definition has no 'os', \
            it has string, table, math, utf8, json, http, call, sleep, log and fail
            """
        ),
        (
            "return provder {}",
            """
            example.lua:1: attempt to call a nil value (global 'provder'); did you mean 'provider'?
            """
        ),
        (
            """
            return provider {
              id = "example"
              name = "Example",
            }
            """,
            """
            example.lua:3: '}' expected (to close '{' at line 1) near 'name'; is a comma missing \
            before it?
            """
        ),
        (
            #"return provider { limits = { { requests = 60 per = "1m" } } }"#,
            "example.lua:1: '}' expected near 'per'; is a comma missing before it?"
        ),
        (
            """
            local mode = "a"
            if mode != "b" then mode = "b" end
            """,
            "example.lua:2: 'then' expected near '!'; Lua writes == for equal and ~= for different"
        ),
        (
            """
            return provider {
              id: "example",
            }
            """,
            """
            example.lua:2: <name> expected near '"example"'; fields are written name = value, not \
            name: value
            """
        ),
        (
            """
            return provider {
              id = "example,
            }
            """,
            """
            example.lua:2: unfinished string near '"example,'; close it with a quote on its line
            """
        ),
        (
            """
            return provider {
              id = “example”,
            }
            """,
            """
            example.lua:2: unexpected symbol near '<\\226>'; this is no character of Lua's; quotes \
            are ", and other letters stand in quotes
            """
        ),
    ])
    func `what Lua complains about comes with a way out`(
        _ row: (source: String, said: String)
    ) async {
        #expect(await DefinitionText.problems(row.source) == row.said)
    }

    @Test(arguments: [
        (
            """
            local x = 1
            local reply = http.get("/prices")
            """,
            "example.lua:2: http.get cannot be called while a file loads"
        ),
        (
            """
            local x = 1
            local prices = call.prices {}
            """,
            "example.lua:2: call cannot be called while a file loads"
        ),
        (
            #"local t = {} for i = 1, 99 do t[i] = ("0123456789abcdef"):rep(60000) end"#,
            "example.lua:1: needs too much memory to load; look for a loop"
        ),
    ])
    func `what a file may not do while it loads is named`(
        _ row: (source: String, said: String)
    ) async {
        #expect(await DefinitionText.problems(row.source) == row.said)
    }

    @Test(arguments: [
        (
            "id",
            """
            "example",
              id = "other"
            """,
            """
            example.lua:4: id: stands here twice, first on line 3; Lua keeps only the last one
            example.lua:4: id: 'other' has to be the name of the file, 'example'
            """
        ),
        (
            "name",
            """
            "Example",
              ["name"] = "Example"
            """,
            "example.lua:5: name: stands here twice, first on line 4; Lua keeps only the last one"
        ),
        (
            "errors",
            """
            { "code", GONE = "closed",
                GONE = "auth" }
            """,
            """
            example.lua:10: errors.GONE: stands here twice, first on line 9; Lua keeps only the \
            last one
            """
        ),
        (
            "operations", #"{ balance = { get = "/a", get = "/b", reply = { amount = "a" } } }"#,
            """
            example.lua:8: operations.balance.get: stands here twice, first on line 8; Lua keeps \
            only the last one
            """
        ),
        (
            "operations",
            """
            {
              balance = { get = "/b" },
              balance = { get = "/b", reply = { amount = "a" } },
            }
            """,
            """
            example.lua:10: operations.balance: stands here twice, first on line 9; Lua keeps only \
            the last one
            example.lua:10: operations.balance.get: stands here twice, first on line 9; Lua keeps \
            only the last one
            """
        ),
    ])
    func `a key that stands twice is named with the line of the first`(
        _ row: (key: String, value: String, said: String)
    ) async {
        let text = DefinitionText.of([row.key: row.value])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            "polling", #"{ "5s" }"#,
            """
            example.lua:9: polling[1]: a string without a key is not expected here; write name = \
            value, known are first, every
            """
        ),
        (
            "polling", #"{ [5] = "5s" }"#,
            "example.lua:9: polling[5]: unknown key; names are expected here"
        ),
        (
            "auth", #"{ "{api_key}" }"#,
            """
            example.lua:7: auth[1]: a string without a key is not expected here; write name = \
            value, known are basic, bearer, header, query, json, form, …
            """
        ),
        (
            "credentials", #"{ api_key = { "API key" } }"#,
            """
            example.lua:6: credentials.api_key[1]: a string without a key is not expected here; \
            write name = value, known are label, help
            """
        ),
        (
            "limits", #"{ { 60, "1m" } }"#,
            """
            example.lua:9: limits[1]: write { requests = 60, per = "1m" }
            example.lua:9: limits[1][1]: a number without a key is not expected here; write name = \
            value, known are requests, per, operations
            """
        ),
        (
            "limits", #"{ requests = 60, per = "1m" }"#,
            #"example.lua:9: limits: is a list: write limits = { { requests = 60, per = "1m" } }"#
        ),
        (
            "limits", #"{ { requests = 5, per = "1m", operations = "balance" } }"#,
            #"example.lua:9: limits[1].operations: a list was expected, for example { "buy" }"#
        ),
        (
            "errors", #"{ "code", "error" }"#,
            """
            example.lua:9: errors[2]: only one value without a key is expected here; codes are \
            written CODE = "meaning"
            """
        ),
        (
            "success", #"{ "status", ok = "true" }"#,
            "example.lua:9: success.ok: true or false was expected"
        ),
        (
            "tests", #"{ { "balance", {}, fails = {} } }"#,
            """
            example.lua:9: tests[1].fails: the code is missing, for example fails = { code = \
            "auth" }
            """
        ),
    ])
    func `a key or a position that a table does not have is named`(
        _ row: (key: String, value: String, said: String)
    ) async {
        let text = DefinitionText.of([row.key: row.value])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        ("api", #""1""#, "example.lua:2: api: is no version, write api = 1"),
        ("dialect", #""smsactivate""#, "example.lua:9: dialect: there is no dialect 'smsactivate'"),
        (
            "quirks", "{ cancel = -1 }",
            """
            example.lua:9: quirks: a file without a dialect has none; add dialect = "sms_activate"
            """
        ),
        (
            "idempotency", #"{ header = "Cookie" }"#,
            "example.lua:9: idempotency.header: 'Cookie' is set by the core"
        ),
        (
            "idempotency", #"{ header = "X Key" }"#,
            "example.lua:9: idempotency.header: 'X Key' is no name for a header"
        ),
        (
            "credentials", #"{ api_key = {}, ["api-secret"] = {} }"#,
            "example.lua:6: credentials.api-secret: 'api-secret' may hold only a-z, 0-9 and _"
        ),
        (
            "auth", #"{ header = { Cookie = "{api_key}" } }"#,
            """
            example.lua:7: auth.header.Cookie: 'Cookie' is set by the core, so it cannot carry a \
            key
            """
        ),
        (
            "auth", #"{ header = { ["Proxy-Key"] = "{api_key}" } }"#,
            """
            example.lua:7: auth.header.Proxy-Key: 'Proxy-Key' is set by the core, so it cannot \
            carry a key
            """
        ),
    ])
    func `a name that cannot be taken says why`(
        _ row: (key: String, value: String, said: String)
    ) async {
        let text = DefinitionText.of([row.key: row.value])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            #""https://user:word@example.com""#,
            "example.lua:5: base_url: holds a user or password; a credential goes into auth"
        ),
        (#""https://""#, "example.lua:5: base_url: has no host, write https://host/path"),
        (
            #""https://example.com/v1?key=7""#,
            "example.lua:5: base_url: holds a query; a key goes into auth"
        ),
        (
            #""https://example.com/../v1""#,
            "example.lua:5: base_url: the path behind the host is no plain path"
        ),
    ])
    func `a base URL is a host and a path`(_ row: (url: String, said: String)) async {
        let text = DefinitionText.of(["base_url": row.url])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            #"{ { get = "/balance" } }"#,
            """
            example.lua:8: operations: has none: write operations = { balance = { get = \
            "/balance", … } }
            """
        ),
        (
            #"{ run = { run = function() end, get = "/run" } }"#,
            """
            example.lua:8: operations.run.get: means nothing beside run; leave it out, the \
            function makes request and result
            """
        ),
        (
            #"{ cancel = { post = "/c", headers = { Authorization = "x" } } }"#,
            """
            example.lua:8: operations.cancel.headers.Authorization: 'Authorization' is set by the \
            core; a key goes into auth
            """
        ),
        (
            #"{ cancel = { post = "/c", headers = { ["X Y"] = "z" } } }"#,
            "example.lua:8: operations.cancel.headers.X Y: 'X Y' is no name for a header"
        ),
    ])
    func `what an operation cannot have is named`(_ row: (operations: String, said: String)) async {
        let text = DefinitionText.of(["operations": row.operations])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    private static let operations = """
        {
          buy = { post = "/b", json = { s = "{service}", p = "{max_price?}" },
            reply = { id = "i", phone = "p" } },
          note = { post = "/n", costs = false, form = { text = "{text}", lang = "{lang?}" } },
        }
        """

    @Test(arguments: [
        (
            #""buy", { servce = "wa" }"#,
            "example.lua:13: tests[1][2].servce: is no argument of buy, did you mean 'service'?"
        ),
        (
            #""buy", { service = "wa", colour = "red" }"#,
            "example.lua:13: tests[1][2].colour: is no argument of buy"
        ),
        (
            #""note", { text = "a", id = 7 }"#,
            "example.lua:13: tests[1][2].id: is no argument of note"
        ),
        (
            #""note", { text = "a" }, gives = {}, fails = "invalid""#,
            "example.lua:13: tests[1]: either gives a result or fails, not both"
        ),
    ])
    func `what a test cannot have is named`(_ row: (test: String, said: String)) async {
        let changes = ["operations": Self.operations, "tests": "{ { \(row.test) } }"]
        #expect(await DefinitionText.problems(DefinitionText.of(changes)) == row.said)
    }
}
