import Testing

@testable import Definitions

struct SandboxMistakeTests {
    @Test(arguments: [
        (
            """
            return provider {
              id = "x"
            """,
            "example.lua:2: '}' expected (to close '{' at line 1) near <eof>; "
                + "it is not closed before the file ends"
        ),
        (
            """
            return provider {
              a = function(x)
                return x
            }
            """,
            "example.lua:4: 'end' expected (to close 'function' at line 2) near '}'"
        ),
        (
            """
            return provider {
              a = (1 + 2
            }
            """,
            "example.lua:3: ')' expected (to close '(' at line 2) near '}'"
        ),
        (
            """
            --[[ a comment
            return provider {}
            """,
            "example.lua:2: unfinished long comment (starting at line 1) near <eof>; "
                + "it is not closed before the file ends"
        ),
        (
            "return provider { a = [[text }",
            "example.lua:1: unfinished long string (starting at line 1) near <eof>; "
                + "it is not closed before the file ends"
        ),
        (
            """
            if true then
            return provider {}
            """,
            "example.lua:2: 'end' expected (to close 'if' at line 1) near <eof>; "
                + "it is not closed before the file ends"
        ),
    ])
    func `what is open has to be closed`(_ row: (source: String, said: String)) async {
        #expect(await DefinitionText.problems(row.source) == row.said)
    }

    // A text that looks like a place of Lua's, but was raised by the file.
    @Test(arguments: ["-9223372036854775808", "-1", "0", "9223372036854775807", "99"])
    func `a line that the file makes up does no harm`(_ line: String) async {
        for raise in ["error(\"%\", 0)", "error { message = \"%\" }"] {
            let source = raise.replacing("%", with: "example.lua:\(line): made up")
            #expect(await DefinitionText.problems(source).contains("made up"))
        }
    }

    @Test(arguments: [
        ("local a = 1", "example.lua:1: a definition file ends with: return provider { … }"),
        ("return nil", "example.lua:1: a definition file ends with: return provider { … }"),
        (
            "return function() end",
            "example.lua:1: a definition file ends with: return provider { … }"
        ),
        (
            #"return provider("x")"#,
            "example.lua:1: a definition file ends with: return provider { … }"
        ),
        ("-- nothing", "example.lua:1: a definition file ends with: return provider { … }"),
    ])
    func `a definition is a table at the end of the file`(
        _ row: (source: String, said: String)
    ) async {
        #expect(await DefinitionText.problems(row.source) == row.said)
    }

    @Test(arguments: [
        (
            """
            local x = 1
            setmetatable({}, { __gc = 1 })
            """,
            "example.lua:2: the metafield __gc is not available"
        ),
        (
            """
            local x = 1
            local text = ("%p"):format({})
            """,
            "example.lua:2: '%p' is not available"
        ),
        (
            """
            local x = 1
            local text = json.encode({ 1, a = 2 })
            """,
            "example.lua:2: json.encode: the key 'a' stands in a list"
        ),
        (
            """
            local x = 1
            local text = json.encode({ [true] = 1 })
            """,
            "example.lua:2: json.encode: the key true is neither a string nor part of a list"
        ),
        (
            """
            local x = 1
            local text = json.encode({ 0 / 0 })
            """,
            "example.lua:2: json.encode: a number is not finite"
        ),
        (
            """
            local x = 1
            local text = table.concat({ 1 }, ",", 1, 5)
            """,
            "example.lua:2: the range leaves the table (it has 1 items)"
        ),
        (
            """
            local x = 1
            local text = table.concat({ {} })
            """,
            "example.lua:2: invalid value (table) at index 1 in table for 'concat'"
        ),
        (
            """
            local x = 1
            local at = ("x"):find("[a")
            """,
            "example.lua:2: malformed pattern (missing ']')"
        ),
        (
            """
            local x = 1
            local at = ("x"):find("x%")
            """,
            "example.lua:2: malformed pattern (ends with '%')"
        ),
        (
            """
            local x = 1
            local at = ("a"):rep(40):match("a*a*a*a*a*a*a*a*a*b")
            """,
            "example.lua:2: the pattern needs too many steps on this text; make it more definite"
        ),
        (
            """
            local x = 1
            local n = math.floor("x")
            """,
            "example.lua:2: bad argument #1 to 'floor' (number expected, got string)"
        ),
        (
            """
            local x = 1
            table.insert(1, 2)
            """,
            "example.lua:2: bad argument #1 to 'insert' (table expected, got number)"
        ),
        (
            """
            local x = 1
            local y = json.decode("{")
            """,
            "example.lua:2: json.decode: line 1 column 2: the text ends too early"
        ),
        (
            """
            local x = 1
            error("this provider has closed")
            """,
            "example.lua:2: this provider has closed"
        ),
        (
            """
            local x = 1
            assert(nil, "this provider has closed")
            """,
            "example.lua:2: this provider has closed"
        ),
    ])
    func `a function of the sandbox says what it cannot take`(
        _ row: (source: String, said: String)
    ) async {
        #expect(await DefinitionText.problems(row.source) == row.said)
    }

    private static let manyNames = "local t = {} for i = 1, 30000 do t[\"n\" .. i] = \"1s\" end "

    // Each name that is not known is compared with each that is.
    @Test(arguments: [
        (
            manyNames + "return provider { cache = t }",
            "example.lua:1: has more than 20000 values; look for a loop"
        ),
        (
            "local t = {} for i = 1, 201 do t[\"n\" .. i] = { get = \"/\" } end "
                + "return provider { operations = t }",
            "example.lua:1: operations: are more than 200"
        ),
        (
            "local t = {} for i = 1, 501 do t[i] = { \"balance\" } end "
                + "return provider { tests = t }",
            "example.lua:1: tests: are more than 500"
        ),
    ])
    func `a file is no larger than a file can be`(_ row: (source: String, said: String)) async {
        #expect(await DefinitionText.problems(row.source) == row.said)
    }

    @Test func `a path has few alternatives`() async throws {
        let path = Array(repeating: "a", count: 17).joined(separator: "|")
        let operations = "{ balance = { get = \"/me\", reply = { amount = \"\(path)\" } } }"
        let said = await DefinitionText.problems(DefinitionText.of(["operations": operations]))
        #expect(said.contains("has more than 16 alternatives"))
    }
}
