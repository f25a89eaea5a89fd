import LuaSandbox
import OrderKernel
import Testing

@testable import Definitions

struct ReplyTests {
    private func read(
        _ name: String,
        _ operation: String,
        _ body: String,
        status: Int = 200,
        _ changes: [String: String] = [:]
    ) async throws -> String {
        let trial = try await OperationTrial(
            "\(name) = { get = \"/x\", \(operation) }", changes, status: status, body: body
        )
        return await trial.perform(name).text
    }

    @Test(arguments: [
        ("balance", "reply = { amount = \"b\" }", #"{"b":1250}"#, #"{"amount":"12.50"}"#),
        ("balance", "reply = { amount = \"b\" }", #"{"b":"7"}"#, #"{"amount":"0.07"}"#),
        ("balance", "reply = { amount = \"b\" }", #"{"b":0.5}"#, #"{"amount":"0.005"}"#),
        ("balance", "text = { [\"B:{amount}\"] = {} }", "B:-305", #"{"amount":"-3.05"}"#),
        (
            "balance", "reply = { amount = function(body) return body.b end }", #"{"b":1250}"#,
            #"{"amount":"1250"}"#
        ),
        (
            "buy", "reply = { id = \"i\", phone = \"p\", price = \"=0.5\" }",
            #"{"i":1,"p":"62812345678"}"#, #"{"id":"1","phone":"+62812345678","price":"0.5"}"#
        ),
        (
            "check", "reply = { code = \"c\", expires_at = \"e\" }", #"{"c":"1","e":"2026-01-02"}"#,
            #"{"code":"1","expires_at":"2026-01-01T21:00:00Z","status":"received"}"#
        ),
        (
            "offers", "each = \"[]\", reply = { price = \"p\", available = \"n\" }",
            #"[{"p":99,"n":3}]"#, #"[{"available":3,"price":"0.99"}]"#
        ),
        ("balance", "reply = { amount = \"b\" }", #"{"b":1e-8}"#, "protocol"),
        (
            "check", "reply = { code = \"c\", expires_at = \"e\" }",
            #"{"c":"1","e":"2026-01-02 03:04:05"}"#,
            #"{"code":"1","expires_at":"2026-01-02T00:04:05Z","status":"received"}"#
        ),
        (
            "check", "reply = { code = \"c\", expires_at = \"e\" }",
            #"{"c":"1","e":"2026-01-02T03:04:05Z"}"#,
            #"{"code":"1","expires_at":"2026-01-02T03:04:05Z","status":"received"}"#
        ),
    ])
    func `a file may say that amounts are cents and what zone times are of`(
        _ row: (name: String, operation: String, body: String, result: String)
    ) async throws {
        let changes = ["amounts": "\"cents\"", "time_zone": "\"+03:00\""]
        let result = try await read(row.name, row.operation, row.body, changes)
        #expect(result == row.result)
    }

    @Test(arguments: [
        (204, "", "null"), (200, "", "protocol"), (200, #"{"ok":true}"#, "null"),
        (200, #"{"ok":false}"#, "protocol"), (202, "", "protocol"),
    ])
    func `no content is a success whatever the file's rule for bodies`(
        _ row: (status: Int, body: String, result: String)
    ) async throws {
        let result = try await read(
            "cancel", "", row.body, status: row.status, ["success": "{ \"ok\", [true] = true }"])
        #expect(result == row.result)
    }

    @Test(arguments: [
        (
            "balance", "reply = { amount = \"b\", currency = \"=EUR\" }", #"{"b":1.20}"#,
            #"{"amount":"1.20","currency":"EUR"}"#
        ),
        ("balance", "reply = { amount = \"$\" }", "1.20", #"{"amount":"1.20"}"#),
        (
            "balance", "value = \"data\", reply = { amount = \"b\" }", #"{"data":{"b":"7"}}"#,
            #"{"amount":"7"}"#
        ),
        ("balance", "value = \"data\", reply = { amount = \"b\" }", #"{"b":"7"}"#, "protocol"),
        (
            "balance", "reply = { amount = function(body) return body.cents / 100 end }",
            #"{"cents":250}"#, #"{"amount":"2.5"}"#
        ),
        ("balance", "reply = { amount = \"b\" }", "{}", "protocol"),
        ("balance", "reply = { amount = \"b\" }", "", "protocol"),
        ("balance", "reply = { amount = \"b\" }", "<html>busy</html>", "protocol"),
        ("balance", "reply = { amount = \"b\" }", "[1", "protocol"),
        ("balance", "reply = { amount = \"b\" }", #"{"b":1,"b":2}"#, "protocol"),
        (
            "countries", "each = \"[]\", reply = { id = \"$\" }", #"["us","gb"]"#,
            #"[{"id":"us"},{"id":"gb"}]"#
        ),
        (
            "countries", "each = \"*\", reply = { id = \"$1\", name = \"n\" }", #"{"6":{"n":"X"}}"#,
            #"[{"id":"6","name":"X"}]"#
        ),
        ("countries", "each = \"[]\", reply = { id = \"i\" }", #"[{"i":1},{}]"#, #"[{"id":"1"}]"#),
        ("countries", "each = \"[]\", reply = { id = \"i\" }", #"[{"j":1},{}]"#, "protocol"),
        (
            "offers",
            "each = \"*.*\", reply = { country = \"$1\", service = \"$2\", price = \"cost\" }",
            #"{"6":{"wa":{"cost":1.20}},"7":[]}"#,
            #"[{"country":"6","price":"1.20","service":"wa"}]"#
        ),
        ("offers", "each = \"*.*\", reply = { service = \"$2\", price = \"cost\" }", "[]", "[]"),
        ("offers", "reply = { price = \"cost\" }", #"{"cost":3}"#, #"[{"price":"3"}]"#),
        ("cancel", "reply = { refund = \"r\" }", #"{"r":null}"#, "{}"),
        ("cancel", "", "", "null"), ("cancel", "", #"{"any":1}"#, "null"),
        ("cancel", "", "OK", "protocol"),
        (
            "info", "", #"{"big":12345678901234567890,"p":1.20}"#,
            #"{"big":12345678901234567890,"p":1.20}"#
        ),
        (
            "info", "reply = { big = \"b\", price = \"p\" }", #"{"b":[1.0],"p":1.20}"#,
            #"{"big":[1.0],"price":"1.20"}"#
        ),
        ("info", "", "", "null"),
    ])
    func `a reply becomes the normal form`(
        _ row: (name: String, operation: String, body: String, result: String)
    ) async throws {
        #expect(try await read(row.name, row.operation, row.body) == row.result)
    }

    @Test(arguments: [
        (#"58\n39"#, "58 39"), (String(repeating: "5", count: 1024), String?.none),
        (String(repeating: "5", count: 1025), "5839"),
    ])
    func `a message's own code is one line, and no longer than a text`(
        _ row: (said: String, code: String?)
    ) async throws {
        let body = #"{"m":[{"code":"\#(row.said)","text":"Your code is 5839"}]}"#
        let trial = try await OperationTrial(
            #"check = { get = "/a", reply = { messages = "m" } }"#, body: body)
        let record = await trial.perform("check").result?.record
        #expect(record?.text("code") == row.code ?? row.said)
    }

    private static let messages =
        "reply = { messages = { each = \"sms[]\", text = \"t\", received_at = \"at\" } }"

    @Test(arguments: [
        (
            "reply = { status = { \"s\", P = \"waiting\", D = \"finished\" } }", #"{"s":"P"}"#,
            #"{"status":"waiting"}"#
        ),
        ("reply = { status = { \"s\", P = \"waiting\" } }", #"{"s":"Q"}"#, "protocol"),
        ("reply = { status = { \"s\", P = \"waiting\" } }", #"{"s":[]}"#, "protocol"),
        (
            "reply = { status = { \"s\", [1] = \"x\", [\"1\"] = \"waiting\" } }", #"{"s":1}"#,
            #"{"status":"waiting"}"#
        ),
        (
            "reply = { messages = { each = \"m[]\", text = \"t\", newest = \"first\" } }",
            #"{"m":[{"t":"Your code is 2222"},{"t":"Your code is 1111"}]}"#,
            #"{"code":"2222","message":"Your code is 2222","#
                + #""messages":[{"text":"Your code is 1111"},{"text":"Your code is 2222"}],"#
                + #""status":"received"}"#
        ),
        ("reply = { status = \"s\" }", "{}", "protocol"),
        ("reply = { code = \"c\" }", "{}", #"{"status":"waiting"}"#),
        ("reply = { code = \"c\" }", #"{"c":null}"#, #"{"status":"waiting"}"#),
        ("reply = { code = \"c\" }", #"{"c":""}"#, #"{"status":"waiting"}"#),
        ("reply = { code = \"c\" }", #"{"c":1234}"#, #"{"code":"1234","status":"received"}"#),
        (
            "reply = { message = \"m\" }", #"{"m":"Your code is 5839"}"#,
            #"{"code":"5839","message":"Your code is 5839","status":"received"}"#
        ),
    ])
    func `an order waits until a code or a message is there`(
        _ row: (operation: String, body: String, result: String)
    ) async throws {
        #expect(try await read("check", row.operation, row.body) == row.result)
    }

    @Test(arguments: [
        (#"{"sms":[]}"#, "waiting nil"), ("{}", "protocol"),
        (#"{"sms":[{"t":"Code 1111"},{"t":"Code 2222"}]}"#, "received 2222"),
        (
            #"{"sms":[{"t":"Code 1111","at":1774124200},{"t":"Code 2222","at":1774124100}]}"#,
            "received 1111"
        ),
        (
            #"{"sms":[{"t":"Code 1111","at":1774124100},{"t":"Welcome!","at":1774124200}]}"#,
            "received 1111"
        ),
        (#"{"sms":[{"t":"Welcome!"}]}"#, "received nil"),
    ])
    func `the code comes from the newest message that has one`(
        _ row: (body: String, result: String)
    ) async throws {
        let trial = try await OperationTrial(
            "check = { get = \"/x\", \(Self.messages) }", body: row.body
        )
        let outcome = await trial.perform("check")
        let record = outcome.result?.record
        let text = record.map { "\($0.text("status") ?? "nil") \($0.text("code") ?? "nil")" }
        #expect(text ?? outcome.text == row.result)
    }

    private static let text = """
        text = { ["N:{id}:{phone}"] = {}, ["{id}/{phone}"] = {} }, errors = { text = {
          NO = "no_numbers", ["BANNED:{until}"] = "forbidden" } }
        """

    @Test(arguments: [
        (
            "N:12345678901234567890:447123456789", 200,
            #"{"id":"12345678901234567890","phone":"+447123456789"}"#
        ),
        (" N:1:447123456789\n", 200, #"{"id":"1","phone":"+447123456789"}"#),
        ("9/447123456789", 200, #"{"id":"9","phone":"+447123456789"}"#),
        ("NO", 200, "no_numbers"), ("NO", 500, "no_numbers"), ("BANNED:x", 200, "forbidden"),
        ("BANNED:", 200, "protocol"), ("WHAT", 200, "protocol"), ("WHAT", 503, "unavailable"),
        // An error is a line: nothing longer than 16 KiB is one.
        ("BANNED:" + String(repeating: "x", count: (16 << 10) - 7), 200, "forbidden"),
        ("BANNED:" + String(repeating: "x", count: (16 << 10) - 6), 200, "protocol"),
        ("N:1:x", 200, "protocol"), ("", 200, "protocol"), ("{\"a\":1}", 200, "protocol"),
    ])
    func `plain text is read by its patterns`(
        _ row: (body: String, status: Int, result: String)
    ) async throws {
        #expect(try await read("buy", Self.text, row.body, status: row.status) == row.result)
    }

    @Test(arguments: [
        ("{ \"ok\", [true] = true }", #"{"ok":true}"#, "null"),
        ("{ \"ok\", [true] = true }", #"{"ok":"true"}"#, "null"),
        ("{ \"ok\", [true] = true }", #"{"ok":false}"#, "protocol"),
        ("{ \"ok\", [true] = true }", "{}", "protocol"),
        ("{ \"ok\", [true] = true }", "", "protocol"),
        ("{ \"ok\", yes = true, fine = true }", #"{"ok":"fine"}"#, "null"),
        ("{ \"ok\", no = false }", #"{"ok":"no"}"#, "protocol"),
        ("{ \"ok\", no = false }", #"{"ok":"other"}"#, "null"),
        ("{ \"ok\", no = false }", "{}", "null"),
        ("{ \"ok\", [1] = 1, [\"1\"] = true }", #"{"ok":1}"#, "null"),
    ])
    func `success is what the marks say`(
        _ row: (rule: String, body: String, result: String)
    ) async throws {
        let file = try await read("cancel", "", row.body, ["success": row.rule])
        #expect(file == row.result)
        let own = try await read(
            "cancel", "success = \(row.rule)", row.body,
            ["success": "{ \"never\", x = true }"])
        #expect(own == row.result)
    }

    @Test(arguments: ["[", "{\"a\":"])
    func `a reply that nests deeply is a protocol error`(_ piece: String) async throws {
        let body = String(repeating: piece, count: 100_000)
        #expect(try await read("info", "", body) == "protocol")
    }

    @Test func `a long list is read`() async throws {
        let body = "[" + Array(repeating: "{\"i\":7}", count: 20_000).joined(separator: ",") + "]"
        let trial = try await OperationTrial(
            "countries = { get = \"/x\", each = \"[]\", reply = { id = \"i\" } }", body: body
        )
        #expect(await trial.perform("countries").result?.list.count == 20_000)
    }
}
