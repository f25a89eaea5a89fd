import LuaSandbox
import OrderKernel
import Testing

@testable import Definitions

struct PathTests {
    private static let reply = #"{"a":{"b":1,"null":null},"c":"x","":2,"list":[{"d":1}]}"#

    @Test(
        arguments: [
            ("a.b", "1"), ("a.b|c", "1"), ("x|c", "\"x\""), ("a.null|c", "\"x\""), ("x|y", nil),
            ("a.null", nil), ("a.b.c", nil), ("list.d", nil), ("", nil), ("|", nil),
            ("a", #"{"b":1,"null":null}"#),
        ] as [(String, String?)])
    func `a path gives the first alternative that is there`(
        _ row: (path: String, found: String?)
    ) throws {
        let value = FieldPath(row.path).value(in: try JSON(parsing: Self.reply))
        #expect(value?.serialized == row.found)
    }

    @Test func `a dollar is the whole reply`() throws {
        let reply = try JSON(parsing: Self.reply)
        #expect(FieldPath("$").value(in: reply) == reply)
        #expect(FieldPath("x|$").value(in: reply) == reply)
    }

    @Test(
        arguments: [
            ("[]", "[1,2]", "1 2"), ("data[]", #"{"data":[1,2]}"#, "1 2"),
            ("a.b[]", #"{"a":{"b":[3]}}"#, "3"), ("*", #"{"x":1,"y":2}"#, "1/x 2/y"),
            ("*", "[5,6]", "5/0 6/1"), ("a.*", #"{"a":{"z":1,"b":2}}"#, "1/z 2/b"),
            ("*.*", #"{"6":{"wa":1,"tg":2},"7":{"wa":3}}"#, "1/6/wa 2/6/tg 3/7/wa"),
            ("a.*.*", #"{"a":{"6":{"wa":1}}}"#, "1/6/wa"), ("[]", "[]", ""), ("*", "{}", ""),
            ("*", "[]", ""), ("*.*", "[]", ""), ("*.*", #"{"6":[]}"#, ""),
            ("[]", "{}", nil), ("*", "7", nil), ("*.*", #"{"6":1}"#, nil), ("data[]", "{}", nil),
            ("data[]", #"{"data":"x"}"#, nil), ("data[]", "[]", nil),
        ] as [(String, String, String?)])
    func `a list gives its items with the keys of the stars`(
        _ row: (path: String, reply: String, items: String?)
    ) throws {
        let each = try #require(EachPath(row.path))
        let reply = try JSON(parsing: row.reply)
        let found = try? each.items(in: reply).map {
            ([$0.value.serialized] + $0.keys).joined(separator: "/")
        }
        #expect(found?.joined(separator: " ") == row.items)
        if row.items == nil {
            #expect { try each.items(in: reply) } throws: { error in
                (error as? MoonlineError)?.code == .protocol
            }
        }
    }

    @Test(arguments: ["", "data", "a.b", "a..*", ".*", "*.a", "a[].b", "$"])
    func `what names no list is refused`(_ text: String) {
        #expect(EachPath(text) == nil)
    }

    @Test(arguments: [
        ("*out of stock*", "Sorry, OUT of Stock now", true),
        ("*out of stock*", "out of  stock", false),
        ("ERR_*", "err_5", true), ("ERR_*", "xerr_5", false), ("*_END", "the_end", true),
        ("a*b*c", "a1b2c", true), ("a*b*c", "acb", false), ("*", "", true), ("a*a", "a", false),
        ("a*aa*a", "aaa", false),
    ])
    func `a star matches anything and case does not matter`(
        _ row: (pattern: String, text: String, matches: Bool)
    ) {
        #expect(GlobPattern(row.pattern).matches(lowercased: row.text.lowercased()) == row.matches)
    }

    @Test(
        arguments: [
            ("OK", "OK", ""), ("OK", "OKAY", nil), ("OK:{code}", "OK:12", "code=12"),
            ("OK:{code}", "OK:", nil), ("N:{id}:{phone}", "N:1:44", "id=1 phone=44"),
            ("N:{id}:{phone}", "N:1:44:5", "id=1 phone=44:5"), ("N:{id}:{phone}", "N::44", nil),
            ("N:{id}:{phone}", "N:1", nil), ("{id} bought", "7 bought", "id=7"),
            ("{id} bought", "7 bought!", nil), ("", "", ""),
        ] as [(String, String, String?)])
    func `a text pattern captures, and its last capture takes the rest`(
        _ row: (pattern: String, text: String, captures: String?)
    ) throws {
        let found = try TextPattern(row.pattern, fields: [:]).match(row.text)
        let text = found?.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        #expect(text?.joined(separator: " ") == row.captures)
    }
}
