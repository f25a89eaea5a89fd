import LuaSandbox
import Testing

/// Values, traps, errors and cancellation across the boundary.
struct LuaMachineTests {
    private let limits = LuaLimits(processorTime: .seconds(2))
    private let host = LuaHost(
        operations: ["echo", "http.get", "sleep"], families: ["call"], markers: ["provider"]
    )

    private func run(
        _ source: String,
        _ handler: LuaHost.Handler? = nil
    ) async throws(LuaFailure) -> [LuaValue] {
        let machine = try LuaMachine(host: host)
        return try await machine.run(
            source, name: "test.lua", limits: limits, handler: handler
        )
    }

    @Test(arguments: [
        LuaValue.nil, true, false, 0, .integer(.max), .integer(.min),
        .integer(9_007_199_254_740_993),
        .number(1.5), "", "text", "snow ☃", .null, .table(LuaTable()),
        .table(LuaTable(isArray: true)), .table(LuaTable(items: [1, "two", .null], isArray: true)),
        .table(LuaTable(items: ["path"], fields: [.string("pending"): "waiting"])),
        .table(LuaTable(fields: [.boolean(true): true, .integer(404): "no_numbers"])),
    ])
    func `a value crosses to Lua and back unchanged`(_ value: LuaValue) async throws {
        let machine = try LuaMachine(host: host)
        let functions = try await machine.run(
            "return function(v) return echo(v) end",
            name: "echo.lua", limits: limits, exportsFunctions: true
        )
        guard case .function(let echo)? = functions.first else {
            Issue.record("no function came back")
            return
        }
        let answer = try await machine.call(
            echo, [value], budget: LuaBudget(limits)
        ) { _, arguments in
            #expect(arguments == [value])
            return arguments
        }
        #expect(answer == [value])
    }

