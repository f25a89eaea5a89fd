import Testing

@testable import Definitions

struct RuntimeMistakeTests {
    private static let fields = """
        {
          balance = { get = "/balance", value = "data", reply = { amount = "sum" } },
          countries = { get = "/countries", each = "items[]", reply = { id = "code" } },
          services = { get = "/services", each = "items.*", reply = { id = "$2" } },
          offers = { get = "/o", reply = { price = function(item) return item.cost end } },
          buy = { post = "/buy", reply = { id = "order.id", phone = "number|msisdn" } },
          check = { get = "/check", reply = { status = "state" } },
          cancel = { post = "/cancel", reply = { refund = "refund" } },
        }
        """

    @Test(arguments: [
        (
            "buy", #"{ number = "62812345" }"#,
            "the reply has nothing at 'order.id', where buy takes its field 'id'"
        ),
        (
            "buy", "{ order = { id = 7 } }",
            "the reply has nothing at 'number|msisdn', where buy takes its field 'phone'"
        ),
        (
            "countries", "{ items = { { id = 6 } } }",
            "the reply has nothing at 'code', where countries takes its field 'id'"
        ),
        ("services", "{ items = { 1 } }", "the reply lacks the field 'id' that services needs"),
        ("offers", "{ prise = 1 }", "the reply lacks the field 'price' that offers needs"),
        ("balance", "{ sum = 1 }", "the reply has nothing at 'data', where balance has its value"),
        (
            "check", #"{ status = "ok" }"#,
            "the reply has neither a status nor messages"
        ),
        ("cancel", "json.array {}", "example's answer to cancel is no object with its fields"),
        ("countries", "{ list = { { code = 6 } } }", "the reply has no list at 'items[]'"),
        ("countries", "{ items = { code = 6 } }", "what the reply has at 'items[]' is no list"),
        ("services", #"{ items = "none" }"#, "what the reply has at 'items.*' is no list"),
    ])
    func `what a reply does not have is named with the place where it was looked for`(
        _ row: (operation: String, json: String, said: String)
    ) async throws {
        let test = "\"\(row.operation)\", {}, reply = { json = \(row.json) }"
        let found = try await Mistake.differences(test, operations: Self.fields)
        #expect(found == "failed with protocol: " + row.said)
    }

    private static let types = """
        {
          balance = { get = "/b", reply = { amount = "a", currency = { "c", ["1"] = "USD" } } },
          countries = { get = "/c", each = "[]", reply = { id = "i", iso = "iso" } },
          offers = { get = "/o", each = "[]", reply = { price = "p", available = "n" } },
          buy = { post = "/b",
            reply = { id = "i", phone = "p", created_at = "t", expires_in = "e" } },
          check = { get = "/c", reply = { status = { "s", P = "waiting", [0] = "received" } } },
          list = { get = "/l", each = "[]", reply = { id = "i", status = "s" } },
        }
        """

    @Test(arguments: [
        (
            "check", #"{ s = "CLOSED" }"#,
            """
            the reply has status 'CLOSED', which the definition does not list; add what it means \
            to status = { … }
            """
        ),
        (
            "balance", "{ a = 1, c = 2 }",
            """
            the reply has currency '2', which the definition does not list; add what it means to \
            currency = { … }
            """
        ),
        (
            "offers", #"{ { p = "1,20" } }"#,
            "the reply has '1,20' as price (expected: exact amount)"
        ),
        (
            "offers", "{ { p = 1, n = 1.5 } }",
            "the reply has '1.5' as available (expected: whole number)"
        ),
        ("balance", "{ a = true }", "the reply has 'true' as amount (expected: exact amount)"),
        ("buy", "{ i = { 7 } }", "the reply has a list or an object as id (expected: text)"),
        (
            "buy", #"{ i = 7, p = "pending" }"#,
            "the reply has 'pending' as phone (expected: phone number)"
        ),
        (
            "buy", #"{ i = 7, p = "62812345", t = "today" }"#,
            """
            the reply has 'today' as created_at (expected: ISO 8601, or seconds or milliseconds \
            since 1970)
            """
        ),
        (
            "buy", #"{ i = 7, p = "62812345", e = 1790000000 }"#,
            "the reply has '1790000000' as expires_in (expected: seconds, or a duration)"
        ),
        (
            "countries", #"{ { i = 6, iso = { "ID" } } }"#,
            "the reply has a list or an object as iso (expected: two letters)"
        ),
        (
            "list", #"{ { i = 7, s = "PENDING" } }"#,
            """
            the reply has 'PENDING' as status (expected: one of waiting, received, finished, \
            cancelled, expired)
            """
        ),
    ])
    func `a value that means nothing is shown with what was expected`(
        _ row: (operation: String, json: String, said: String)
    ) async throws {
        let test = "\"\(row.operation)\", {}, reply = { json = \(row.json) }"
        let found = try await Mistake.differences(test, operations: Self.types)
        // What stands beside an order is left out, so that the rest is not lost; a test tells it.
        let isBeside = row.said.contains("created_at") || row.said.contains("expires_in")
        #expect(isBeside ? found.contains(row.said) : found == "failed with protocol: " + row.said)
    }

    private static let answers = """
        {
          balance = { get = "/b", reply = { amount = "a" } },
          check = { get = "/c", text = { WAIT = { status = "waiting" } } },
          cancel = { post = "/x", success = { "ok", [true] = true } },
        }
        """

    @Test(arguments: [
        (
            "balance", #"{ text = "OK" }"#,
            "example answered balance with no JSON (line 1 column 1: a value was expected)"
        ),
        (
            "balance", #"{ body = [[{"a": 1]] }"#,
            "example answered balance with no JSON (line 1 column 8: ',' or '}' was expected)"
        ),
        ("balance", "{ status = 204 }", "example answered balance with an empty answer"),
        (
            "balance", #"{ text = "<html>Just a moment" }"#,
            "example answered balance with an HTML page"
        ),
        ("check", #"{ text = "WAITING" }"#, "example answered check with 'WAITING'"),
        (
            "check", #"{ json = { status = "ok" } }"#,
            #"example answered check with '{"status":"ok"}'"#
        ),
        (
            "cancel", "{}",
            """
            example answered cancel with an empty answer; where that is a success, leave reply and \
            success out
            """
        ),
        (
            "cancel", "{ json = { ok = false } }",
            "example: the answer is not what the definition says (HTTP 200)"
        ),
    ])
    func `an answer that cannot be read is shown`(
        _ row: (operation: String, reply: String, said: String)
    ) async throws {
        let test = "\"\(row.operation)\", {}, reply = \(row.reply)"
        let found = try await Mistake.differences(test, operations: Self.answers)
        #expect(found == "failed with protocol: " + row.said)
    }

    @Test(arguments: [
        ("balance", "", "the function of balance returned nothing"),
        ("balance", "return 5", "balance has to give a table of fields"),
        (
            "balance", "return { amout = 1 }",
            "what the function returned lacks the field 'amount' that balance needs"
        ),
        ("countries", "return { id = 6 }", "countries has to give a list"),
        ("countries", #"return { "ID", "GB" }"#, "countries has to give a list of tables"),
        ("check", "return {}", "what the function returned has neither a status nor messages"),
        ("cancel", "return true", "cancel has to give a table of fields"),
        (
            "run", "return 0 / 0",
            """
            the definition returned a value that is no data (a number that is not finite has no \
            JSON form)
            """
        ),
        (
            "run", "return { 1, a = 2 }",
            """
            the definition returned a value that is no data (a list with the key of a record has \
            no JSON form)
            """
        ),
    ])
    func `what a function returns has to be the result`(
        _ row: (name: String, body: String, said: String)
    ) async throws {
        let operations = "{ \(row.name) = function(args)\n\(row.body)\nend }"
        let test = "\"\(row.name)\", {}, reply = {}"
        let found = try await Mistake.differences(test, operations: operations)
        #expect(found == "failed with protocol: " + row.said)
    }

    @Test(arguments: [
        ("balance", "function(body) end", "the reply function of balance returned nothing"),
        (
            "balance", "function(body) return body.x.y end",
            "the definition failed at example.lua:8: attempt to index a nil value (field 'x')"
        ),
        (
            "balance", #"{ amount = function(body) return "free" end }"#,
            "the reply has 'free' as amount (expected: exact amount)"
        ),
    ])
    func `what a function makes of a reply has to be the result`(
        _ row: (name: String, reply: String, said: String)
    ) async throws {
        let operations = "{ \(row.name) = { get = \"/a\", reply = \(row.reply) } }"
        let test = "\"\(row.name)\", {}, reply = { json = { a = 1 } }"
        let found = try await Mistake.differences(test, operations: operations)
        #expect(found == "failed with protocol: " + row.said)
    }

    private static let more = """
        rent = { post = "/rent", costs = true },
        check = { get = "/c/{id}", reply = { status = "s" } },
        """

    @Test(arguments: [
        (
            "return call.rent {}",
            """
            failed with unsupported: call.rent would cost money; purchases are made by the core \
            alone
            """
        ),
        (
            "return call.rant {}",
            "failed with unsupported: example has no operation 'rant', did you mean 'rent'?"
        ),
        (
            "return call.run {}",
            """
            failed with protocol: example.lua: the functions of run call each other without an end
            """
        ),
        ("return call.check { order = 7 }", "failed with invalid: the argument 'id' is missing"),
        (
            #"sleep("10s") sleep("6s")"#,
            "failed with timeout: a function may not sleep longer than 15s altogether"
        ),
        (
            #"http.get("https://evil.com/orders")"#,
            """
            failed with forbidden: a definition reaches what is under its base_url only, which is \
            https://api.example.com/v1; write the path alone
            """
        ),
        (
            #"http.get("/orders?a=%zz")"#,
            """
            failed with protocol: the definition failed at example.lua:9: http: 'a=%zz' in the \
            query is not well encoded
            """
        ),
        (
            "local day = os.date()",
            """
            failed with protocol: the definition failed at example.lua:9: attempt to index a nil \
            value (global 'os'); a definition has no 'os', it has string, table, math, utf8, json, \
            http, call, sleep, log and fail
            """
        ),
        (
            #"local t = {} for i = 1, 99 do t[i] = ("0123456789abcdef"):rep(60000) end"#,
            """
            failed with protocol: example.lua:9: the function of run needs too much memory; look \
            for a loop in it
            """
        ),
    ])
    func `what a function may not do is named`(_ row: (body: String, said: String)) async throws {
        let operations = "{ run = function(args)\n\(row.body)\nend, \(Self.more) }"
        let found = try await Mistake.differences(#""run", {}, reply = {}"#, operations: operations)
        #expect(found == row.said)
    }

    @Test(arguments: [
        (
            #"fail("no_numbers", "out of stock")"#,
            "failed with protocol: after the purchase was accepted: out of stock"
        ),
        (
            "call.check { id = 7 }",
            """
            failed with protocol: after the purchase was accepted: example: the provider does not \
            know it (HTTP 404)
            """
        ),
    ])
    func `what fails after a purchase is told from a refusal`(
        _ row: (body: String, said: String)
    ) async throws {
        let begin = "buy = function(args)\nhttp.post(\"/buy\")\nhttp.get(\"/phone\")"
        let operations = "{ \(begin)\n\(row.body)\nend, \(Self.more) }"
        let test = #""buy", {}, replies = { {}, {}, { status = 404 } }"#
        let found = try await Mistake.differences(test, operations: operations)
        #expect(found == row.said)
    }

    private static let tests = """
        {
          balance = { get = "/b", reply = { amount = "a" } },
          buy = { post = "/b", json = { max = "{max_price:cents}" },
            reply = { id = "i", phone = "p" } },
          swap = { post = "/s/{id}", reply = { phone = "p" },
            json = { n = "{phone:number?}", c = "{country:int?}", s = "{service:bool?}" } },
          cancel = { post = "/x/{id}" },
        }
        """

    @Test(arguments: [
        (
            #""buy", { max_price = "cheap" }"#,
            "failed with invalid: 'max_price' has to be an amount such as 0.50, not 'cheap'"
        ),
        (
            #""swap", { id = 7, phone = "+6,5" }"#,
            "failed with invalid: 'phone' has to be a number, not '+6,5'"
        ),
        (
            #""swap", { id = 7, country = 1.5 }"#,
            "failed with invalid: 'country' has to be a whole number, not 1.5"
        ),
        (
            #""swap", { id = 7, service = 1 }"#,
            "failed with invalid: 'service' has to be true or false, not 1"
        ),
        (#""cancel", { id = 7 }"#, "failed with network: the test has no reply for /x/7"),
        (
            #""balance", {}, reply = { json = { a = 1 } }, gives = { amont = "1" }"#,
            #"amont should be "1", is null"#
        ),
        (
            #""balance", {}, reply = { json = { a = 1 } }, gives = { { amount = "1" } }"#,
            #"the result should be [{"amount":"1"}], is {"amount":"1"}"#
        ),
        (
            #""balance", {}, reply = { json = { a = 1 } }, sends = { json = { a = 1 } }"#,
            #"json should be {"a":1}, is null"#
        ),
        (
            #""balance", {}, fails = { code = "network", message = "late" }"#,
            "the message should contain 'late', is 'the test has no reply for /b'"
        ),
    ])
    func `what a test gives and expects is compared in words`(
        _ row: (test: String, said: String)
    ) async throws {
        let found = try await Mistake.differences(row.test, operations: Self.tests)
        #expect(found == row.said)
    }
}
