import Testing

@testable import Definitions

struct SourceMapTests {
    private func line(_ path: [String], in source: String) -> Int? {
        SourceMap(file: "example.lua", source: source).line(of: path)
    }

    private static let nested = """
        -- provider { not = this }
        local name = "x" --[[ { a = 1 }
        ]] local long = [==[
          return provider { fake = 1 } ]]
        ]==]
        local function glue(a)
          if a then return { early = 1 } end
          for i = 1, 2 do repeat a = i until a end
          return { a = 1 }
        end
        return provider {
          api = 1,
          text = "} , { \\" ]]",
          [404] = "x",
          ["*out of stock*"] = "y",
          [true] = false,
          reply = function(body)
            local t = { inner = body }
            while t do break end
            return function() return t end
          end,
          after = glue(function() return { b = 2 } end) == 1,
          list = {
            { "buy", { id = 1 },
              gives = { 1,
                2 } };
            { "check" },
          },
          last = [[
            }]], tail = 1,
        }
        """

    @Test(
        arguments: [
            ([], 11), (["api"], 12), (["text"], 13), (["[404]"], 14), (["*out of stock*"], 15),
            (["[true]"], 16), (["reply"], 17), (["after"], 22), (["list"], 23),
            (["list", "[1]"], 24),
            (["list", "[1]", "[1]"], 24), (["list", "[1]", "[2]", "id"], 24),
            (["list", "[1]", "gives"], 25), (["list", "[1]", "gives", "[2]"], 26),
            (["list", "[2]"], 27), (["last"], 29), (["tail"], 30),
        ] as [([String], Int)])
    func `every key of the constructor has its line`(_ row: (path: [String], line: Int)) {
        #expect(line(row.path, in: Self.nested) == row.line)
    }

    @Test(arguments: [["inner"], ["b"], ["fake"], ["early"], ["not"]])
    func `what stands in functions, strings and comments is no key`(_ path: [String]) {
        #expect(line(path, in: Self.nested) == nil)
    }

    @Test func `a key without a line of its own has that of the nearest one above`() {
        let map = SourceMap(file: "example.lua", source: Self.nested)
        #expect(map.nearestLine(of: ["list", "[1]", "gives", "computed", "deep"]) == 25)
        #expect(map.nearestLine(of: ["computed"]) == 11)
        #expect(SourceMap(file: "a", source: "return 1").nearestLine(of: ["x"]) == 1)
    }

    @Test(arguments: [
        "return provider({\n x = 1 })", "return {\n x = 1 }", "return provider{\n['x']=1}",
        "return {\r\n x = 1 }", "return {\r x = 1 }",
        "-- \u{2028}\nlocal s = '\u{85}'return{x = 1}",
        "local s = \"\u{301}{\"\nreturn { x = 1 }",
    ])
    func `the constructor is found however it is written`(_ source: String) {
        #expect(line(["x"], in: source) == 2)
    }

    @Test(arguments: ["{", "(", "[", "\"", "[[", "--[[", "[=", "function ", "{ a = {", "'\\"])
    func `broken and deep text gives a map and no crash`(_ piece: String) {
        let source = "return provider { " + String(repeating: piece, count: 50_000)
        #expect(SourceMap(file: "example.lua", source: source).nearestLine(of: ["a"]) == 1)
    }
}
