import LuaSandbox
import OrderKernel
import Testing

@testable import Definitions

/// Sizes at which work of the core would take minutes or the memory of the host.
struct HostileSizeTests {
    // Without bounds, each pair costs a million steps.
    @Test func `names of any length and number get their problems, and no hints`() async {
        let text = """
            local operations, names = {}, {}
            for i = 1, 200 do operations[("a"):rep(990) .. ("%03d"):format(i)] = 1 end
            for i = 1, 7000 do names[i] = ("a"):rep(990) .. ("x%04d"):format(i) end
            return provider {
              api = 1, id = "example", name = "E", base_url = "https://evil.example",
              limits = { { requests = 1, per = "1s", operations = names } },
              operations = operations,
            }
            """
        let problems = await DefinitionText.problems(text)
        #expect(problems.split(separator: "\n").count <= 100)
        #expect(problems.contains("there is no operation"))
        #expect(!problems.contains("did you mean"))
    }

    @Test(arguments: [
        ("{ reply = fields(200) }", ""), ("{ reply = fields(201) }", "has 201 entries, 200 are"),
        ("{ text = patterns(201) }", "has 201 entries, 200 are"),
        ("{ errors = globs(201) }", "has 201 entries, 200 are"),
        ("{ errors = { text = texts(201) } }", "has 201 entries, 200 are"),
    ])
    func `a reply has at most 200 rules of a kind`(
        _ row: (rule: String, problem: String)
    ) async {
        let text = """
            local function many(count, name, value)
              local t = {}
              for i = 1, count do t[name:format(i)] = value end
              return t
            end
            local function fields(count) return many(count, "f%d", "x") end
            local function patterns(count) return many(count, "P%d:{code}", {}) end
            local function globs(count) return many(count, "E%d*", "invalid") end
            local function texts(count) return many(count, "T%d", "invalid") end
            local rule = \(row.rule)
            rule.get = "/x"
            return provider {
              api = 1, id = "example", name = "E", base_url = "https://api.example.com",
              operations = { wide = rule },
            }
            """
        let problems = await DefinitionText.problems(text)
        let isAsSaid = row.problem.isEmpty ? problems.isEmpty : problems.contains(row.problem)
        #expect(isAsSaid, "\(problems)")
    }

    @Test(arguments: [
        "json = { a = (\"{x}\"):rep(50000) }", "form = { a = (\"{x}\"):rep(50000) }",
        "json = { a = { (\"{x}\"):rep(50000), \"{x}\" } }", "query = { a = (\"{x}\"):rep(50000) }",
        "headers = { [\"X-A\"] = (\"{x}\"):rep(50000) }",
    ])
    func `arguments that would fill the memory are refused before the request is made`(
        _ place: String
    ) async throws {
        let trial = try await OperationTrial(
            "boom = { post = \"/x\", costs = false, \(place) }", body: "{}")
        let large = String(repeating: "y", count: 4_000_000)
        let outcome = await trial.perform("boom", ["x": .string(large)])
        #expect(outcome.requests.isEmpty)
        #expect(outcome.error?.code == .invalid)
        #expect(outcome.error?.message.contains("1 MiB in its request") == true)
        let list = LuaValue.table(
            LuaTable(items: Array(repeating: "yyyyyyyyy", count: 200_000), isArray: true))
        #expect(await trial.perform("boom", ["x": list]).requests.isEmpty)
    }

    @Test(arguments: [(1, "value"), (3, "protocol")])
    func `fields that show a large value many times are refused`(
        _ row: (fields: Int, result: String)
    ) async throws {
        let fields = (1...row.fields).map { "f\($0) = \"x\"" }.joined(separator: ", ")
        let body = #"{"x":""# + String(repeating: "x", count: 15 << 20) + #""}"#
        for each in ["", "each = \"[]\","] {
            let trial = try await OperationTrial(
                "wide = { get = \"/x\", \(each) reply = { \(fields) } }",
                body: each.isEmpty ? body : "[\(body)]")
            let outcome = await trial.perform("wide")
            #expect((outcome.error?.code.rawValue ?? "value") == row.result)
        }
    }

    @Test func `a plain text of megabytes matches no pattern`() async throws {
        let trial = try await OperationTrial(
            "wide = { get = \"/x\", text = { [\"{amount}~\"] = {} } }",
            body: String(repeating: "1", count: 1 << 20) + "~")
        #expect(await trial.perform("wide").error?.code == .protocol)
    }
}
