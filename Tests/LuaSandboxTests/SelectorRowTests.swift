import LuaSandbox
import Testing

/// For an error Lua calls itself for each selector of a row; the stack of C ends sooner.
struct SelectorRowTests {
    private static let limits = LuaLimits(processorTime: .seconds(2))

    private func outcome(of source: String) async -> String {
        do {
            let machine = try LuaMachine(host: LuaHost())
            _ = try await machine.run(source, name: "row.lua", limits: Self.limits)
            return "ran"
        } catch {
            guard case .raised(let value) = error else { return "\(error)" }
            return value.text ?? ""
        }
    }

    private static func row(_ selector: String, _ count: Int) -> String {
        String(repeating: selector, count: count)
    }

    private static let longest = 64

    // However a selector is written, and whatever stands between two of them.
    @Test(arguments: [
        ".a", " . a", "[\"a\"]", "['a']", "[ [[a]] ]", "\n.a", ".a--x\n", ".a--[[x]]",
        ".a--[==[x]=]\n]==]", ".a--x\r", "\r.a", ".a--\r\n",
    ])
    func `a row of selectors is as long as it may be, and no longer`(_ selector: String) async {
        let start = "local x = {} x.a = x return nil ~= x"
        #expect(await outcome(of: start + Self.row(selector, Self.longest)) == "ran")
        for count in [Self.longest + 1, 130_000] {
            let said = await outcome(of: start + Self.row(selector, count))
            #expect(said.contains("more than 64 names or keys stand in a row"), "\(count)")
            #expect(said.hasPrefix("row.lua:"))
        }
    }

    // A row goes on behind brackets, and one within brackets counts.
    @Test(arguments: [
        ("x", ".a", ""), ("(x", ".a", ").b.c"), ("((x.a.a).a", ".a", ").b.c"), ("f(x", ".a", ").b"),
        ("x[x", ".a", "].b.c"), ("x", "[x.a]", ""), ("f{x", ".a", "}.b"), ("(a or x", ".a", ").b"),
        ("(x.b or x", ".a", " or y).b"), ("f(function() return x", ".a", " end)"),
    ])
    func `brackets do not hide a row`(_ begin: String, _ part: String, _ end: String) async {
        let source = "return " + begin + Self.row(part, 1000) + end
        #expect(await outcome(of: source).contains("stand in a row here"))
    }

    // Of a row in brackets that group, each of the brackets has its part.
    @Test(arguments: ["", "not ", "1 + ", "x and ", "x or\n", "- ", "x .. ", "# ", "{ } == "])
    func `brackets that group do not begin a new row`(_ before: String) async {
        let part = ".a.a.a.a.a.a.a.a.a.a"
        let begin = String(repeating: "(", count: 20)
        let source = "return " + before + begin + "x" + Self.row(part + ")", 20) + ".b.c"
        #expect(await outcome(of: source).contains("stand in a row here"))
    }

    // Lua looks for no name behind a call.
    @Test(arguments: [":a()", ":a(1, {})", ":a'b'", ":a{}", ":a[[b]]", ".a()", ".a.b()"])
    func `calls one after another are no row`(_ call: String) async {
        let source = "local function never(x) return x" + Self.row(call, 300) + " end"
        #expect(await outcome(of: source) == "ran")
    }

    @Test func `many short rows are no long one`() async {
        let parts = [
            "x.a.b = x.a.b .. x.b.a + 1.5", "x.a[x.b.c] = f(x.a.b, x.b.c, 'a.b.c')",
            "x:a(x.b):b(x.c)", "t = { a = x.b.c, [x.a.b] = x.c.d, x.e.f; x.g.h }",
            "-- a.b.c.d.e.f", "s = 'a.b.c.d\\'.e' .. \"a.b.c\" .. [[a.b.c]]", "do ::a:: end",
            "function f(...) return ... end", "for i = 1, 2 do x.a.b(i) end",
        ]
        // It would fail if it ran: it is compiled only.
        let body = Self.row(parts.joined(separator: "\n") + "\n", 50)
        #expect(await outcome(of: "local function never()\n\(body)\nend") == "ran")
    }
}
