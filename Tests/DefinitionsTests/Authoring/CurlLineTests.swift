import OrderKernel
import Testing

@testable import Definitions

/// Requests as providers' pages show them.
struct CurlLineTests {
    @Test(arguments: [
        ("curl https://h.example/v1/me", "GET", "https://h.example/v1/me"),
        ("curl -X DELETE 'https://h.example/o/7'", "DELETE", "https://h.example/o/7"),
        ("curl --request PUT --url https://h.example/o", "PUT", "https://h.example/o"),
        (#"curl https://h.example/o -d '{"a":1}'"#, "POST", "https://h.example/o"),
        ("curl -G https://h.example/o -d a=1 -d b=2", "GET", "https://h.example/o?a=1&b=2"),
        ("curl -sS \\\n  -H 'A: b' \\\n  https://h.example/o", "GET", "https://h.example/o"),
    ])
    func `verb and URL are read`(_ row: (text: String, verb: String, url: String)) throws {
        let line = try CurlLine(parsing: row.text)
        #expect(line.method.verb == row.verb)
        #expect(line.url == row.url)
    }

    @Test func `headers and body are read with both kinds of quotes`() throws {
        let line = try CurlLine(
            parsing: #"curl https://h.example/o -H "X-Key: a b" -H 'B:c' -d "{\"x\": \"it's\"}""#)
        #expect(line.headers == [.init("X-Key", "a b"), .init("B", "c")])
        #expect(line.body == #"{"x": "it's"}"#)
    }

    @Test(arguments: [
        ("curl -X GET", "the curl line has no URL such as https://host/path"),
        ("curl 'https://h.example", "a quote is not closed"),
        ("curl -X BREW https://h.example", "'BREW' is no verb that a definition may use"),
        ("curl -H nothing https://h.example", "curl's header has no colon"),
        (
            "curl -b id=secret https://h.example",
            "curl's -b is not supported; name the place by --auth"
        ),
    ])
    func `what cannot be read is said`(_ row: (text: String, reason: String)) {
        let error = #expect(throws: MoonlineError.self) { try CurlLine(parsing: row.text) }
        #expect(error?.message == row.reason)
    }

    @Test(arguments: [
        ("curl https://h.example -H 'Authorization: Bearer x'", CredentialPlace.bearer),
        ("curl -u me:secret https://h.example", .basic),
        ("curl https://h.example -H 'Authorization: Basic bWU6eA=='", .basic),
        ("curl https://h.example -H 'Authorization: x'", .header("Authorization")),
        ("curl https://h.example -H 'X-Api-Key: x'", .header("X-Api-Key")),
        ("curl 'https://h.example/?action=a&api_key=x'", .query("api_key")),
        ("curl https://h.example/?page=1", nil),
    ])
    func `the key's place is recognised`(_ row: (text: String, place: CredentialPlace?)) throws {
        #expect(CredentialPlace(in: try CurlLine(parsing: row.text)) == row.place)
    }
}
