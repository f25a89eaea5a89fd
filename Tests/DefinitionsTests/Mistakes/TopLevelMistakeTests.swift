import Testing

@testable import Definitions

struct TopLevelMistakeTests {
    @Test(arguments: [
        ("api", "", "example.lua:1: api: is missing, write api = 1"),
        (
            "api", "3",
            "example.lua:2: api: this file needs a newer Moonline (format 3; this one reads 1)"
        ),
        ("id", "", #"example.lua:1: id: is missing, for example id = "example""#),
        (
            "id", #""ex-ample""#,
            "example.lua:3: id: 'ex-ample' may hold only a-z, 0-9 and _, and begins with a letter"
        ),
        (
            "id", #""_example""#,
            "example.lua:3: id: '_example' may hold only a-z, 0-9 and _, and begins with a letter"
        ),
        (
            "id", #""another""#,
            "example.lua:3: id: 'another' has to be the name of the file, 'example'"
        ),
        ("name", "", #"example.lua:1: name: is missing, for example name = "Example SMS""#),
        (
            "base_url", "",
            """
            example.lua:1: base_url: is missing, for example base_url = \
            "https://api.example.com/v1"
            """
        ),
        (
            "operations", "",
            "example.lua:1: operations: is missing: a definition needs at least one operation"
        ),
        (
            "base_url", #""example.com/v1""#,
            "example.lua:5: base_url: it is no URL, write https://host/path"
        ),
        (
            "base_url", #""http://example.com""#,
            """
            example.lua:5: base_url: has to be https; for a test server on http set \
            MOONLINE_<ACCOUNT>_BASE_URL instead
            """
        ),
        (
            "base_url", #""ws://example.com""#,
            "example.lua:5: base_url: 'ws' is no scheme for this, use https"
        ),
        (
            "base_url", #""https://example.com:70000""#,
            """
            example.lua:5: base_url: the port behind the host is no number from 1 \
            to 65535
            """
        ),
        (
            "base_url", #""https://bücher.example""#,
            "example.lua:5: base_url: a URL is plain ASCII without blanks; hosts are xn--…"
        ),
        (
            "currency", #""Euro""#,
            #"example.lua:9: currency: 'Euro' is no ISO 4217 code such as "USD""#
        ),
        (
            "currency", #""USDT""#,
            #"example.lua:9: currency: 'USDT' is no ISO 4217 code such as "USD""#
        ),
        (
            "success", #"{ "ok", "done", yes = true }"#,
            #"example.lua:9: success: write { "path", [true] = true } or { "status", ok = true }"#
        ),
        (
            "success", "{ yes = true }",
            #"example.lua:9: success: write { "path", [true] = true } or { "status", ok = true }"#
        ),
        (
            "success", #"{ "ok" }"#,
            #"example.lua:9: success: no value is marked: write { "status", ok = true }"#
        ),
        (
            "success", #"{ "ok", [1] = true }"#,
            #"example.lua:9: success: no value is marked: write { "status", ok = true }"#
        ),
    ])
    func `a key that is missing or wrong says what to write`(
        _ row: (key: String, value: String, said: String)
    ) async {
        let text = DefinitionText.of([row.key: row.value])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test(arguments: [
        (
            "baseurl", #""https://example.com""#,
            "example.lua:9: baseurl: unknown key, did you mean 'base_url'?"
        ),
        ("curency", #""USD""#, "example.lua:9: curency: unknown key, did you mean 'currency'?"),
        ("limit", "{}", "example.lua:9: limit: unknown key, did you mean 'limits'?"),
        (
            "colour", #""red""#,
            """
            example.lua:9: colour: unknown key; known are api, id, name, version, docs, base_url, \
            dialect, quirks, settings, credentials, auth, limits, polling, cache, retry, \
            currency, amounts, time_zone, lifetime, holds, reuse, settles_within, \
            refunds_within, idempotency, names, aliases, success, value, errors, operations, tests
            """
        ),
        (
            "amounts", #""cent""#,
            "example.lua:9: amounts: 'cent' is not known, did you mean 'cents'?"
        ),
        (
            "time_zone", #""Moscow""#,
            #"example.lua:9: time_zone: 'Moscow' is no offset from UTC such as "+03:00""#
        ),
        (
            "polling", #"{ evry = "5s" }"#,
            "example.lua:9: polling.evry: unknown key, did you mean 'every'?"
        ),
        (
            "polling", #"{ seconds = "5s" }"#,
            "example.lua:9: polling.seconds: unknown key; known are first, every"
        ),
        ("reuse", "{ times = 2 }", "example.lua:9: reuse.times: unknown key; known are within"),
        (
            "names", #"{ service = "sms_activate" }"#,
            "example.lua:9: names.service: unknown key, did you mean 'services'?"
        ),
        (
            "retry", "{ netwrk = {} }",
            "example.lua:9: retry.netwrk: unknown key, did you mean 'network'?"
        ),
        (
            "retry", "{ auth = {} }",
            """
            example.lua:9: retry.auth: unknown key; known are network, rate_limited, timeout, \
            unavailable
            """
        ),
        (
            "tests", #"{ { "balance", {}, reply = { code = 200 }, gives = {} } }"#,
            """
            example.lua:9: tests[1].reply.code: unknown key; known are status, headers, json, \
            text, body
            """
        ),
        (
            "tests", #"{ { "balance", {}, sends = { query = {} }, gives = {} } }"#,
            """
            example.lua:9: tests[1].sends.query: unknown key; known are method, path, json, form, \
            headers, auth
            """
        ),
        (
            "operations", #"{ balance = { get = "/b", body = "x", reply = { amount = "a" } } }"#,
            """
            example.lua:8: operations.balance.body: unknown key; known are get, post, put, patch, \
            delete, query, json, form, headers, auth, costs, run, value, success, errors, each, \
            page, reply, text, nothing_bought
            """
        ),
    ])
    func `an unknown key names the nearest one, or all that are known`(
        _ row: (key: String, value: String, said: String)
    ) async {
        let text = DefinitionText.of([row.key: row.value])
        #expect(await DefinitionText.problems(text) == row.said)
    }

    @Test func `a file that says nothing is told all that it has to say`() async {
        #expect(
            await DefinitionText.problems("return provider {}") == """
                example.lua:1: api: is missing, write api = 1
                example.lua:1: base_url: is missing, for example base_url = \
                "https://api.example.com/v1"
                example.lua:1: id: is missing, for example id = "example"
                example.lua:1: name: is missing, for example name = "Example SMS"
                example.lua:1: operations: is missing: a definition needs at least one operation
                """)
    }
}
