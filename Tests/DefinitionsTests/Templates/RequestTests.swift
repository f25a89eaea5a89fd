import LuaSandbox
import OrderKernel
import Testing

@testable import Definitions

struct RequestTests {
    private static let operations = """
        cancel = { post = "/orders/{id}/cancel" },
        rate = { get = "/rate?a={a}&b={b?}", query = { c = "{c?}", fixed = "x y" } },
        send = { post = "/send", costs = false, json = {
          i = "{i:int?}", n = "{n:number?}", b = "{b:bool?}", l = "{l:list?}", t = "{t?}",
          big = 9007199254740993, nested = { { deep = "{t?}", on = true } }, mixed = "id {t?}",
        } },
        form = { patch = "/form", costs = false, form = { a = "{a}", b = "{b?}", c = "1 2" } },
        head = { get = "/h", headers = { Accept = "text/{kind}" } },
        open = { get = "/open", auth = false },
        """

    private func sent(_ name: String, _ arguments: [String: LuaValue]) async throws -> String {
        let trial = try await OperationTrial(Self.operations, body: "{}")
        let outcome = await trial.perform(name, arguments)
        return outcome.requests.isEmpty ? outcome.text : outcome.sent
    }

    @Test(arguments: [
        ("0.50", "GET /buy?max=50&service=wa"), ("1.209", "GET /buy?max=120&service=wa"),
        ("12", "GET /buy?max=1200&service=wa"), ("much", "invalid"),
        ("0.019999999", "GET /buy?max=1&service=wa"), ("0.004", "invalid"),
        ("0", "GET /buy?max=0&service=wa"),
    ])
    func `a price limit is handed over in whole cents, rounded down`(
        _ row: (price: String, sent: String)
    ) async throws {
        let trial = try await OperationTrial(
            """
            buy = { get = "/buy?max={max_price:cents?}&service={service}",
                    reply = { id = "i", phone = "p" } }
            """, body: #"{"i":1,"p":"+12025550123"}"#)
        let outcome = await trial.perform(
            "buy", ["max_price": .string(row.price), "service": "wa"])
        #expect((outcome.requests.isEmpty ? outcome.text : outcome.sent) == row.sent)
    }

    @Test(arguments: [
        ("17", "POST /orders/17/cancel"), ("a/../b", "POST /orders/a%2F..%2Fb/cancel"),
        ("?x=1#y", "POST /orders/%3Fx%3D1%23y/cancel"), ("a b", "POST /orders/a%20b/cancel"),
        ("%2e%2e", "POST /orders/%252e%252e/cancel"),
        ("\r\nHost: x", "POST /orders/%0D%0AHost%3A%20x/cancel"),
        ("...", "POST /orders/.../cancel"),
        ("..", "invalid"), (".", "invalid"), ("", "invalid"),
    ])
    func `no argument leaves its place in the path`(
        _ row: (id: String, sent: String)
    ) async throws {
        #expect(try await sent("cancel", ["id": .string(row.id)]) == row.sent)
    }

    @Test(
        arguments: [
            (["a": "1"], "GET /rate?a=1&fixed=x%20y"),
            (["a": "1&b=2", "c": "="], "GET /rate?a=1%26b%3D2&c=%3D&fixed=x%20y"),
            (["a": 1, "b": ""], "GET /rate?a=1&b=&fixed=x%20y"),
            (["a": true, "b": .number(2)], "GET /rate?a=true&b=2&fixed=x%20y"),
            (["b": "1"], "invalid"), (["a": .null], "invalid"),
            (["a": .table(LuaTable())], "invalid"),
        ] as [([String: LuaValue], String)])
    func `an absent optional argument takes its parameter away`(
        _ row: (arguments: [String: LuaValue], sent: String)
    ) async throws {
        #expect(try await sent("rate", row.arguments) == row.sent)
    }

    @Test(
        arguments: [
            ([:], ""), (["i": "16"], "\"i\":16,"),
            (["i": 9_007_199_254_740_993], "\"i\":9007199254740993,"),
            (["n": "1.20"], "\"n\":1.20,"), (["n": 3], "\"n\":3,"),
            (["b": "false"], "\"b\":false,"),
            (["b": true], "\"b\":true,"), (["l": "a,b"], "\"l\":[\"a\",\"b\"],"),
            (["l": .table(LuaTable(items: ["a", 2]))], "\"l\":[\"a\",\"2\"],"),
        ] as [([String: LuaValue], String)])
    func `the kinds of a JSON body keep their types`(
        _ row: (arguments: [String: LuaValue], part: String)
    ) async throws {
        let text = try await sent("send", row.arguments)
        let start = "POST /send {"
        #expect(text.hasPrefix(start))
        let body = text.dropFirst(start.count).replacing("\"big\":9007199254740993,", with: "")
        #expect(body == row.part + "\"nested\":[{\"on\":true}]}")
    }

    @Test func `text in a nested body is escaped as JSON`() async throws {
        let text = try await sent("send", ["t": "\"}\n"])
        #expect(
            text.hasSuffix(
                #""mixed":"id \"}\n","nested":[{"deep":"\"}\n","on":true}],"t":"\"}\n"}"#
            ))
    }

    @Test(
        arguments: [
            ["i": "1.5"], ["i": "x"], ["i": "99999999999999999999"], ["n": "1,5"], ["n": "nan"],
            ["b": "yes"], ["t": .table(LuaTable())],
        ] as [[String: LuaValue]])
    func `a value of another kind is invalid`(_ arguments: [String: LuaValue]) async throws {
        #expect(try await sent("send", arguments) == "invalid")
    }

    @Test func `a form is encoded and leaves absent keys out`() async throws {
        #expect(try await sent("form", ["a": "x&y=z"]) == "PATCH /form a=x%26y%3Dz&c=1%202")
        #expect(try await sent("form", ["a": "", "b": "é"]) == "PATCH /form a=&b=%C3%A9&c=1%202")
    }

    @Test func `bodies name their type, and a request may go without a credential`() async throws {
        let trial = try await OperationTrial(Self.operations, body: "{}")
        let json = await trial.perform("send").requests
        #expect(json.first?.headers == [.init("Content-Type", "application/json")])
        #expect(json.first?.sendsCredential == true)
        let form = await trial.perform("form", ["a": "1"]).requests
        #expect(form.first?.headers == [.init("Content-Type", "application/x-www-form-urlencoded")])
        #expect(await trial.perform("open").requests.first?.sendsCredential == false)
    }

    @Test func `an argument cannot begin another header`() async throws {
        let trial = try await OperationTrial(Self.operations, body: "{}")
        let fine = await trial.perform("head", ["kind": "plain"])
        #expect(fine.requests.first?.headers == [.init("Accept", "text/plain")])
        let broken = await trial.perform("head", ["kind": "x\r\nCookie: y"])
        #expect(broken.error?.code == .invalid && broken.requests.isEmpty)
    }

    @Test func `an operation that the file lacks is unsupported`() async throws {
        let trial = try await OperationTrial(Self.operations, body: "{}")
        #expect(await trial.perform("swap").error?.code == .unsupported)
    }
}
