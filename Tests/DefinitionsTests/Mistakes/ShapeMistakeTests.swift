import Testing

@testable import Definitions

struct ShapeMistakeTests {
    @Test(arguments: [
        ("limits", "7", "9: limits", "number"),
        ("limits", "{ 5 }", "9: limits[1]", "number"),
        ("polling", #""5s""#, "9: polling", "string"),
        ("cache", #""5s""#, "9: cache", "string"),
        ("holds", #""2m""#, "9: holds", "string"),
        ("reuse", #""1d""#, "9: reuse", "string"),
        ("idempotency", #""Idempotency-Key""#, "9: idempotency", "string"),
        ("aliases", "7", "9: aliases", "number"),
        ("retry", "3", "9: retry", "number"),
        ("retry", "{ network = 3 }", "9: retry.network", "number"),
        ("success", #""ok""#, "9: success", "string"),
        ("errors", #""code""#, "9: errors", "string"),
        ("errors", #"{ text = "NO" }"#, "9: errors.text", "string"),
        ("settings", #""mode""#, "9: settings", "string"),
        ("tests", "7", "9: tests", "number"),
        ("tests", "{ 7 }", "9: tests[1]", "number"),
        ("tests", #"{ { "balance", {}, reply = "x" } }"#, "9: tests[1].reply", "string"),
        ("tests", #"{ { "balance", {}, sends = "x" } }"#, "9: tests[1].sends", "string"),
        ("auth", #"{ login = "x", bearer = "{login}" }"#, "7: auth.login", "string"),
        ("operations", #"{ balance = "/b" }"#, "8: operations.balance", "string"),
        (
            "operations", #"{ balance = { get = "/b", query = "a=1", reply = { amount = "a" } } }"#,
            "8: operations.balance.query", "string"
        ),
        (
            "operations", #"{ balance = { get = "/b", headers = "x", reply = { amount = "a" } } }"#,
            "8: operations.balance.headers", "string"
        ),
        (
            "operations", #"{ balance = { get = "/b", form = "a=1", reply = { amount = "a" } } }"#,
            "8: operations.balance.form", "string"
        ),
        (
            "operations",
            #"{ balance = { get = "/b", success = true, reply = { amount = "a" } } }"#,
            "8: operations.balance.success", "boolean"
        ),
        (
            "operations",
            #"{ balance = { get = "/b", errors = "code", reply = { amount = "a" } } }"#,
            "8: operations.balance.errors", "string"
        ),
        (
            "operations", #"{ cancel = { post = "/c", text = 7 } }"#, "8: operations.cancel.text",
            "number"
        ),
        (
            "operations", #"{ check = { get = "/c", text = { WAIT = "waiting" } } }"#,
            "8: operations.check.text.WAIT", "string"
        ),
        (
            "operations",
            #"{ buy = { post = "/b", nothing_bought = 503, reply = { id = "i", phone = "p" } } }"#,
            "8: operations.buy.nothing_bought", "number"
        ),
    ])
    func `where a table belongs, anything else is named`(
        _ row: (key: String, value: String, place: String, found: String)
    ) async {
        let text = DefinitionText.of([row.key: row.value])
        let said = await DefinitionText.problems(text)
        let shape = "a table was expected, not a "
        #expect(said == "example.lua:\(row.place): \(shape)\(row.found)")
    }

    @Test(arguments: [
        ("id", "{}", "3: id", "a table"),
        ("name", "true", "4: name", "true"),
        ("name", #""""#, "4: name", "''"),
        ("docs", "true", "9: docs", "true"),
        ("currency", "true", "9: currency", "true"),
        ("value", "{}", "9: value", "a table"),
        ("names", "true", "9: names", "true"),
        ("aliases", "{ services = { whatsapp = {} } }", "9: aliases.services.whatsapp", "a table"),
        ("aliases", "{ countries = { ID = {} } }", "9: aliases.countries.ID", "a table"),
        ("credentials", "{ api_key = { label = true } }", "6: credentials.api_key.label", "true"),
        ("credentials", "{ api_key = { help = {} } }", "6: credentials.api_key.help", "a table"),
        ("auth", "{ bearer = true }", "7: auth.bearer", "true"),
        ("auth", "{ query = { key = {} } }", "7: auth.query.key", "a table"),
        ("idempotency", "{ header = {} }", "9: idempotency.header", "a table"),
        ("errors", "{ {} }", "9: errors[1]", "a table"),
        ("errors", #"{ "code", message = true }"#, "9: errors.message", "true"),
        ("errors", #"{ "code", retry_after = {} }"#, "9: errors.retry_after", "a table"),
        ("errors", #"{ "code", GONE = true }"#, "9: errors.GONE", "true"),
        (
            "operations", #"{ balance = { get = "/b", value = {}, reply = { amount = "a" } } }"#,
            "8: operations.balance.value", "a table"
        ),
        (
            "operations", #"{ check = { get = "/c", reply = { status = { "s", P = true } } } }"#,
            "8: operations.check.reply.status.P", "true"
        ),
        (
            "operations",
            #"{ check = { get = "/c", text = { WAIT = { status = "waiting", code = true } } } }"#,
            "8: operations.check.text.WAIT.code", "true"
        ),
        (
            "operations",
            """
            { buy = { post = "/b", nothing_bought = { true }, reply = { id = "i", phone = "p" } } \
            }
            """,
            "8: operations.buy.nothing_bought[1]", "true"
        ),
        ("tests", #"{ { "balance", {}, fails = true } }"#, "9: tests[1].fails", "true"),
    ])
    func `where text belongs, anything else is named`(
        _ row: (key: String, value: String, place: String, found: String)
    ) async {
        let text = DefinitionText.of([row.key: row.value])
        let said = await DefinitionText.problems(text)
        let shape = "text was expected, not "
        #expect(said == "example.lua:\(row.place): \(shape)\(row.found)")
    }

    @Test(arguments: [
        ("lifetime", "20", "9: lifetime", "20"),
        ("lifetime", #""5 s""#, "9: lifetime", "'5 s'"),
        ("lifetime", #""5min""#, "9: lifetime", "'5min'"),
        ("settles_within", #""0s""#, "9: settles_within", "'0s'"),
        ("refunds_within", #""-5s""#, "9: refunds_within", "'-5s'"),
        ("polling", "{ first = 5 }", "9: polling.first", "5"),
        ("polling", #"{ every = "soon" }"#, "9: polling.every", "'soon'"),
        ("cache", "{ balance = {} }", "9: cache.balance", "a table"),
        ("holds", "{ balance = true }", "9: holds.balance", "true"),
        ("reuse", "{ within = 1 }", "9: reuse.within", "1"),
        ("idempotency", #"{ header = "X-Key", within = 5 }"#, "9: idempotency.within", "5"),
        ("retry", "{ network = { cap = 5 } }", "9: retry.network.cap", "5"),
        ("retry", "{ network = { delays = { 1 } } }", "9: retry.network.delays[1]", "1"),
    ])
    func `where a duration belongs, anything else is named`(
        _ row: (key: String, value: String, place: String, found: String)
    ) async {
        let text = DefinitionText.of([row.key: row.value])
        let said = await DefinitionText.problems(text)
        let shape = #"a duration such as "5s", "2m" or "14d" was expected, not "#
        #expect(said == "example.lua:\(row.place): \(shape)\(row.found)")
    }

    @Test(arguments: [
        (
            "operations", #"{ balance = { get = "/b", auth = "no", reply = { amount = "a" } } }"#,
            "8: operations.balance.auth", "'no'"
        ),
        ("operations", #"{ mine = { get = "/m", costs = 1 } }"#, "8: operations.mine.costs", "1"),
        (
            "operations", #"{ mine = { run = function() end, costs = "no" } }"#,
            "8: operations.mine.costs", "'no'"
        ),
    ])
    func `where true, false or a number belongs, anything else is named`(
        _ row: (key: String, value: String, place: String, found: String)
    ) async {
        let text = DefinitionText.of([row.key: row.value])
        let said = await DefinitionText.problems(text)
        let shape = "true or false was expected, not "
        #expect(said == "example.lua:\(row.place): \(shape)\(row.found)")
    }

    @Test(arguments: [
        ("retry", "{ network = { times = 0 } }", "9: retry.network.times", "0"),
        ("retry", #"{ timeout = { times = "3" } }"#, "9: retry.timeout.times", "'3'"),
        (
            "tests", #"{ { "balance", {}, reply = { status = "200" } } }"#,
            "9: tests[1].reply.status", "'200'"
        ),
        (
            "tests", #"{ { "balance", {}, reply = { status = 1.5 } } }"#,
            "9: tests[1].reply.status", "1.5"
        ),
    ])
    func `where a whole number belongs, anything else is named`(
        _ row: (key: String, value: String, place: String, found: String)
    ) async {
        let text = DefinitionText.of([row.key: row.value])
        let said = await DefinitionText.problems(text)
        let shape = "a whole number above 0 was expected, not "
        #expect(said == "example.lua:\(row.place): \(shape)\(row.found)")
    }
}
