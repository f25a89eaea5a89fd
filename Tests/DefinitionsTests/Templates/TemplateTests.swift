import Testing

@testable import Definitions

struct TemplateTests {
    @Test(
        arguments: [
            ("", []), ("/orders", []), ("{id}", ["id text"]),
            ("/a/{id}/b/{x}", ["id text", "x text"]),
            ("{x:int}", ["x int"]), ("{x:number}", ["x number"]), ("{x:bool}", ["x bool"]),
            ("{x:list}", ["x list"]), ("{x?}", ["x text?"]), ("{x:int?}", ["x int?"]),
            ("{_a1}", ["_a1 text"]), ("{a}{b}", ["a text", "b text"]),
        ] as [(String, [String])])
    func `the arguments of a template are found`(_ row: (text: String, found: [String])) throws {
        let template = try Template(parsing: row.text)
        let found = template.arguments.map {
            "\($0.name) \($0.kind.rawValue)\($0.isOptional ? "?" : "")"
        }
        #expect(found == row.found)
    }

    @Test(arguments: [
        "{", "}", "a}b", "{a", "{}", "{?}", "{ a }", "{a b}", "{1a}", "{a:}", "{a:uint}",
        "{a:int:int}", "{a?:int}", "{a-b}", "{é}", "{{a}}", "{:int}",
    ])
    func `braces that name no argument are refused`(_ text: String) {
        #expect(throws: Template.SyntaxError.self) { try Template(parsing: text) }
    }

    @Test(arguments: [
        ("abc-._~XYZ019", "abc-._~XYZ019"), ("a/b", "a%2Fb"), ("../x", "..%2Fx"),
        ("a?b=c&d#e", "a%3Fb%3Dc%26d%23e"), (" +%", "%20%2B%25"), ("é", "%C3%A9"),
        ("\r\n\0", "%0D%0A%00"), ("\u{7F}", "%7F"), ("😀", "%F0%9F%98%80"), ("", ""),
    ])
    func `everything but the unreserved letters is escaped`(
        _ row: (text: String, encoded: String)
    ) {
        #expect(PercentEncoding.encode(row.text) == row.encoded)
        #expect(PercentEncoding.decode(row.encoded) == row.text)
    }

    @Test(arguments: ["%", "%4", "%zz", "a%G0", "%FF"])
    func `a broken escape has no text`(_ text: String) {
        #expect(PercentEncoding.decode(text) == nil)
    }
}
