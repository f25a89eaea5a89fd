import Testing

@testable import Definitions

struct FunctionMistakeTests {
    @Test(arguments: [
        (
            #"http.get("//evil.com")"#,
            """
            failed with protocol: the definition failed at example.lua:9: http: '//evil.com' is \
            no plain path such as "/orders"
            """
        ),
        (
            #"http.get("/../a")"#,
            """
            failed with protocol: the definition failed at example.lua:9: http: '/../a' is no \
            plain path such as "/orders"
            """
        ),
        (
            #"http.get("/%2E%2e/a")"#,
            """
            failed with protocol: the definition failed at example.lua:9: http: '/%2E%2e/a' is no \
            plain path such as "/orders"
            """
        ),
        (
            #"http.get("/orders/.")"#,
            """
            failed with protocol: the definition failed at example.lua:9: http: '/orders/.' is no \
            plain path such as "/orders"
            """
        ),
        (
            #"http.get("orders")"#,
            """
            failed with protocol: the definition failed at example.lua:9: http: 'orders' is no \
            plain path such as "/orders"
            """
        ),
        (
            #"http.get("/a b")"#,
            """
            failed with protocol: the definition failed at example.lua:9: http: '/a b' is no \
            plain path such as "/orders"
            """
        ),
        (
            #"http.get("/a", { body = "x" })"#,
            """
            failed with protocol: the definition failed at example.lua:9: http: unknown option \
            'body'; known are query, headers, json, form, buys
            """
        ),
        (
            #"http.post("/a", { headers = { Authorization = "x" } })"#,
            """
            failed with protocol: the definition failed at example.lua:9: http: the header \
            'Authorization' is set by the core; a key goes into auth
            """
        ),
        (
            #"http.get("/a", { headers = { Accept = "x\ny" } })"#,
            """
            failed with protocol: the definition failed at example.lua:9: http: the header \
            'Accept' may not hold control characters
            """
        ),
        (
            #"http.request("TRACE", "/a")"#,
            """
            failed with protocol: the definition failed at example.lua:9: http.request: 'TRACE' \
            is no verb, write http.request("get", "/path")
            """
        ),
        (
            #"http.request("/a")"#,
            """
            failed with protocol: the definition failed at example.lua:9: http.request: '/a' is \
            no verb, write http.request("get", "/path")
            """
        ),
    ])
    func `a request that cannot be made names the line and the way out`(
        _ row: (body: String, said: String)
    ) async throws {
        let operations = "{ run = function(args)\n\(row.body)\nend }"
        let found = try await Mistake.differences(#""run", {}, reply = {}"#, operations: operations)
        #expect(found == row.said)
    }

    @Test(arguments: [
        (
            #"sleep("soon")"#,
            """
            failed with protocol: the definition failed at example.lua:9: sleep: 'soon' is no \
            duration, write sleep("2s")
            """
        ),
        (
            "sleep(-5)",
            """
            failed with protocol: the definition failed at example.lua:9: sleep: '-5' is no \
            duration, write sleep("2s")
            """
        ),
        (
            #"table.sort({ 2, 1 }, function() sleep("1s") end)"#,
            """
            failed with protocol: the definition failed at example.lua:9: sleep waits, and \
            nothing can wait inside sort; call it before and use the result here
            """
        ),
    ])
    func `a wait that cannot be is named with its line`(
        _ row: (body: String, said: String)
    ) async throws {
        let operations = "{ run = function(args)\n\(row.body)\nend }"
        let found = try await Mistake.differences(#""run", {}, reply = {}"#, operations: operations)
        #expect(found == row.said)
    }

    @Test(arguments: [
        (
            """
            local reply
            return reply.body
            """,
            """
            failed with protocol: the definition failed at example.lua:10: attempt to index a nil \
            value (local 'reply')
            """
        ),
        (
            "return args.order.id",
            """
            failed with protocol: the definition failed at example.lua:9: attempt to index a nil \
            value (field 'order')
            """
        ),
        (
            """
            local r = http.get("/x")
            return r.jsn.id
            """,
            """
            failed with protocol: the definition failed at example.lua:10: attempt to index a nil \
            value (field 'jsn')
            """
        ),
        (
            "return 1 + {}",
            """
            failed with protocol: the definition failed at example.lua:9: attempt to perform \
            arithmetic on a table value
            """
        ),
        (
            #"return "a" < 1"#,
            """
            failed with protocol: the definition failed at example.lua:9: attempt to compare \
            string with number
            """
        ),
        (
            #"error("the catalogue is empty")"#,
            "failed with protocol: the definition failed at example.lua:9: the catalogue is empty"
        ),
        (
            #"return tonumber("9", 99)"#,
            """
            failed with protocol: the definition failed at example.lua:9: bad argument #2 to \
            'tonumber' (base out of range)
            """
        ),
        (
            #"return ("x"):find("[a")"#,
            """
            failed with protocol: the definition failed at example.lua:9: malformed pattern \
            (missing ']')
            """
        ),
        (
            "return json.encode({ 1, a = 2 })",
            """
            failed with protocol: the definition failed at example.lua:9: json.encode: the key \
            'a' stands in a list
            """
        ),
    ])
    func `what Lua cannot do is named with its line`(
        _ row: (body: String, said: String)
    ) async throws {
        let operations = "{ run = function(args)\n\(row.body)\nend }"
        let found = try await Mistake.differences(#""run", {}, reply = {}"#, operations: operations)
        #expect(found == row.said)
    }
}