    // Reading what a function gets is work that the one who gives it may cause again and again.
    @Test func `what a function is given counts for its budget`() async throws {
        let machine = try LuaMachine(host: host)
        let functions = try await machine.run(
            "return function() end", name: "quick.lua", limits: limits, exportsFunctions: true)
        guard case .function(let quick)? = functions.first else {
            Issue.record("no function came back")
            return
        }
        let item = LuaValue.table(LuaTable(fields: [.string("a"): 1]))
        let large = LuaValue.table(LuaTable(items: Array(repeating: item, count: 5000)))
        let budget = LuaBudget(LuaLimits(processorTime: .milliseconds(10)))
        await #expect(throws: LuaFailure.self) {
            for _ in 0..<100 { _ = try await machine.call(quick, [large], budget: budget) }
        }
    }

    // Each task has a megabyte that lies outside of the machine while it waits; a quarter of its 32
    // may.
    @Test func `what all tasks hand to the host at once is bounded`() async throws {
        let machine = try LuaMachine(host: host)
        let source = "return pcall(echo, (\"x\"):rep(1000000))"
        let limits = limits
        let gate = Gate(count: 12)
        let refused = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    let values = try? await machine.run(source, name: "t.lua", limits: limits) {
                        _, _ in
                        await gate.pass()
                        return []
                    }
                    guard values?.first == false else { return false }
                    await gate.noteRefused()
                    return true
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(refused == 4)
    }

    // The cap binds what Lua code makes: what the host begins gets in, and a text that it answers
    // with is an error there when there is no room.
    @Test func `a machine that is full takes arguments and short answers`() async throws {
        let machine = try LuaMachine(host: host, memoryBytesMaximum: 8 << 20)
        let source = """
            local held = {}
            for _, size in ipairs { 100000, 10000 } do
                pcall(function()
                    while true do held[#held + 1] = ("x"):rep(size) .. #held end
                end)
            end
            return function(text)
                local short, long = echo("short"), pcall(echo, "long")
                return #text, short, long, #held > 50
            end
            """
        let functions = try await machine.run(
            source, name: "full.lua", limits: limits, exportsFunctions: true)
        guard case .function(let function)? = functions.first else {
            Issue.record("no function came back")
            return
        }
        let text = LuaValue.string(String(repeating: "z", count: 1_000_000))
        let values = try await machine.call(
            function, [text], budget: LuaBudget(limits)
        ) { _, arguments in
            arguments == ["short"] ? [7] : [text]
        }
        #expect(values == [1_000_000, 7, false, true])
    }

    @Test func `a host operation is awaited and its values returned`() async throws {
        let values = try await run("local a, b = http.get('/x') return b, a") { name, arguments in
            #expect(name == "http.get")
            #expect(arguments == ["/x"])
            return [1, "two"]
        }
        #expect(values == ["two", 1])
    }

    @Test func `a family hands its key to the host`() async throws {
        let values = try await run("return call.offers { country = 'ID' }") { name, arguments in
            #expect(name == "call")
            #expect(arguments.first == "offers")
            return [arguments[1]]
        }
        #expect(values.first?.table?["country"] == "ID")
    }

    @Test func `an error of the host carries the line that called`() async throws {
        let values = try await run("\nlocal ok, e = pcall(sleep, 1)\nreturn ok, e.code, e.where") {
            _, _ in throw LuaHostError(code: "timeout", message: "too long")
        }
        #expect(values == [false, "timeout", "test.lua:2"])
    }

    @Test func `a mistake raises with file, line and traceback`() async throws {
        await #expect {
            _ = try await run("local t\nlocal function f() return t.x end\nf()")
        } throws: { error in
            guard case .raised(let value) = error as? LuaFailure else { return false }
            let text = value.text ?? ""
            return text.hasPrefix("test.lua:2:") && text.contains("stack traceback")
        }
    }

    @Test func `fail raises a structured error`() async throws {
        await #expect {
            _ = try await run("fail('no_numbers', 'none left')")
        } throws: { error in
            guard case .raised(let value) = error as? LuaFailure else { return false }
            return value.table?["code"] == "no_numbers" && value.table?["message"] == "none left"
        }
    }

    @Test func `a host operation inside sort names the reason`() async throws {
        let values = try await run(
            "local ok, e = pcall(table.sort, {2, 1}, function() sleep(1) end) return e"
        )
        #expect(values.first?.text?.contains("nothing can wait inside") == true)
    }

    @Test func `cancellation drops the code without resuming it`() async throws {
        let machine = try LuaMachine(host: host)
        await #expect(throws: LuaFailure.cancelled) {
            _ = try await machine.run("sleep(1) return 1", name: "c.lua", limits: limits) { _, _ in
                throw CancellationError()
            }
        }
        let values = try await machine.run("return 2", name: "d.lua", limits: limits)
        #expect(values == [2])
    }

    @Test func `many coroutines of one machine interleave`() async throws {
        let machine = try LuaMachine(host: host)
        let limits = limits
        let total = try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in 0..<200 as Range<Int64> {
                group.addTask {
                    let source = "local v = echo(\(number)) sleep(1) return v"
                    let values = try await machine.run(source, name: "n.lua", limits: limits) {
                        _, arguments in
                        await Task.yield()
                        return arguments
                    }
                    guard case .integer(let value)? = values.first else { return 0 }
                    return value
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(total == 199 * 200 / 2)
    }

    @Test func `a syntax error names file and line`() async throws {
        await #expect {
            _ = try await run("local x = = 1")
        } throws: { error in
            guard case .raised(let value) = error as? LuaFailure else { return false }
            return value.text?.hasPrefix("test.lua:1:") == true
        }
    }
}

/// Opens when so many came, or will not come.
private actor Gate {
    private var count: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(count: Int) { self.count = count }

    func pass() async {
        countDown()
        guard count > 0 else { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    func noteRefused() { countDown() }

    private func countDown() {
        count -= 1
        guard count == 0 else { return }
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}
