import LuaSandbox
import OrderKernel
import Testing

@testable import Definitions

/// What is paid must not be lost for something that stands beside it, nor for a front's page.
struct PaidOrderReplyTests {
    private static let operations = """
        buy = { post = "/b", reply = { id = "id", phone = "phone", price = "price",
                expires_at = "end", cancel_at = "hold", available = "n" } },
        check = { get = "/c", reply = { status = { "s", ok = "received", wait = "waiting" },
                  code = "code",
                  messages = { each = "sms[]", text = "body", received_at = "at" } } },
        cancel = { post = "/x", reply = { refund = "refund" } },
        finish = { post = "/f" },
        details = { get = "/d", reply = { state = "s" } },
        balance = { get = "/m", reply = { amount = "amount" } },
        offers = { get = "/o", each = "[]", reply = { price = "price" } },
        """

    private func outcome(_ name: String, _ body: String, status: Int = 200) async throws -> String {
        let trial = try await OperationTrial(
            Self.operations,
            ["success": "{ \"success\", [false] = false }", "errors": "{ \"error\" }"],
            status: status, body: body)
        return await trial.perform(name).text
    }

    @Test(arguments: [
        #""end":"""#, #""end":"0000-00-00 00:00:00""#, #""end":false"#, #""end":"soon""#,
        #""end":{}"#, #""hold":"""#, #""price":"$0.50""#, #""price":"free""#, #""price":[]"#,
        #""n":"many""#, #""n":1.5"#,
    ])
    func `M2 a number that was sold is not lost for a field beside it`(
        _ field: String
    ) async throws {
        let body = #"{"id":7,"phone":"+12025550123",\#(field)}"#
        #expect(try await outcome("buy", body) == #"{"id":"7","phone":"+12025550123"}"#)
    }

    @Test(arguments: ["", "0000-00-00", "yesterday"])
    func `a code is not lost for the time of its message`(_ time: String) async throws {
        let body = #"{"s":"ok","code":"4711","sms":[{"body":"Code 4711","at":"\#(time)"}]}"#
        let text = try await outcome("check", body)
        #expect(text.contains(#""code":"4711""#), "\(text)")
    }

    @Test(arguments: ["false", "true", "null", #""""#, #""  ""#, "0"])
    func `what stands for no code is none`(_ code: String) async throws {
        let text = try await outcome("check", #"{"s":"wait","code":\#(code),"sms":[]}"#)
        #expect(text.contains("waiting") && !text.contains("code"), "\(text)")
    }

    @Test(arguments: ["false", "true", #""""#, "null"])
    func `what stands for no id is no order`(_ id: String) async throws {
        #expect(
            try await outcome("buy", #"{"id":\#(id),"phone":"+12025550123"}"#) == "protocol")
    }

    @Test(arguments: [
        ("0.30000000000000004", "0.3"), ("1.2100000000000002", "1.21"),
        ("1.1999999999999997", "1.2"), ("-0.30000000000000004", "-0.3"),
        (#""1,234.50""#, "1234.50"), (#""12,345,678.9""#, "12345678.9"), ("0.50", "0.50"),
    ])
    func `an amount is read as programs write it`(
        _ row: (written: String, amount: String)
    ) async throws {
        let text = try await outcome("balance", #"{"amount":\#(row.written)}"#)
        #expect(text.contains(#""amount":"\#(row.amount)""#), "\(text)")
    }

    @Test(arguments: [
        "9223372036.8547758075", "9223372036.8547758079", #""9,223,372,036.8547758075""#,
        #""1,234""#, #""1,23.50""#, #""12.345,50""#, "1e-10", "0.0000000001", #""$5""#, "true",
    ])
    func `an amount that may mean two things, or nothing, is none`(
        _ written: String
    ) async throws {
        #expect(try await outcome("balance", #"{"amount":\#(written)}"#) == "protocol")
        #expect(try await outcome("offers", #"[{"price":\#(written)}]"#) == "protocol")
    }

    @Test(arguments: ["check", "cancel", "finish"], [401, 403, 404])
    func `a front's page says nothing of an order`(_ name: String, _ status: Int) async throws {
        for page in ["<html>gone</html>", "default backend - 404", "404 page not found"] {
            #expect(try await outcome(name, page, status: status) == "unavailable")
        }
        let own = try await outcome("details", "<html>gone</html>", status: status)
        #expect(own == "unavailable")
        // The interface itself is believed.
        let said = try await outcome(name, "{}", status: status)
        #expect(said == ErrorMap.meaning(ofStatus: status).rawValue)
    }

    @Test(arguments: ["cancel", "finish"])
    func `an error under a good status ends no order`(_ name: String) async throws {
        #expect(try await outcome(name, #"{"error":"order_locked"}"#) == "protocol")
        #expect(try await outcome(name, #"{"error":null}"#) != "protocol")
        #expect(try await outcome(name, #"{"success":true}"#) != "protocol")
    }

    @Test func `a refund that cannot be read does not undo the cancel`() async throws {
        #expect(try await outcome("cancel", #"{"refund":"all of it"}"#) == "{}")
    }
}
