import LuaSandbox
import OrderKernel
import Testing

@testable import Definitions

struct ErrorTests {
    private static let errors = """
        { "error.code|code", message = "error.message",
          SOLD_OUT = "no_numbers", mixed = { "unavailable", [400] = "invalid", Gone = "not_found" },
          ["sold*"] = "balance", ["*banned*"] = "forbidden", ["*ban*"] = "refused",
          [418] = "refused",
          ["0"] = "auth", text = { BAD_KEY = "auth" } }
        """

    private func failure(
        _ status: Int,
        _ body: String,
        own: String = "",
        headers: [String: String] = [:],
        errors: String = errors
    ) async throws -> MoonlineError? {
        let trial = try await OperationTrial(
            "cancel = { post = \"/c\", \(own) }", ["errors": errors], status: status,
            headers: headers, body: body
        )
        return await trial.perform("cancel").error
    }

    @Test(arguments: [
        (400, #"{"error":{"code":"SOLD_OUT"}}"#, "no_numbers"),
        (200, #"{"error":{"code":"SOLD_OUT"}}"#, "no_numbers"),
        (200, #"{"code":"SOLD_OUT"}"#, "no_numbers"), (200, #"{"code":0}"#, "auth"),
        (200, #"{"code":"sold_out"}"#, "balance"), (200, #"{"code":"banned"}"#, "forbidden"),
        (200, #"{"code":"new"}"#, "protocol"), (200, #"{"code":17}"#, "protocol"),
        (200, #"{"code":{"at":1}}"#, "protocol"), (200, "{}", ""), (200, #"{"code":""}"#, ""),
        (200, #"{"code":null}"#, ""), (200, #"{"code":false}"#, ""), (200, #"{"code":[]}"#, ""),
        (400, #"{"code":"sold_out"}"#, "balance"), (418, #"{"code":"sold now"}"#, "balance"),
        (500, #"{"code":"mixed"}"#, "unavailable"), (400, #"{"code":"mixed"}"#, "invalid"),
        (400, #"{"error":{"code":"mixed","message":"Gone"}}"#, "not_found"),
        (404, #"{"error":{"code":"x","message":"You are BANNED now"}}"#, "forbidden"),
        (404, #"{"error":{"code":"urban","message":"banned"}}"#, "refused"),
        (418, #"{"code":"other"}"#, "refused"), (418, "short and stout", "refused"),
        (500, "BAD_KEY", "auth"), (200, "BAD_KEY", "auth"), (400, "{}", "invalid"),
        (401, "", "auth"), (402, "{}", "balance"), (403, "<html>", "unavailable"),
        (404, "[]", "not_found"), (408, "", "unavailable"), (409, "{}", "refused"),
        (422, "{}", "invalid"), (425, "", "too_early"), (429, "", "rate_limited"),
        (500, "", "unavailable"), (599, "", "unavailable"), (302, "", "protocol"),
        (405, "{}", "protocol"), (600, "{}", "protocol"),
    ])
    func `the code wins over the status, and the exact code over the pattern`(
        _ row: (status: Int, body: String, code: String)
    ) async throws {
        #expect(try await failure(row.status, row.body)?.code.rawValue ?? "" == row.code)
    }

    @Test(arguments: [
        ("buy", #"{"code":"sold_out"}"#, "balance"),
        ("buy", #"{"error":{"message":"you are banned"}}"#, "forbidden"),
        ("buy", #"{"code":"new"}"#, "protocol"),
        ("buy", #"{"id":1,"phone":"+12025550123","code":"sold"}"#, ""),
        // What was sold is never taken for refused, whatever else the reply says.
        (
            "buy",
            #"{"id":7,"phone":"62812345678","end":"soon","error":{"message":"not banned"}}"#, ""
        ),
        ("buy", #"{"id":7,"error":{"message":"you are banned"}}"#, "protocol"),
        (
            "check", #"{"s":"NEW","c":"583920","error":{"message":"code 1 for banned"}}"#,
            "protocol"
        ),
        ("check", #"{"error":{"message":"you are banned"}}"#, "forbidden"),
        ("cancel", #"{"error":{"message":"you are banned"}}"#, "forbidden"),
        ("cancel", #"{"error":{"message":"done"}}"#, ""),
    ])
    func `an answer that has nothing of its fields is the error that a pattern lists`(
        _ row: (name: String, body: String, code: String)
    ) async throws {
        let trial = try await OperationTrial(
            """
            buy = { post = "/b?s={service}",
                    reply = { id = "id", phone = "phone", expires_at = "end" } },
            check = { get = "/c", reply = { status = { "s", OLD = "waiting" }, code = "c" } },
            cancel = { post = "/x" },
            """,
            ["errors": Self.errors], body: row.body)
        let error = await trial.perform(row.name, ["service": "wa"]).error
        #expect(error?.code.rawValue ?? "" == row.code)
    }

    @Test(arguments: [("WAIT:90", 90_000), ("WAIT:1.5", 1500), ("WAIT:soon", nil)])
    func `a pattern of a text error may name the seconds to wait`(
        _ row: (text: String, milliseconds: Int64?)
    ) async throws {
        let error = try await failure(
            200, row.text, errors: #"{ text = { ["WAIT:{retry_after}"] = "rate_limited" } }"#)
        #expect(error?.code == .rateLimited)
        #expect(error?.retryAfter?.milliseconds == row.milliseconds)
    }

    @Test(arguments: [
        (400, #"{"code":"SOLD_OUT"}"#, "closed"), (400, #"{"why":"SOLD_OUT"}"#, "invalid"),
        (418, "{}", "too_early"), (400, #"{"code":"x banned"}"#, "timeout"),
        (200, "BAD_KEY", "invalid"), (400, #"{"code":"mixed"}"#, "invalid"),
    ])
    func `an operation's own entries win over the file's`(
        _ row: (status: Int, body: String, code: String)
    ) async throws {
        let own = """
            errors = { SOLD_OUT = "closed", [418] = "too_early", ["*banned*"] = "timeout",
              text = { BAD_KEY = "invalid" } }
            """
        #expect(try await failure(row.status, row.body, own: own)?.code.rawValue == row.code)
    }

    @Test func `a reply without success is an error even under HTTP 200`() async throws {
        let own = "success = { \"ok\", [true] = true }"
        #expect(try await failure(200, #"{"code":"sold x"}"#, own: own)?.code == .balance)
        #expect(try await failure(200, #"{"code":"what"}"#, own: own)?.code == .protocol)
        let listed = #"{"ok":true,"code":"SOLD_OUT"}"#
        #expect(try await failure(200, listed, own: own)?.code == .noNumbers)
    }

    @Test(
        arguments: [
            ("7", "\"e.s\"", "{\"e\":{\"s\":9}}", 7000), ("", "\"e.s\"", "{\"e\":{\"s\":9}}", 9000),
            ("", "\"e.s\"", "{\"e\":{\"s\":\"1.5\"}}", 1500),
            ("", "\"e.s\"", "{\"e\":{\"s\":-3}}", 0),
            ("", "\"e.s\"", "{\"e\":{\"s\":1e30}}", nil),
            ("", "\"e.s\"", "{\"e\":{\"s\":\"x\"}}", nil),
            ("", "\"e.s\"", "{}", nil), ("", "\"e.s\"", "{\"e\":{\"s\":9e12}}", 900_000),
            ("", "function(body) return body.ms / 1000 end", "{\"ms\":2500}", 2500),
            ("", "function(body) return 1e30 end", "{}", nil),
            ("", "function(body) return 0 / 0 end", "{}", nil),
            ("", "function(body) return body.x.y end", "{}", nil),
            ("", "function(body) return -7 end", "{}", 0),
            ("-5", "\"e.s\"", "{}", 0), ("99999999", "\"e.s\"", "{}", 900_000),
            ("99999999999999999999", "\"e.s\"", "{}", nil),
            ("Wed, 21 Oct 2015 07:28:30 GMT", "\"e.s\"", "{}", 30_000),
        ] as [(String, String, String, Int64?)])
    func `the wait comes from the header, or else from the body`(
        _ row: (header: String, rule: String, body: String, milliseconds: Int64?)
    ) async throws {
        let headers =
            row.header.isEmpty
            ? [:] : ["Retry-After": row.header, "Date": "Wed, 21 Oct 2015 07:28:00 GMT"]
        let error = try await failure(
            429, row.body, headers: headers, errors: "{ \"code\", retry_after = \(row.rule) }"
        )
        #expect(error?.code == .rateLimited)
        #expect(error?.retryAfter == row.milliseconds.map { .milliseconds($0) })
    }

    @Test func `a provider's text is one short line without control characters`() async throws {
        let long = String(repeating: "a", count: 5000)
        let text = #"{"error":{"code":"x","message":"\#(long)\u001b[2J\nb"}}"#
        let message = try #require(try await failure(400, text)).message
        #expect(message.count < 300)
        let short = #"{"error":{"code":"x","message":"a\u001b\u009b\u202e\nb"}}"#
        #expect(try await failure(400, short)?.message.contains("(a    b)") == true)
    }

    @Test(arguments: [
        (["RateLimit-Remaining": "3", "RateLimit-Reset": "20"], 3, 20),
        (["X-RateLimit-Remaining": "-4", "X-RateLimit-Reset": "-20"], 0, 0),
    ])
    func `the rate limit headers say what is left`(
        _ row: (headers: [String: String], count: Int, seconds: Int)
    ) throws {
        let response = ProviderResponse(
            status: 200, headers: row.headers.map { .init($0.key, $0.value) }, body: []
        )
        let remaining = try #require(RetryAfterHeader.remaining(in: response))
        #expect(remaining.count == row.count && remaining.reset == .seconds(row.seconds))
    }
}
