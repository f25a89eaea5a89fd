import Testing

@testable import Definitions

/// The text of an origin with a path.
struct BaseURLTests {
    @Test(arguments: [
        ("https://example.com", ""), ("https://example.com/", ""),
        ("https://example.com/v1/", "/v1"), ("https://example.com:8443/a/b", "/a/b"),
    ])
    func `a base URL ends without a slash`(_ row: (text: String, path: String)) throws {
        let url = try BaseURL(parsing: row.text)
        #expect(url.path == row.path)
        #expect(try BaseURL(parsing: url.description) == url)
    }

    @Test(arguments: ["https://example.com//", "https://example.com/v1//", "https://h.com/a//b"])
    func `an empty segment is refused`(_ text: String) {
        #expect(throws: BaseURL.SyntaxError.self) { try BaseURL(parsing: text) }
    }

    @Test(arguments: [
        "https://example.com/?api_key=S3CRET", "https://example.com:S3CRET/", "S3CRET",
        "https://user:S3CRET@example.com", "https://example.com/S3CRET/../x",
    ])
    func `a message repeats nothing that may be a key`(_ text: String) {
        let error = #expect(throws: BaseURL.SyntaxError.self) { try BaseURL(parsing: text) }
        #expect(error?.reason.contains("S3CRET") == false)
    }
}
