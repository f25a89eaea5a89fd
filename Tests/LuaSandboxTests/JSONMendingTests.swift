import LuaSandbox
import Testing

/// Mending changes what stands in strings and no JSON may have, and nothing else.
struct JSONMendingTests {
    @Test(arguments: JSONTests.valid)
    func `what is JSON stays as it is`(_ text: String) {
        #expect(String(decoding: JSONMending.mended(Array(text.utf8)), as: UTF8.self) == text)
    }

    @Test(arguments: [
        (#""\ud800""#, #""\ufffd""#), (#""\udc00""#, #""\ufffd""#),
        (#""\ud800\ud800""#, #""\ufffd\ufffd""#), (#""\udc00\ud800""#, #""\ufffd\ufffd""#),
        (#""\uD83D\uDE00\uD83D""#, #""\uD83D\uDE00\ufffd""#), (#""\ud800A""#, #""\ufffdA""#),
        (#""\ud800\u0041""#, #""\ufffd\u0041""#), (#""\ud800\n""#, #""\ufffd\n""#),
        ("\"a\nb\"", #""a\u000ab""#), ("\"\u{1F}\"", #""\u001f""#),
        ("{\n\"\t\":1}", "{\n\"\\u0009\":1}"), (#""\\ud800""#, #""\\ud800""#),
        (#""\u12"#, #""\u12"#), (#""\"#, #""\"#), (#""\u+123""#, #""\u+123""#),
    ])
    func `halves and control characters are escaped`(_ row: (text: String, mended: String)) {
        let mended = JSONMending.mended(Array(row.text.utf8))
        #expect(String(decoding: mended, as: UTF8.self) == row.mended)
    }

    @Test func `bytes that are no UTF-8 become U+FFFD`() throws {
        let mended = JSONMending.mended([0x22, 0x61, 0xFF, 0xC3, 0x22])
        #expect(try JSON(parsing: mended) == .string("a\u{FFFD}\u{FFFD}"))
    }
}
