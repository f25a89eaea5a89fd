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
}
