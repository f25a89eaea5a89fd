import OrderKernel
import Testing

@testable import Definitions

struct DefinitionTestRunnerTests {
    private static let operations = """
        {
          balance = { get = "/balance?a=1", reply = { amount = "b", currency = "c" } },
          countries = { get = "/c", each = "[]", reply = { id = "i" } },
          cancel = { post = "/cancel/{id}", json = { id = "{id:int}", note = "{phone?}" },
            headers = { Accept = "x/y" }, errors = { "code", retry_after = "wait" } },
          note = { post = "/note", costs = false, auth = false, form = { a = "{a}" } },
          twice = function() http.post("/one") return http.get("/two").status end,
        }
        """

    private func differences(_ test: String) async throws -> [String] {
        let text = DefinitionText.of(["operations": Self.operations, "tests": "{ { \(test) } }"])
        let definition = try await DefinitionText.load(text)
        let outcomes = await DefinitionTestRunner(definition).run()
        #expect(outcomes.count == 1)
        return outcomes.flatMap(\.differences)
    }

    private static let refused =
        "\"cancel\", { id = 9 }, reply = { status = 400, json = { code = \"x\", wait = 87 } }"

    @Test func `a request of a function has a thousand parameters at most`() async throws {
        let refusal = "\"http: query has 1001 entries, 1000 are\""
        for (count, gives) in [(1000, "204"), (1001, refusal)] {
            let text = DefinitionText.of([
                "operations": """
                { many = function()
                  local query = {}
                  for index = 1, \(count) do query["k" .. index] = "1" end
                  local is_sent, reply = pcall(http.get, "/x", { query = query })
                  return is_sent and reply.status or tostring(reply):match("http: .- are")
                end }
                """,
                "tests": "{ { \"many\", {}, reply = { status = 204 }, gives = \(gives) } }",
            ])
            let outcomes = await DefinitionTestRunner(try await DefinitionText.load(text)).run()
            #expect(outcomes.flatMap(\.differences) == [])
        }
    }

    @Test func `a reply gives a million fields at most`() async throws {
        for (count, code) in [(4900, nil), (5100, "protocol")] as [(Int, String?)] {
            let rules = (1...200).map { "f\($0) = \"$\"" }.joined(separator: ", ")
            let end = code.map { "fails = \"\($0)\"" } ?? "sends = { path = \"/v1/x\" }"
            let body = Array(repeating: "1", count: count).joined(separator: ",")
            let text = DefinitionText.of([
                "operations": "{ wide = { get = \"/x\", each = \"[]\", reply = { \(rules) } } }",
                "tests": "{ { \"wide\", {}, reply = { body = \"[\(body)]\" }, \(end) } }",
            ])
            let outcomes = await DefinitionTestRunner(try await DefinitionText.load(text)).run()
            #expect(outcomes.flatMap(\.differences) == [])
        }
    }

    @Test func `all tests of a file share a budget`() async throws {
        let test = "{ \"busy\", {}, gives = 1 }"
        let text = DefinitionText.of([
            "operations": """
            { busy = function()
              for _ = 1, 990 do http.get("/x") end
              return 1
            end }
            """,
            "tests": "{ " + String(repeating: test + ", ", count: 25) + "}",
        ])
        let definition = try await DefinitionText.load(text)
        let outcomes = await DefinitionTestRunner(definition).run()
        #expect(outcomes.count == 25)
        #expect(outcomes.first?.differences == [])
        #expect(outcomes.last?.differences.first?.contains("too often") ?? false)
    }

    @Test(arguments: [
        "\"balance\", {}, reply = { json = { b = \"1.20\" } }, gives = { amount = \"1.20\" }",
        "\"balance\", {}, reply = { body = [[{\"b\": 1.20}]] }, gives = { amount = 1.2 }",
        "\"balance\", {}, reply = { json = { b = 1 } },"
            + " sends = { method = \"GET\", path = \"/v1/balance?a=1\" }",
        "\"balance\", {}, reply = { json = { b = 1 } }, sends = { auth = \"bearer\" }",
        "\"balance\", {}, reply = { text = \"<p>\" }, fails = \"protocol\"",
        "\"countries\", {}, reply = { json = { { i = 1 }, { i = 2 } } },"
            + " gives = { { id = \"1\" }, { id = \"2\" } }",
        "\"countries\", {}, reply = { json = json.array {} }, gives = {}",
        "\"cancel\", { id = 9 }, reply = {},"
            + " sends = { json = { id = 9 }, headers = { accept = \"x/y\" } }",
        refused + ", fails = { code = \"invalid\", retry_after = 87 }",
        refused + ", fails = { code = \"invalid\", message = \"x\" }",
        "\"cancel\", {}, fails = \"invalid\"",
        "\"note\", { a = \"&\" }, sends = { form = { a = \"&\" }, auth = \"none\" }, reply = {}",
        """
        "twice", {}, replies = { { status = 201 }, { status = 202 } }, gives = 202,
          sends = { { method = "POST", path = "/v1/one" }, { path = "/v1/two" } }
        """,
    ])
    func `a test that agrees passes`(_ test: String) async throws {
        #expect(try await differences(test) == [])
    }

