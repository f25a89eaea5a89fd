import OrderKernel
import Testing

@testable import Scripting

/// What scripts can do, in virtual time.
struct ScriptTests {
    // Whoever took it for given back would buy another one.
    @Test func `a cancel that meets a message is none, and the code is there`() throws {
        let source = """
            local number = otp.buy { service = "telegram", country = "US" }
            number:wait_code("3s")
            sleep("8s")
            local is_cancelled, why = number:cancel()
            return { tostring(is_cancelled), why and why.code, number:wait_code("1s") }
            """
        #expect(try ScriptStage.run(source).text == #"["nil","refused","111111"]"#)
    }

    @Test(arguments: [
        ("return money(\"1.50\") + money(\"0.25\")", #"{"amount":"1.75","currency":"USD"}"#),
        ("return tostring(money(\"1\") - money(\"1.10\"))", #""-0.10 USD""#),
        ("return tostring(money(\"0.000000001\") * 3)", #""0.000000003 USD""#),
        ("return tostring(money(\"20000IDR\"))", #""20000.00 IDR""#),
        ("return money(\"1.5\") == money(\"1.50\")", "true"),
        ("return money(\"0.1\") + money(\"0.2\") == money(\"0.3\")", "true"),
        ("return money(\"9.99\") < money(\"10\")", "true"),
        ("return money(2) <= money(\"1.999999999\")", "false"),
        ("return money(\"1USD\") == money(\"1EUR\")", "false"),
        ("return tostring(money(\"999999999.999999999\"))", #""999999999.999999999 USD""#),
    ])
    func `money is exact`(_ row: (source: String, result: String)) throws {
        #expect(try ScriptStage.run(row.source).text == row.result)
    }

    /// Every mistake says where it is and what to do.
    @Test(arguments: [
        (
            "\nmoney(1.5)\n",
            "test.lua:2: write money(\"1.50\") for US dollars or money(\"20000IDR\")"
        ),
        (
            "local a = money(\"1\") < money(\"1EUR\")",
            "test.lua:1: 1.00 USD and 1.00 EUR are of two currencies; use the .usd of an offer"
        ),
        (
            "local a = money(\"1\") + 1",
            "test.lua:1: money can only be added with money, write money(\"1.50\")"
        ),
        (
            "local a = money(\"1\") * 1.5",
            "test.lua:1: money can be multiplied by a whole number only"
        ),
        ("money(\"1.0000000001\")\n", "test.lua:1: '1.0000000001' has too many digits"),
        ("local x\nreturn (x.y)", "test.lua:2: attempt to index a nil value (local 'x')"),
        (
            "otp.offers { servic = \"x\" }\n",
            "test.lua:1: otp.offers takes a table with a service: "
                + "otp.offers { service = \"whatsapp\", country = \"ID\" }"
        ),
        (
            "otp.buy { service = \"x\", contry = \"x\" }\n",
            "test.lua:1: otp.buy: unknown key 'contry', did you mean 'country'?"
        ),
        (
            "otp.buy { service = \"telegram\", country = \"US\", max_price = \"dear\" }\n",
            "test.lua:1: otp.buy: max_price is no amount, write \"1.50\""
        ),
        (
            "otp.buy { service = \"telegram\" }\n",
            "test.lua:1: otp.buy: a country is missing, write country = \"ID\" or "
                + "countries = { \"ID\", \"GB\" }"
        ),
        ("task.all(1)\n", "test.lua:1: task.all takes a list of functions"),
        ("task.race { 1 }\n", "test.lua:1: task.race: item 1 is a number, not a function"),
        (
            "sleep(\"soon\")\n",
            "test.lua:1: 'soon' is no duration, write \"90s\" or a number of seconds"
        ),
        (
            "table.sort({ 2, 1 }, function(a, b) sleep(1) return a < b end)\n",
            "test.lua:1: sleep waits, and nothing can wait inside sort; "
                + "call it before and use the result here"
        ),
        (
            "local n = otp.buy { service = \"telegram\", country = \"US\" }\nn.cancel()\n",
            "test.lua:2: call it with a colon: number:cancel()"
        ),
        (
            "script { service = \"sting\" }\n",
            "test.lua:1: service: 'sting' is no type, did you mean \"string\"?"
        ),
        (
            "script { service = { \"string\", optinal = true } }\n",
            "test.lua:1: service: unknown key 'optinal', did you mean 'optional'?"
        ),
        (
            "script {\n  one = \"sting\",\n  two = { \"integer\", default = \"3x\" },\n}\n",
            "test.lua:2: one: 'sting' is no type, did you mean \"string\"?; "
                + "test.lua:3: two: the default '3x' is no whole number"
        ),
        (
            "script {\n  price = { \"money\", default = 1.5 },\n}\n",
            "test.lua:2: price: the default 1.5 is no money"
        ),
        (
            "script {\n  names = { \"string\", list = true, default = \"x\" },\n}\n",
            "test.lua:2: names: the default of a list is a list, write default = { … }"
        ),
        (
            "script {\n  kind = { \"string\", choices = { \"a\" }, default = \"b\" },\n}\n",
            "test.lua:2: kind: the default 'b' is none of a"
        ),
        (
            "script {\n  kind = { \"string\", choices = \"a\" },\n}\n",
            "test.lua:2: kind: choices is a list, write choices = { \"a\", \"b\" }"
        ),
        (
            "script {\n  kind = { \"string\", optional = \"yes\" },\n}\n",
            "test.lua:2: kind: optional is true or false"
        ),
        (
            "script {\n  [\"max-price\"] = \"money\",\n}\n",
            "test.lua:2: max-price: a name has letters, digits and underscores"
        ),
        (
            "script {\n  kind = { \"string\", \"integer\" },\n}\n",
            "test.lua:2: kind: it has one type; write choices = { … } for more"
        ),
        (
            "script {\n  \"string\",\n}\n",
            "test.lua:2: an argument has a name, write service = \"string\""
        ),
        (
            "script {\n  a = \"string\",\n  a = \"integer\",\n}\n",
            "test.lua:3: a: stands in line 2 already"
        ),
        (
            "script(1)\n",
            "test.lua:1: script takes a table: "
                + "script { about = \"…\", service = \"string\" }"
        ),
        (
            "sleep(1)\nlocal args = script { a = { \"string\", optional = true } }\n",
            "test.lua:2: script { … } has to stand before the first call that waits, such as "
                + "otp.buy or sleep"
        ),
        (
            "local s = 'ab'\ns:gsub('.', function() sleep(1) end)\n",
            "test.lua:2: sleep waits, and nothing can wait inside gsub; "
                + "call it before and use the result here"
        ),
        (
            "otp.orders { opn = true }\n",
            "test.lua:1: otp.orders: unknown key 'opn'; known are open"
        ),
        (
            "otp.orders { open = \"yes\" }\n",
            "test.lua:1: otp.orders: open is a string, a boolean is expected"
        ),
        (
            "otp.providers { wth = \"reuse\" }\n",
            "test.lua:1: otp.providers: unknown key 'wth'; known are with"
        ),
        (
            "task.all({}, { at_onc = 1 })\n",
            "test.lua:1: task.all: unknown key 'at_onc'; known are at_once"
        ),
        (
            "otp.offers { service = \"telegram\", country = \"US\", countries = { \"GB\" } }\n",
            "test.lua:1: otp.offers: country and countries mean the same; write one of them"
        ),
        ("task.all({}, { at_once = 0 })\n", "test.lua:1: task.all: at_once is at least 1"),
        (
            "task.race { a = print }\n",
            "test.lua:1: task.race takes a list of at least one function"
        ),
        (
            "local m = money(\"100\")\nm = m * 100000000\n",
            "test.lua:2: the amount is too large, nine digits before the point are the most"
        ),
        (
            "local m = money(\"999999999\")\nm = m + m\n",
            "test.lua:2: the amount is too large, nine digits before the point are the most"
        ),
        (
            "return money(\"0.30\") * math.mininteger\n",
            "test.lua:1: the amount is too large, nine digits before the point are the most"
        ),
        (
            "return money(\"1\") / 0\n",
            "test.lua:1: money can be divided by a whole number from 1 on only"
        ),
        (
            "script.show(\"x\")\n",
            "test.lua:1: script.show takes a table, write script.show { phone = number.phone }"
        ),
        (
            "return { 1, nil, 3 }\n",
            "test.lua returns what is no data: a list with the key of a record has no JSON form"
        ),
        ("return print\n", "test.lua returns what is no data: a function has no JSON form"),
        ("error({ code = \"x\" })\n", "a table without a message was raised; raise a text"),
        ("x =\n", "test.lua:2: unexpected symbol near <eof>"),
        ("while true do end", "test.lua:1: computes for too long; look for a loop"),
        (
            "local t = {}\nfor i = 1, 1e9 do\n  t[i] = (\"x\"):rep(999999)\nend\n",
            "test.lua:3: needs too much memory; keep less of it at a time"
        ),
        (
            "task.all {\n  function()\n    while true do end\n  end,\n}\n",
            "test.lua:3: a task computes for too long; look for a loop"
        ),
    ])
    func `a mistake names file, line, reason and the way out`(
        _ row: (source: String, message: String)
    ) throws {
        let outcome = try ScriptStage.run(row.source).outcome
        #expect(outcome?.error?.message == row.message)
        #expect(outcome?.error?.code == .invalid)
    }

    @Test(arguments: [
        ("return money(\"1\") / 3", #"{"amount":"0.333333334","currency":"USD"}"#),
        ("return -money(\"1.5\") + money(\"2\")", #"{"amount":"0.50","currency":"USD"}"#),
        ("return \"costs \" .. money(\"1.5\")", #""costs 1.50 USD""#),
        (
            "local ok, e = pcall(sleep, \"soon\") return tostring(e)",
            #""'soon' is no duration, write \"90s\" or a number of seconds""#
        ),
        (
            "local ok, e = pcall(otp.offers, { service = \"telegram\" , contry = \"x\" }) "
                + "return tostring(e):match(\"contry\")", #""contry""#
        ),
    ])
    func `values and caught errors show what they are`(
        _ row: (source: String, text: String)
    ) throws {
        #expect(try ScriptStage.run(row.source).text == row.text)
    }

    @Test func `a mistake in a function shows the way to it`() throws {
        let result = try ScriptStage.run(
            "local function deep() error(\"no\") end\nlocal function up() deep() end\nup()")
        #expect(result.outcome?.error?.message == "test.lua:1: no")
        let lines = result.outcome?.traceback.joined(separator: "\n") ?? ""
        #expect(lines.contains("test.lua:2:") && lines.contains("test.lua:3:"))
    }

    @Test func `a mistake in a call of the host shows the way to it`() throws {
        let result = try ScriptStage.run(
            "local function ask() return otp.offers { service = \"telegram\", contry = 1 } end\n"
                + "local function up() local offers = ask() return offers end\nup()")
        #expect(result.outcome?.error?.message.contains("contry") == true)
        let lines = result.outcome?.traceback.joined(separator: "\n") ?? ""
        #expect(lines.contains("test.lua:2:") && lines.contains("test.lua:3:"), "\(lines)")
    }

    @Test func `a number is bought, waited for and finished`() throws {
        let result = try ScriptStage.run(
            """
            local args = script { service = "string", country = "string" }
            local number = assert(otp.buy { service = args.service, country = args.country })
            script.show { phone = number.phone, price = number.price }
            local code = assert(number:wait_code("60s"))
            assert(number:finish())
            return { code = code, state = number:status().state }
            """, ["service": "telegram", "country": "US"])
        #expect(result.text == #"{"code":"111111","state":"finished"}"#)
        #expect(result.shown == ["phone=+12025550101 price=0.50 USD"])
        #expect(result.outcome?.orders.count == 1)
    }

    @Test func `a second code comes after a resend`() throws {
        let result = try ScriptStage.run(
            """
            local number = assert(otp.buy { service = "telegram", country = "US" })
            return { number:wait_code(60), number:next_code("60s") }
            """)
        #expect(result.text == #"["111111","222222"]"#)
    }

    @Test(arguments: [
        ("otp.buy { service = \"telegram\", country = \"GB\" }", "no_numbers"),
        ("otp.buy { service = \"telegram\", country = \"US\", max_price = \"0.10\" }", "spend_cap"),
        ("otp.order(\"nothing\")", "not_found"),
        ("otp.buy { service = \"telegram\", country = \"US\" }:wait_code(\"4s\")", "deadline"),
        ("otp.buy { service = \"telegram\", country = \"US\" }:swap()", "unsupported"),
        ("http.get(\"https://elsewhere.example/\")", "forbidden"),
    ])
    func `an expected failure is nil and the error`(_ row: (call: String, code: String)) throws {
        let source = "local value, why = \(row.call)\nassert(value == nil)\n"
        let result = try ScriptStage.run(
            source + "return { why.code, tostring(why) == why.message }")
        #expect(result.text == "[\"\(row.code)\",true]")
        let returned = try ScriptStage.run("return \(row.call)")
        #expect(returned.outcome?.error?.code.rawValue == row.code)
    }

    @Test func `offers can be compared, and one of them bought`() throws {
        let result = try ScriptStage.run(
            """
            local offers = assert(otp.offers { service = "telegram", countries = { "GB", "US" } })
            table.sort(offers, function(a, b) return a.price > b.price end)
            local dear, why = otp.buy(offers[1])
            local cheap = assert(otp.buy(offers[2]))
            return { offers[1].country, why.code, cheap.country, tostring(offers[1].usd) }
            """)
        #expect(result.text == #"["GB","no_numbers","US","0.80 USD"]"#)
    }

    @Test func `tasks run at the same time, and their results stay in order`() throws {
        let result = try ScriptStage.run(
            """
            local order = {}
            local function after(seconds)
              return function()
                sleep(seconds)
                order[#order + 1] = seconds
                if seconds == 2 then return nil, "two" end
                return seconds
              end
            end
            local results, failures = task.all { after(3), after(1), after(2) }
            local two = {}
            task.all({ after(3), after(1), after(2) }, { at_once = 1 })
            local winner, index = task.race { after(9), after(4), after(2), after(5) }
            return { results, failures[3], order, winner, index }
            """)
        #expect(result.text == #"[[3,1,false],"two",[1,2,3,3,1,2,2,4],4,2]"#)
    }

    @Test func `a mistake in a task ends the script with its line`() throws {
        let result = try ScriptStage.run(
            "task.all { function() sleep(1) end,\nfunction() local x = nil + 1 end }")
        #expect(
            result.outcome?.error?.message
                == "test.lua:2: attempt to perform arithmetic on a nil value")
    }

    @Test func `what is printed, logged and shown goes its own way`() throws {
        let result = try ScriptStage.run(
            """
            print("a", 1, money("2"))
            log.warn("{who} is {what}", { who = "x", what = money("1") })
            script.progress("step {n}", { n = 2 })
            """)
        #expect(result.printed == ["a\t1\t2.00 USD"])
        #expect(result.logged == ["warn x is 1.00 USD"])
        #expect(result.shown == ["step 2"])
        #expect(result.text == "null")
    }

    @Test func `the host's own table and the loose ends of Lua are not there`() throws {
        let names = ["host", "os", "io", "load", "require", "debug", "coroutine", "getmetatable"]
        for name in names {
            #expect(try ScriptStage.run("return \(name) == nil").text == "true", "\(name)")
        }
    }

    @Test func `a script reaches a host that was granted, without a credential`() throws {
        let result = try ScriptStage.run(
            "return http.get(\"https://app.example/balance?x=1\").status", hosts: ["app.example"])
        #expect(result.text == "200")
        #expect(result.requests == ["GET /balance?x=1"])
        #expect(result.ways == ["https://app.example none"])
    }

    @Test(arguments: ["1234567890", "123456789012.5"])
    func `a price with more digits than money holds is none, and the script goes on`(
        _ price: String
    ) throws {
        let result = try ScriptStage.run(
            """
            local offers, failure = otp.offers { service = "telegram", country = "US" }
            if not offers then return failure end
            return { #offers, offers[1].price == nil }
            """, price: price)
        #expect(result.text == "[1,true]")
    }
}
