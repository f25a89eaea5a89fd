import LuaSandbox
import OrderKernel
import Testing

@testable import Definitions

/// Which headers a file may send, and how many: what frames a request, names its target or another
/// verb, carries a key or tells of gateways is the core's (RFC 9110, RFC 9112, RFC 6265).
struct RequestHeaderTests {
    private static let refused = [
        "Host", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "TE", "Trailer",
        "Upgrade", "HTTP2-Settings", "Expect", "Content-Type", "Accept-Encoding", "Authorization",
        "Proxy-Authorization", "Proxy-Connection", "Cookie", "Cookie2", "Set-Cookie", "Forwarded",
        "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-HTTP-Method-Override", "X-HTTP-Method",
        "X-Method-Override", "X-Original-URL", "X-Rewrite-URL", "Content-Encoding",
        "Transfer_Encoding", "X_Forwarded_For", "x_http_method_override",
    ]

    @Test(arguments: refused + refused.map { $0.lowercased() })
    func `a header of the core is not sent for a function`(_ name: String) async throws {
        let body = "http.get(\"/a\", { headers = { [\"\(name)\"] = \"1\" } })"
        let outcome = await (try OperationTrial("run = function() \(body) end", body: "{}"))
            .perform("run")
        #expect(outcome.requests.isEmpty)
        let message = try #require(outcome.error?.message)
        #expect(message.contains("'\(name)' is set by the core"), "\(message)")
    }

    @Test(arguments: refused)
    func `a file that declares a header of the core is not loaded`(_ name: String) async {
        let operation = "cancel = { post = \"/c\", headers = { [\"\(name)\"] = \"1\" } }"
        await #expect(throws: (any Error).self) {
            _ = try await OperationTrial(operation, body: "{}")
        }
    }

    @Test(
        arguments: [
            (32, 4096, nil), (33, 1, .protocol), (1, 4097, .protocol),
        ] as [(Int, Int, ErrorCode?)])
    func `a function sends 32 headers of 4096 bytes at most`(
        _ count: Int,
        _ bytes: Int,
        _ code: ErrorCode?
    ) async throws {
        let body = """
            local headers = {}
            for i = 1, \(count) do headers["X-A" .. i] = ("x"):rep(\(bytes)) end
            http.get("/a", { headers = headers })
            """
        let outcome = await (try OperationTrial("run = function()\n\(body)\nend", body: "{}"))
            .perform("run")
        #expect(outcome.error?.code == code, "\(outcome.text)")
        #expect(outcome.requests.first?.headers.count == (code == nil ? count : nil))
    }

    @Test(arguments: [(1000, nil), (1001, .protocol)] as [(Int, ErrorCode?)])
    func `a function makes a thousand host calls at most`(
        _ count: Int,
        _ code: ErrorCode?
    ) async throws {
        let body = "for i = 1, \(count) do pcall(log.info, i) end"
        let outcome = await (try OperationTrial("run = function() \(body) end", body: "{}"))
            .perform("run")
        #expect(outcome.error?.code == code, "\(outcome.text)")
    }
}