    @Test(arguments: [
        (
            "\"balance\", {}, reply = { json = { b = 1 } }, sends = { method = \"POST\" }",
            "the method should be POST, is GET"
        ),
        (
            "\"balance\", {}, reply = { json = { b = 1 } }, sends = { path = \"/v1/other\" }",
            "the path should be /v1/other, is /v1/balance?a=1"
        ),
        (
            "\"balance\", {}, reply = { json = { b = 1 } }, sends = { auth = \"none\" }",
            "auth should be none, is bearer"
        ),
        (
            "\"balance\", {}, reply = { json = { b = 1 } }, gives = { amount = \"2\" }",
            "amount should be \"2\", is \"1\""
        ),
        (
            "\"balance\", {}, reply = { json = { b = 1 } }, gives = { currency = \"USD\" }",
            "currency should be \"USD\", is null"
        ),
        (
            "\"balance\", {}, reply = { json = { b = 1 } }, fails = \"auth\"",
            "should fail with auth, gave"
        ),
        (
            "\"balance\", {}, reply = { status = 401 }, gives = { amount = \"1\" }",
            "failed with auth"
        ),
        (
            "\"balance\", {}, reply = { status = 401 }, fails = \"balance\"",
            "should fail with balance, failed with auth"
        ),
        (
            "\"balance\", {}, gives = { amount = \"1\" }",
            "failed with network: the test has no reply"
        ),
        (
            "\"countries\", {}, reply = { json = { { i = 1 } } },"
                + " gives = { { id = \"1\" }, { id = \"2\" } }",
            "the result should have 2 items, has 1"
        ),
        (
            "\"countries\", {}, reply = { json = { { i = 1 }, { i = 2 } } },"
                + " gives = { { id = \"1\" }, { id = \"3\" } }",
            "[2].id should be \"3\", is \"2\""
        ),
        (
            "\"cancel\", { id = 9 }, reply = {}, sends = { json = { id = 8 } }",
            "json.id should be 8, is 9"
        ),
        (
            "\"cancel\", { id = 9, phone = \"p\" }, reply = {}, sends = { json = { id = 9 } }",
            "json.note should not be there"
        ),
        (
            "\"cancel\", { id = 9 }, reply = {}, sends = { headers = { Accept = \"z\" } }",
            "the header Accept should be z, is x/y"
        ),
        (
            "\"cancel\", { id = 9 }, reply = {}, sends = { headers = { Other = \"z\" } }",
            "the header Other should be z, is missing"
        ),
        (
            refused + ", fails = { code = \"invalid\", retry_after = 5 }",
            "retry_after should be 5s, is 87s"
        ),
        (
            "\"cancel\", { id = 9 }, reply = { status = 400 },"
                + " fails = { code = \"invalid\", retry_after = 5 }",
            "retry_after should be 5s, is none"
        ),
        (
            refused + ", fails = { code = \"invalid\", message = \"gone\" }",
            "the message should contain 'gone'"
        ),
        (
            "\"note\", { a = \"1\" }, sends = { form = { a = \"2\" } }, reply = {}",
            "the form should be a=2, is a=1"
        ),
        (
            "\"note\", { a = \"1\" },"
                + " sends = { { path = \"/v1/note\" }, { path = \"/v1/x\" } }, reply = {}",
            "should send 2 requests, sent 1"
        ),
    ])
    func `a test that differs says what differs`(
        _ row: (test: String, difference: String)
    ) async throws {
        let found = try await differences(row.test)
        #expect(found.contains { $0.contains(row.difference) }, "\(found)")
    }

    @Test func `every test has its own outcome, in the order of the file`() async throws {
        let text = DefinitionText.of([
            "tests": """
            {
              { "balance", {}, reply = { json = { balance = 1 } }, gives = { amount = "1" } },
              { "balance", {}, reply = { json = { balance = 1 } }, gives = { amount = "2" } },
              { "balance", {}, reply = { status = 429 }, fails = "rate_limited" },
            }
            """
        ])
        let definition = try await DefinitionText.load(text)
        let outcomes = await DefinitionTestRunner(definition).run()
        #expect(outcomes.map(\.test.number) == [1, 2, 3])
        #expect(outcomes.map(\.passed) == [true, false, true])
    }

    @Test func `a setting chooses the credential of a test`() async throws {
        let text = DefinitionText.of([
            "settings": "{ mode = { \"a\", \"b\" } }",
            "auth": """
            { setting = "mode", a = { bearer = "{api_key}" },
              b = { header = { ["API-Key"] = "{api_key}" } } }
            """,
            "tests": """
            {
              { "balance", {}, sends = { auth = "bearer" } },
              { "balance", {}, sends = { auth = "header API-Key" }, settings = { mode = "b" } },
            }
            """,
        ])
        let definition = try await DefinitionText.load(text)
        let outcomes = await DefinitionTestRunner(definition).run()
        let auth = outcomes.flatMap(\.differences).filter { $0.hasPrefix("auth") }
        #expect(outcomes.count == 2 && auth.isEmpty)
    }

    @Test(arguments: [
        (Duration.seconds(90), "90s"), (.seconds(120), "2m"), (.milliseconds(1500), "1500ms"),
        (.seconds(86_400), "1d"), (.zero, "0ms"), (.seconds(Int64.max), "9223372036854775807s"),
    ])
    func `a duration has a short text`(_ row: (duration: Duration, text: String)) {
        #expect(row.duration.text == row.text)
    }
}
