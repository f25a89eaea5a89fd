import LuaSandbox
import OrderKernel
import Scripting
import Testing

/// What bounds a script that only waits and prints: time, calls, and the pace of its output.
struct ScriptLimitTests {
    @Test func `a script that never ends is stopped after a day, whatever it catches`() throws {
        let source = "while true do pcall(sleep, \"1h\") end"
        let outcome = try ScriptStage.run(source).outcome
        #expect(outcome?.error?.code == .deadline)
        #expect(outcome?.error?.message.contains("86400 s; `--deadline`") == true)
    }

    @Test func `the numbers of a script that was stopped are still known`() throws {
        let source = """
            otp.buy { service = "telegram", country = "US" }
            while true do sleep("1h") end
            """
        let outcome = try ScriptStage.run(source).outcome
        #expect(outcome?.error?.code == .deadline)
        #expect(outcome?.orders.count == 1)
    }

    @Test func `a script that calls the host for ever is stopped with its line`() throws {
        let limits = LuaLimits(processorTime: .seconds(60), hostCallsMaximum: 500)
        let source = "local i = 0\nwhile true do\n  sleep(0)\nend"
        let error = try ScriptStage.run(source, limits: limits).outcome?.error
        #expect(error?.code == .invalid)
        #expect(error?.message.hasPrefix("test.lua:3: calls otp, http, sleep or print") == true)
    }

    @Test(arguments: [("sleep(\"8d\")", "7 days"), ("sleep(\"9000000000000\")", "7 days")])
    func `no wait is longer than a week`(_ source: String, _ reason: String) throws {
        let result = try ScriptStage.run(source)
        #expect(result.text.contains(reason), "\(result.text)")
    }

    @Test(arguments: [
        ("task.race(functions(65))", "task.race takes at most 64 functions"),
        ("task.all(functions(65), { at_once = 65 })", "more than 64 tasks run at once"),
        (
            """
            local function many(count, work)
              local t = {}
              for i = 1, count do t[i] = work end
              task.all(t, { at_once = count })
            end
            many(9, function() many(7, function() sleep("1s") end) end)
            """, "test.lua:14: more than 64 tasks run at once"
        ),
        ("task.all(functions(65), { at_once = 64 }) return \"fine\"", "fine"),
        ("otp.offers { service = \"telegram\", countries = names(301) }", "300 are the most"),
        ("otp.offers { service = \"telegram\", providers = names(301) }", "300 are the most"),
    ])
    func `what costs the host memory is counted before it begins`(
        _ row: (source: String, reason: String)
    ) throws {
        let source = """
            local function functions(count)
              local t = {}
              for i = 1, count do t[i] = function() end end
              return t
            end
            local function names(count)
              local t = {}
              for i = 1, count do t[i] = "US" end
              return t
            end
            \(row.source)
            """
        let text = try ScriptStage.run(source).text
        #expect(text.contains(row.reason), "\(text)")
    }

    @Test func `a parameter has at most a thousand choices`() throws {
        let source = """
            local c = {}
            for i = 1, 1001 do c[i] = "c" .. i end
            script { x = { "string", choices = c } }
            """
        let text = try ScriptStage.run(source).text
        #expect(text.contains("choices has 1001 values, 1000 are the most"), "\(text)")
    }

    // Each waits behind those that wait already.
    @Test func `what many tasks log comes at the pace of one`() throws {
        let source = """
            for i = 1, 1000 do log.info("x") end
            local before = otp.buy({ service = "telegram", country = "US" }).created_at
            local t = {}
            for i = 1, 50 do t[i] = function() for k = 1, 10 do log.info("x") end end end
            task.all(t, { at_once = 50 })
            local after = otp.buy({ service = "telegram", country = "US" }).created_at
            return { before, after }
            """
        let limits = LuaLimits(processorTime: .seconds(20))
        let result = try ScriptStage.run(source, limits: limits)
        #expect(result.logged.count == 1500)
        let times = Self.times(result)
        try #require(times.count == 2, "\(result.text)")
        #expect(times[1] - times[0] >= .seconds(5))
    }

    private static func times(_ result: ScriptStage.Result) -> [Instant] {
        guard case .array(let values)? = result.outcome?.value else { return [] }
        return values.compactMap(\.text).compactMap { Instant(iso8601: $0) }
    }

    @Test func `the replies that tasks wait for fit into the script's memory together`() throws {
        let source = """
            http.get("https://app.example/alone")
            local t = {}
            for i = 1, 64 do t[i] = function() http.get("https://app.example/" .. i) end end
            task.all(t, { at_once = 64 })
            http.get("https://app.example/alone")
            """
        let result = try ScriptStage.run(source, hosts: ["app.example"])
        #expect(result.rooms.count == 66, "\(result.text)")
        #expect(result.rooms.first == 16 << 20 && result.rooms.last == 16 << 20)
        let together = result.rooms.dropFirst().dropLast()
        #expect(together.reduce(0, +) <= 32 << 20)
        #expect(together.allSatisfy { $0 >= 400 << 10 })
    }

    @Test func `a task that has ended leaves its place to others`() throws {
        let source = """
            local t, u = {}, {}
            for i = 1, 63 do t[i] = function() end end
            for i = 1, 16 do u[i] = function() return i end end
            t[64] = function() sleep("1s") return #task.all(u) end
            return task.all(t, { at_once = 64 })[64]
            """
        #expect(try ScriptStage.run(source).text == "16")
    }

    @Test(arguments: ["math.maxinteger", "2", "64"])
    func `tasks take as many places as they have`(atOnce: String) throws {
        let source = """
            local t = {}
            for i = 1, 40 do t[i] = function() sleep(i % 2 == 0 and "2s" or "1s") return i end end
            return #task.all(t, { at_once = \(atOnce) })
            """
        #expect(try ScriptStage.run(source).text == "40")
    }

    // In virtual time, a look at the clock before and behind.
    @Test(arguments: ["print(line)", "script.show(names)"])
    func `what is printed in a loop comes at a pace`(_ output: String) throws {
        let source = """
            local line, names = string.rep("x", 1000000), {}
            for i = 1, 1000 do names[string.rep("x", 990) .. i] = true end
            for i = 1, 18 do \(output) end
            local before = otp.buy({ service = "telegram", country = "US" }).created_at
            for i = 1, 4 do \(output) end
            local after = otp.buy({ service = "telegram", country = "US" }).created_at
            return { before, after }
            """
        let limits = LuaLimits(processorTime: .seconds(20))
        let result = try ScriptStage.run(source, limits: limits)
        #expect(result.printed.count + result.shown.count == 22)
        let times = Self.times(result)
        try #require(times.count == 2, "\(result.text)")
        #expect(times[1] - times[0] >= .seconds(3))
    }
}
