import Testing

@testable import Transport

/// An answer in which another account's key is masked would tell it, guess by guess.
struct RedactorOwnerTests {
    private static let key = "ab+cd/EF0123456789xyz=="

    private func text(_ mask: Redactor.AnswerMask, _ text: String) -> String {
        String(decoding: mask.redact(Array(text.utf8)), as: UTF8.self)
    }

    @Test func `a key is masked in what its own account reads, and for people always`() throws {
        let redactor = Redactor([try #require(Secret(Self.key))], of: "acme")
        #expect(text(redactor.mask(to: "acme"), Self.key) == Redactor.mask)
        #expect(text(redactor.mask(to: "evil"), Self.key) == Self.key)
        #expect(text(redactor.mask(), Self.key) == Self.key)
        #expect(redactor.redact(Self.key) == Redactor.mask)
    }

    @Test func `what a request carried is masked wherever it went`() throws {
        let secret = try #require(Secret(Self.key))
        let redactor = Redactor([secret], of: "acme")
        let mask = redactor.mask(answering: [secret], to: "evil")
        #expect(text(mask, Self.key) == Redactor.mask)
    }

    // Header and payload of a token begin as those of all others do (RFC 7519 §3.1).
    @Test func `the known beginning of a token tells nothing of its other parts`() throws {
        let header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
        let payload = "eyJleHAiOjE3OTk5OTk5OTksInN1YiI6IjQyIn0"
        let signature = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        let redactor = Redactor([try #require(Secret("\(header).\(payload).\(signature)"))])
        #expect(redactor.redact(header) == Redactor.mask)
        #expect(redactor.redact(signature) == Redactor.mask)
        let whole = redactor.redact("x \(header).\(payload).\(signature) y")
        #expect(whole == "x \(Redactor.mask).\(Redactor.mask).\(Redactor.mask) y")
        for count in 1..<8 {
            let guess = payload.suffix(12) + "." + signature.prefix(count)
            #expect(redactor.redact(String(guess)).hasSuffix("." + signature.prefix(count)))
        }
    }

    // One more character is tried behind what is known: were it masked where it is right, it would
    // be learnt, and so the next. Texts of RFC 7516 §A.1, of RFC 7519 and of PASETO's kind.
    @Test(arguments: [
        ("eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ", ".OKOawDo13gRp2ojaHV7LFpZcgV7T6DVZ"),
        ("eyJ1c2VyX2lkIjo0Miwicm9sZSI6", "ImFkbWluIn0.ZxYw1A.5y2VbQ9Gk3rT8uWnXcLpMd"),
        ("v4.public.", "eyJkYXRhIjoidGhpcyBpcyBhIHNpZ25lZCBtZXNzYWdlIn0aRb2Xv"),
    ])
    func `what everybody knows of a token does not tell how it goes on`(
        _ token: (known: String, rest: String)
    ) throws {
        let secret = try #require(Secret(token.known + token.rest))
        let redactor = Redactor([secret], of: "acme")
        let whole = text(redactor.mask(to: "acme"), token.known + token.rest)
        #expect(whole.contains(Redactor.mask))
        for count in 1..<8 {
            let next = token.rest.prefix(count)
            let guess = text(redactor.mask(to: "acme"), "\(token.known)\(next) x")
            #expect(guess.hasSuffix("\(next) x"), "\(guess)")
        }
    }

    @Test(arguments: ["1234567.AAHdqTcvCH1vGWJxfSeofSA", "SG.ngeVfQFYQlKU0ufo8x5d1A.abc"])
    func `of a token that is repeated whole no short part is left`(_ token: String) throws {
        let redactor = Redactor([try #require(Secret(token))])
        #expect(redactor.redact("x \(token) y") == "x \(Redactor.mask) y")
    }

    // Basic authentication begins with the user's name.
    @Test func `of what is composed a part tells nothing`() throws {
        let known = "Ym9iQGNvcnAuZXhhbXBsZTo"
        let rest = "VHIwdWI0ZG9yJjMtaG9yc2UtYmF0dGVyeQ"
        let secret = try #require(Secret(known + rest))
        let mask = Redactor([]).mask(answering: [secret], to: "acme")
        #expect(text(mask, "x \(known)\(rest) y") == "x \(Redactor.mask) y")
        for count in 1..<8 {
            let guess = "\(known)\(rest.prefix(count)) y"
            #expect(text(mask, guess) == guess)
        }
    }
}
