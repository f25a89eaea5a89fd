import Testing
import Transport

/// Secrets never show.
struct SecretTests {
    private struct Holder {
        let secret: Secret
    }

    @Test func `a secret prints as a mask in every way of printing`() throws {
        let secret = try #require(Secret("s3cr3t+key/=="))
        var dumped = ""
        dump(Holder(secret: secret), to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), "\(Holder(secret: secret))", dumped] {
            #expect(!text.contains("s3cr3t"))
        }
    }

    @Test(arguments: ["", "with space", "line\nbreak", "tab\t", "\u{7F}", "a\r\nX: y"])
    func `what could break out of a header is no secret`(_ text: String) {
        #expect(Secret(text) == nil)
    }

    @Test(arguments: [
        "s3cr3t+key/==", "s3cr3t%2Bkey%2F%3D%3D", "czNjcjN0K2tleS89PQ==",
        "https://host/x?api_key=s3cr3t%2Bkey%2F%3D%3D&y=1", "Bearer s3cr3t+key/==",
    ])
    func `every form of a secret is taken out of text`(_ text: String) throws {
        let redactor = Redactor([try #require(Secret("s3cr3t+key/=="))], of: "a")
        let clean = redactor.redact(text)
        #expect(clean.contains(Redactor.mask))
        #expect(!clean.contains("s3cr3t"))
        #expect(!clean.contains("czNj"))
        #expect(redactor.mask(to: "a").redact(Array(text.utf8)) == Array(clean.utf8))
    }

    @Test(arguments: [
        "user=me&password=P%40ss-w0rd%21%2F%22%C3%A9", #"{"password":"P@ss-w0rd!/\"é"}"#,
        #"{"password":"P@ss-w0rd!\/\"é"}"#,
    ])
    func `a password that a body carried is taken out of an echo of it`(_ text: String) throws {
        let redactor = Redactor([try #require(Secret("P@ss-w0rd!/\"é"))], of: "a")
        #expect(!redactor.redact(text).contains("w0rd"))
    }
}
