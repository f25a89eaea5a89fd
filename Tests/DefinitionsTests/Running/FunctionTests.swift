import LuaSandbox
import OrderKernel
import Testing

@testable import Definitions

struct FunctionTests {
    private func trial(
        _ body: String,
        _ more: String = "",
        replies: [Result<ProviderResponse, MoonlineError>] = [reply(#"{"a":1}"#)]
    ) async throws -> OperationTrial {
        try await OperationTrial("run = function(args)\n\(body)\nend,\n\(more)", replies: replies)
    }

    private static func reply(
        _ body: String,
        status: Int = 200
    ) -> Result<ProviderResponse, MoonlineError> {
        .success(
            ProviderResponse(status: status, headers: [.init("X-Id", "7")], body: Array(body.utf8))
        )
    }

    @Test(arguments: [
        ("return args.x .. args.y", #""ab""#),
        ("return { a = 1, b = json.null }", #"{"a":1,"b":null}"#),
        ("return json.decode(\"[1.5,{}]\")", "[1.5,{}]"), ("return json.array {}", "[]"),
        ("return", "null"), ("return json.encode({ 1 })", #""[1]""#),
        (
            "local r = http.get(\"/x\") return r.status .. r.headers[\"x-id\"] .. r.body",
            #""2007{\"a\":1}""#
        ),
        ("return 0 / 0", "protocol"), ("return function() end", "protocol"),
        ("local t = {} t.t = t return t", "protocol"), ("return { 1, a = 2 }", "protocol"),
        ("fail(\"no_numbers\", \"none\")", "no_numbers"), ("fail(\"nonsense\")", "protocol"),
        ("error({ code = \"too_early\", message = 7 })", "too_early"), ("error({})", "protocol"),
        ("error()", "protocol"),
    ])
    func `a function gives a value or fails`(_ row: (body: String, result: String)) async throws {
        let outcome = await (try trial(row.body)).perform("run", ["x": "a", "y": "b"])
        #expect(outcome.text == row.result)
    }

    @Test(arguments: [#"x\r\nwarning: y"#, #"x\nwarning: y"#, #"x\u{2028}warning: y"#])
    func `what a function raises is told in one line`(_ text: String) async throws {
        let outcome = await (try trial("error(\"\(text)\", 0)")).perform("run")
        let message = try #require(outcome.error?.message)
        #expect(message.contains("x"))
        #expect(!message.contains { $0.isNewline }, "\(message)")
    }

    // Lua compares texts with zeros piece by piece, which no budget sees.
    @Test func `a reply has no zeros for Lua`() async throws {
        let replies = [Self.reply("a\u{0}b\u{0}")]
        let outcome = await (try trial("return http.get(\"/x\").body", replies: replies))
            .perform("run")
        #expect(outcome.text == #""a b ""#)
    }

    @Test func `a function sends and logs so much, and no more`() async throws {
        let many = "local _, e for i = 1, 301 do _, e = http.get(\"/x\") end return e.message"
        let requests = await (try trial(many)).perform("run")
        #expect(requests.requests.count == 300)
        #expect(requests.text.contains("300 requests at most"), "\(requests.text)")
        let lines = await (try trial("for i = 1, 150 do log.info(i) end")).perform("run")
        #expect(lines.error == nil && lines.log.count == 100)
    }

    @Test(arguments: [
        (#"http.get("/a", { query = { b = "1&2", c = 3 } })"#, "GET /a?b=1%262&c=3"),
        (#"http.get("/a?x=%20y", { query = { b = 1 } })"#, "GET /a?x=%20y&b=1"),
        (#"http.get("?u=https://x.com/y")"#, "GET ?u=https%3A%2F%2Fx.com%2Fy"),
        (#"http.get("https://api.example.com/v1/a?b=1")"#, "GET /a?b=1"),
        (
            #"http.post("/a", { json = { n = 1, l = json.array {} } })"#,
            #"POST /a {"l":[],"n":1}"#
        ),
        (#"http.post("/a", { form = { x = "&", y = true } })"#, "POST /a x=%26&y=true"),
        (#"http.request("delete", "/a")"#, "DELETE /a"),
        (#"http.request("PUT", "/a", { json = 1 })"#, "PUT /a 1"),
    ])
    func `a request is built from its options`(_ row: (call: String, sent: String)) async throws {
        #expect(await (try trial(row.call)).perform("run").sent == row.sent)
    }

    @Test(arguments: [
        "http.get(\"https://evil.com/v1/a\")", "http.get(\"http://api.example.com/v1/a\")",
        "http.get(\"https://api.example.com:8443/v1/a\")", "http.get(\"//evil.com\")",
        "http.get(\"https://api.example.com@evil.com/v1\")", "http.get(\"/../a\")",
        "http.get(\"https://api.example.com/other\")", "http.get(\"/a b\")",
        "http.get(\"/a\\r\\nX: y\")", "http.get(\"a\")", "http.get(\"/a\", { body = \"x\" })",
        "http.get(\"/a\", { headers = { Authorization = \"x\" } })",
        "http.get(\"/a\", { headers = { Accept = \"x\\r\\nHost: y\" } })",
        "http.get(\"/a?%zz=1\")", "http.request(\"TRACE\", \"/a\")",
        "http.post(\"/a\", { json = { f = print or function() end } })", "http.evil(\"/a\")",
    ])
    func `a request that leaves the provider or is malformed is not sent`(
        _ call: String
    ) async throws {
        let outcome = await (try trial(call)).perform("run")
        #expect(outcome.requests.isEmpty)
        #expect(outcome.error != nil)
    }

    @Test func `a failed request gives nil and the error`() async throws {
        let body = """
            local r, e = http.get("/x")
            return { r = r == nil, code = e.code, after = e.after, message = e.message }
            """
        let error = MoonlineError(.timeout, "late", retryAfter: .milliseconds(1500))
        let outcome = await (try trial(body, replies: [.failure(error)])).perform("run")
        #expect(outcome.text == #"{"after":1.5,"code":"timeout","message":"late","r":true}"#)
    }

    private static let more = """
        read = { get = "/read/{id}" },
        buy = { post = "/buy", reply = { id = "id", phone = "phone" } },
        rent = { post = "/rent", costs = true },
        """

    @Test func `another operation is called and its failure is raised`() async throws {
        let calling = try await trial("return call.read { id = 7 }", Self.more)
        let outcome = await calling.perform("run")
        #expect(outcome.sent == "GET /read/7" && outcome.text == #"{"a":1}"#)
        let failing = try await trial(
            "call.read { id = 7 }", Self.more, replies: [Self.reply("", status: 404)]
        )
        #expect(await failing.perform("run").error?.code == .notFound)
        let caught = try await trial(
            "local ok, e = pcall(call.read, { id = 7 }) return e.code", Self.more,
            replies: [Self.reply("", status: 404)]
        )
        #expect(await caught.perform("run").text == "\"not_found\"")
    }

    @Test(arguments: ["call.buy {}", "call.rent {}", "call.none {}"])
    func `a call that costs money or is unknown is unsupported`(_ call: String) async throws {
        let outcome = await (try trial(call, Self.more)).perform("run")
        #expect(outcome.error?.code == .unsupported && outcome.requests.isEmpty)
    }

    @Test func `functions that call each other without an end are stopped`() async throws {
        let outcome = await (try trial("return call.run {}")).perform("run")
        #expect(outcome.error?.code == .protocol)
    }

    @Test(
        arguments: [
            ("sleep(\"2s\") sleep(1.5) sleep(\"500ms\")", 3, nil), ("sleep(\"16s\")", 0, .timeout),
            ("sleep(\"10s\") sleep(\"6s\")", 1, .timeout),
            ("while true do sleep(\"5s\") end", 3, .timeout),
            ("sleep(-5)", 0, .protocol), ("sleep(\"soon\")", 0, .protocol),
            ("sleep(1e30)", 0, .protocol),
            ("sleep()", 0, .protocol), ("sleep(0 / 0)", 0, .protocol),
        ] as [(String, Int, ErrorCode?)])
    func `a function sleeps 15 seconds altogether`(
        _ row: (body: String, sleeps: Int, code: ErrorCode?)
    ) async throws {
        let outcome = await (try trial(row.body)).perform("run")
        #expect(outcome.slept.count == row.sleeps)
        #expect(outcome.error?.code == row.code)
    }

    @Test func `a log line has its level`() async throws {
        let outcome = await (try trial("log.info(\"a\") log.error(7) log.warn({})")).perform("run")
        #expect(outcome.log == ["info: a", "error: 7", "warn: "])
    }

    @Test func `a mistake in a function is a protocol error with its line`() async throws {
        let outcome = await (try trial("local x\nreturn x.y")).perform("run")
        #expect(outcome.error?.code == .protocol)
        #expect(outcome.error?.message.contains("example.lua:10:") == true)
    }

    @Test func `a loop without an end is a protocol error`() async throws {
        let outcome = await (try trial("while true do end")).perform("run")
        #expect(outcome.error?.code == .protocol)
        #expect(outcome.error?.message.contains("example.lua") == true)
    }

    @Test(
        arguments: [
            ("9223372036854775807", nil), ("9e11", 900_000), ("-5", 0), ("1.5", 1500),
            ("1e30", nil),
            ("'x'", nil),
            ("87", 87_000),
        ] as [(String, Int64?)])
    func `an absurd wait is cut`(_ row: (after: String, milliseconds: Int64?)) async throws {
        let body = "error({ code = \"too_early\", message = \"m\", after = \(row.after) })"
        let outcome = await (try trial(body)).perform("run")
        #expect(outcome.error?.retryAfter == row.milliseconds.map { .milliseconds($0) })
    }

    @Test func `a request is unsent only when none before it has left`() async throws {
        let unsent = MoonlineError(.network, "no route", isUnsent: true)
        let body = """
            for _ = 1, 2 do
              local r, e = http.post("/x")
              if not r then error(e) end
            end
            """
        let first = try await trial(body, replies: [.failure(unsent)])
        #expect(await first.perform("run").error?.isUnsent == true)
        let second = try await trial(body, replies: [Self.reply("{}"), .failure(unsent)])
        #expect(await second.perform("run").error?.isUnsent == false)
    }

    @Test func `a function cannot keep on after its caller has stopped`() async throws {
        let body = "pcall(call.read, { id = 1 }) log.info(\"alive\")"
        let stopped = try await trial(
            body, Self.more, replies: [.failure(MoonlineError(.cancelled, "stopped"))]
        )
        let outcome = await stopped.perform("run")
        #expect(outcome.error?.code == .cancelled && outcome.log.isEmpty)
    }

    /// A function that buys in two steps, and what the steps are answered.
    @Test(arguments: [
        // The answer of the request that buys is the function's to judge.
        ("http.post(\"/b\") fail(\"no_numbers\")", [200], ErrorCode.noNumbers),
        ("http.post(\"/b\") call.look{}", [409, 429], .rateLimited),
        // What follows it says nothing about the purchase.
        ("http.post(\"/b\") call.look{}", [200, 429], .protocol),
        ("http.post(\"/b\") call.look{}", [200, 401], .protocol),
        ("http.post(\"/b\") call.look{}", [200, 404], .protocol),
        ("http.post(\"/b\") call.look{}", [502, 429], .protocol),
        ("http.post(\"/b\") call.look{}", [302, 404], .protocol),
        // Where nothing but reads is sent, one of them may have bought.
        ("http.get(\"/b\") call.look{}", [200, 404], .protocol),
        ("http.get(\"/b\") http.get(\"/c\") call.look{}", [200, 200, 404], .protocol),
        ("http.get(\"/b\") http.post(\"/b\") fail(\"no_numbers\")", [200, 200], .noNumbers),
        ("call.quote{} http.post(\"/b\") fail(\"no_numbers\")", [200, 200], .noNumbers),
        ("http.get(\"/b\", { buys = true }) call.look{}", [200, 404], .protocol),
        ("http.post(\"/quote\", { buys = false }) call.look{}", [200, 404], .notFound),
    ])
    func `what fails after a purchase was accepted leaves it unknown (M1)`(
        _ row: (body: String, statuses: [Int], code: ErrorCode)
    ) async throws {
        let trial = try await OperationTrial(
            "buy = function() \(row.body) return { id = 1, phone = 12345 } end,"
                + "look = { get = \"/look\", reply = { a = \"a\" } },"
                + "quote = { post = \"/quote\", costs = false },",
            replies: row.statuses.map { Self.reply("{}", status: $0) })
        let error = await trial.perform("buy").error
        #expect(error?.code == row.code)
        #expect(error?.isUnsent == false)
    }

    @Test(arguments: [("http.get(\"/stock\")", true), ("http.post(\"/b\")", false)])
    func `a purchase under a key that only read has not been sent (M1)`(
        _ request: String,
        _ isUnsent: Bool
    ) async throws {
        let trial = try await OperationTrial(
            "buy = function() \(request) fail(\"no_numbers\") end",
            ["idempotency": "{ header = \"Idempotency-Key\" }"],
            replies: [Self.reply("[]")])
        let error = await trial.perform("buy").error
        #expect(error?.code == .noNumbers && error?.isUnsent == isUnsent)
    }

    @Test(arguments: [429, 401, 404])
    func `a reply function that fails after a purchase leaves it unknown (M1)`(
        _ status: Int
    ) async throws {
        let trial = try await OperationTrial(
            "buy = { post = \"/b\", reply = function(b) return call.look{} end },"
                + "look = { get = \"/look\", reply = { a = \"a\" } },",
            replies: [Self.reply("{}"), Self.reply("{}", status: status)])
        let error = await trial.perform("buy").error
        #expect(error?.code == .protocol && error?.isUnsent == false)
    }

    private static let again =
        "http.post(\"/buy\") http.get(\"/check\") http.post(\"/buy\") return {}"

    // The first one may have bought all the same.
    @Test(arguments: [
        (MoonlineError(.timeout, "lost"), ["/buy", "/check"]),
        (MoonlineError(.network, "lost"), ["/buy", "/check"]),
        (MoonlineError(.network, "not sent", isUnsent: true), ["/buy", "/check", "/buy"]),
    ])
    func `after a request whose answer is lost none leaves that may buy (M1)`(
        _ failure: MoonlineError,
        _ expected: [String]
    ) async throws {
        let replies = [.failure(failure)] + Array(repeating: Self.reply("{}"), count: 2)
        let outcome = await (try trial(Self.again, replies: replies)).perform("run")
        #expect(outcome.requests.map(\.target) == expected)
    }
}
