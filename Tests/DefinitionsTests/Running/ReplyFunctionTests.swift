import LuaSandbox
import OrderKernel
import Testing

@testable import Definitions

struct ReplyFunctionTests {
    private func read(
        _ name: String,
        _ function: String,
        _ body: String,
        status: Int = 200
    ) async throws -> OperationTrial.Outcome {
        let reply = "function(body, response) \(function) end"
        let operation = "\(name) = { get = \"/x\", reply = \(reply) }"
        return await (try OperationTrial(operation, status: status, body: body)).perform(name)
    }

    @Test(arguments: [
        (
            "balance", "return { amount = body.a, currency = \"USD\" }", #"{"a":1}"#,
            #"{"amount":"1","currency":"USD"}"#
        ),
        (
            "buy", "return { id = body.id, phone = body.p }",
            #"{"id":12345678901234567890,"p":447123}"#,
            #"{"id":"12345678901234567890","phone":"+447123"}"#
        ),
        (
            "buy", "return { id = body.id, phone = body.p }",
            #"{"id":9007199254740993,"p":447123}"#,
            #"{"id":"9007199254740993","phone":"+447123"}"#
        ),
        ("buy", "return { id = 1 }", "{}", "protocol"), ("buy", "return nil", "{}", "protocol"),
        ("buy", "return { id = \"\", phone = \"447123\" }", "{}", "protocol"),
        ("buy", "return \"1\"", "{}", "protocol"),
        ("check", "return { status = \"waitin\" }", "{}", "protocol"),
        ("check", "return { code = body }", "583920", #"{"code":"583920","status":"received"}"#),
        ("check", "return { status = \"waiting\", code = \"\" }", "{}", #"{"status":"waiting"}"#),
        (
            "check", "return { expires_at = body.ms / 1000, status = \"waiting\" }",
            #"{"ms":1774124100000}"#, #"{"expires_at":"2026-03-21T20:15:00Z","status":"waiting"}"#
        ),
        ("countries", "return {}", "[]", "[]"),
        ("countries", "return { { id = 1 } }", "[]", #"[{"id":"1"}]"#),
        ("countries", "return { 1 }", "[]", "protocol"),
        ("countries", "return { id = 1 }", "[]", "protocol"),
        ("info", "return #body", "plain text", "10"),
        ("info", "return response.status", "{}", "200"),
        ("info", "return body.a.b", "{}", "protocol"),
        ("info", "fail(\"closed\", \"x\")", "{}", "closed"),
        ("info", "while true do end", "{}", "protocol"),
    ])
    func `a reply function gives the normal form`(
        _ row: (name: String, function: String, body: String, result: String)
    ) async throws {
        #expect(try await read(row.name, row.function, row.body).text == row.result)
    }

    @Test func `a reply function is not asked about an error`() async throws {
        let outcome = try await read("info", "return 1", "{}", status: 404)
        #expect(outcome.error?.code == .notFound)
    }

    @Test func `a reply that has come was sent, whatever its function says`() async throws {
        let outcome = try await read("info", "error({ code = \"network\", unsent = true })", "{}")
        #expect(outcome.error?.code == .network && outcome.error?.isUnsent == false)
    }

    // One item takes a part of a second; the budget of a function is two.
    @Test func `the functions of all items of a reply share one budget`() async throws {
        let items = "[" + Array(repeating: "{}", count: 200).joined(separator: ",") + "]"
        let price = "function() for i = 1, 3e6 do end return \"1\" end"
        let trial = try await OperationTrial(
            "offers = { get = \"/x\", each = \"[]\", reply = { price = \(price) } }", status: 200,
            body: items)
        let outcome = await trial.perform("offers")
        #expect(outcome.text == "protocol", "\(outcome.text.prefix(100))")
        #expect(outcome.error?.message.contains("too long") == true)
    }

    @Test(arguments: [
        ("buy", "return { id = (\"x\"):rep(1025), phone = \"447123\" }", "protocol"),
        (
            "buy", "return { id = \"1\", phone = \"447123\", price = \"-1000\" }",
            #"{"id":"1","phone":"+447123"}"#
        ),
        ("offers", "return { { price = -0.5, available = 1 } }", "protocol"),
        (
            "buy", "return { id = \"1\", phone = \"447123\", price = \"0\" }",
            #"{"id":"1","phone":"+447123","price":"0"}"#
        ),
    ])
    func `what no order can have is refused, or counts as not told`(
        _ name: String,
        _ function: String,
        _ expected: String
    ) async throws {
        let outcome = try await read(name, function, "{}")
        #expect(outcome.text == expected, "\(outcome.error?.message ?? "")")
    }

    @Test(arguments: [
        "return { message = (\"1 \"):rep(1e6) }",
        "return { messages = { { text = (\"1 \"):rep(1e6) } } }",
    ])
    func `a message is read as far as one can be long`(_ function: String) async throws {
        let outcome = try await read("check", function, "{}")
        let text = try #require(outcome.result?.record.text("message"))
        #expect(text.utf8.count == 26 * 153)
    }
}
