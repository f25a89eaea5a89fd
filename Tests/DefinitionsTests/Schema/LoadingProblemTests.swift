import Testing

@testable import Definitions

struct LoadingProblemTests {
    @Test func `a byte order mark before the file changes nothing`() async {
        #expect(await DefinitionText.problems("\u{FEFF}" + DefinitionText.of([:])) == "")
    }

    @Test(arguments: [
        ("return provider {\n  id = = 1\n}", "example.lua:2: unexpected symbol near '='"),
        ("local x = nil\nlocal y = x.z\nreturn provider {}", "example.lua:2: attempt to index"),
        ("error(\"no\")", "example.lua:1: no"),
        ("\nerror(\"\")", "example.lua:2: failed without a message"),
        ("\nfail(\"\")", "example.lua:2: failed without a message"),
        ("\nhttp.get(\"/x\")\nreturn provider {}", "example.lua:2: http.get cannot be called"),
        ("\nsleep(\"1s\")", "example.lua:2: sleep cannot be called"),
        ("\n\nos.exit()", "example.lua:3: "),
        ("require(\"x\")", "example.lua:1: "),
        ("local a = 1", "example.lua:1: a definition file ends with: return provider { … }"),
        ("return 7", "example.lua:1: a definition file ends with: return provider { … }"),
        ("", "example.lua:1: a definition file ends with: return provider { … }"),
        ("return provider { coroutine = coroutine }", "example.lua:1: api: is missing"),
    ])
    func `a file that cannot be evaluated names the line`(
        _ row: (source: String, problem: String)
    ) async {
        let problems = await DefinitionText.problems(row.source)
        #expect(problems.hasPrefix(row.problem))
    }

    @Test func `an endless loop ends the loading`() async {
        let problems = await DefinitionText.problems("while true do end")
        #expect(problems == "example.lua:1: takes too long to load; look for a loop")
    }

    @Test func `a file that eats memory ends the loading`() async {
        let source = "local t = {} for i = 1, 1e9 do t[i] = (\"x\"):rep(100000) .. i end"
        #expect(await DefinitionText.problems(source).hasPrefix("example.lua:1: "))
    }

    @Test func `a file over 256 KiB is not read`() async {
        let long = DefinitionText.of() + String(repeating: "\n", count: 256 << 10)
        let problems = await DefinitionText.problems(long)
        #expect(problems == "example.lua:1: the file is larger than 256 KiB")
    }

    @Test(arguments: ["{", "(", "function() return "])
    func `deep nesting is a problem and no crash`(_ open: String) async {
        let source = "return provider { x = " + String(repeating: open, count: 20_000)
        #expect(await DefinitionText.problems(source).hasPrefix("example.lua:1: "))
    }

    @Test func `a table that nests without an end is a problem`() async {
        let source = "local t = {}\nt.t = t\nreturn provider { tests = t }"
        #expect(await DefinitionText.problems(source).hasPrefix("example.lua:"))
    }

    @Test func `a table that doubles itself is a problem`() async {
        let source =
            "local t = {}\nfor i = 1, 60 do t = { t, t } end\n"
            + "return provider { tests = t }"
        #expect(await DefinitionText.problems(source).hasPrefix("example.lua:"))
    }

    @Test func `a mistake in a dialect names the dialect's file and line`() async {
        let dialect = """
            return {
              errors = { "code",
                GONE = "closd",
              },
            }
            """
        let text = DefinitionText.of(["dialect": "\"words\"", "currency": "\"usd\""])
        #expect(
            await DefinitionText.problems(text, dialects: ["words": dialect]) == """
                example.lua:9: currency: 'usd' is no ISO 4217 code such as "USD"
                dialects/words.lua:3: errors.GONE: 'closd' is not known, did you mean 'closed'?
                """)
    }

    @Test(arguments: [
        ("return { errors = }", "dialects/words.lua:1: unexpected symbol"),
        ("\nerror(\"no\")", "dialects/words.lua:2: no"),
        ("local a", "dialects/words.lua:1: a definition file ends with"),
        (String(repeating: " ", count: 257 << 10), "dialects/words.lua:1: the file is larger"),
    ])
    func `a dialect that cannot be evaluated names its own line`(
        _ row: (dialect: String, problem: String)
    ) async {
        let text = DefinitionText.of(["dialect": "\"words\""])
        let problems = await DefinitionText.problems(text, dialects: ["words": row.dialect])
        #expect(problems.hasPrefix(row.problem))
    }
}
