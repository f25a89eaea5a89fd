import LuaSandbox
import Testing

/// What hostile code tries, and that it ends in an error, never in a hang or a crash.
struct SandboxAttackTests {
    private let limits = LuaLimits(processorTime: .milliseconds(200))

    private func failure(of source: String) async -> LuaFailure? {
        do {
            let machine = try LuaMachine(host: LuaHost(), memoryBytesMaximum: 16 << 20)
            _ = try await machine.run(source, name: "attack.lua", limits: limits)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        "while true do end",
        "while true do pcall(function() while true do end end) end",
        "local function h(e) return xpcall(function() while true do end end, h) end "
            + "while true do xpcall(function() while true do end end, h) end",
        "while true do pcall(table.sort, {3, 2, 1}, function() while true do end end) end",
        "while true do pcall(string.gsub, 'aaa', 'a', function() while true do end end) end",
        "local t = setmetatable({}, {__index = function() while true do end end}) return t.x",
    ])
    func `a loop is killed when its time is used up`(_ source: String) async {
        #expect(await failure(of: source) == .outOfTime)
    }

    @Test(arguments: [
        "local t = {} for i = 1, 1e9 do t[i] = {} end",
        "local s = ('x'):rep(1e9)",
        "local s = ('a'):rep(1e6):gsub('a', ('b'):rep(1000))",
    ])
    func `a memory bomb meets the cap`(_ source: String) async {
        #expect(await failure(of: source) == .outOfMemory)
    }

    @Test(arguments: [
        ("('a'):rep(200000):find(('.-'):rep(6) .. 'b')", "too many steps"),
        ("('x'):rep(1e18, 'yy')", "too large"),
        ("setmetatable({}, {__gc = function() end})", "__gc"),
        ("setmetatable({}, {__close = function() end})", "__close"),
        ("setmetatable({}, {__len = function() return 2^53 end})", "__len"),
        ("setmetatable({}, {__mode = 'k'})", "__mode"),
        (
            "table.concat(setmetatable({}, {__index = function() return '' end}), '', 1, 2^53)",
            "leaves the table"
        ),
        ("string.format('%p', {})", "%p"),
        ("(function() return ('x'):dump() end)()", "dump"),
        (
            "local function g(n) return (('a'):gsub('a', function() return g(n + 1) end)) end g(1)",
            "overflow"
        ),
        ("json.decode(('['):rep(100))", "64 levels"),
    ])
    func `a trick of the library is refused with a reason`(
        _ attack: (source: String, reason: String)
    ) async throws {
        guard case .raised(let value)? = await failure(of: attack.source) else {
            Issue.record("no error for \(attack.source)")
            return
        }
        let message = value.text ?? value.table?["message"].text ?? ""
        #expect(message.contains(attack.reason))
    }

    @Test(arguments: [
        "load", "loadstring", "dofile", "loadfile", "require", "package", "os", "io", "debug",
        "coroutine", "collectgarbage", "getmetatable", "print", "warn", "newproxy", "_G",
    ])
    func `a global outside the allow list does not exist`(_ name: String) async throws {
        let machine = try LuaMachine(host: LuaHost())
        let values = try await machine.run("return \(name)", name: "names.lua", limits: limits)
        #expect(values == [.nil])
    }

    @Test func `an empty repetition of any length ends at once`() async throws {
        #expect(await failure(of: "return (''):rep(1e18)") == nil)
    }

    @Test func `a memory bomb that is caught leaves the machine usable`() async throws {
        let machine = try LuaMachine(host: LuaHost(), memoryBytesMaximum: 8 << 20)
        let values = try await machine.run(
            """
            local ok = pcall(function()
                local t = {}
                for i = 1, 1e9 do t[i] = ('x'):rep(1000) end
            end)
            return ok, 1 + 1
            """,
            name: "bomb.lua",
            limits: LuaLimits(processorTime: .seconds(5))
        )
        #expect(values == [false, 2])
    }

    @Test func `bytecode is not source text`() async throws {
        guard case .raised? = await failure(of: "\u{1B}Lua garbage") else {
            Issue.record("bytecode was accepted")
            return
        }
    }

    @Test func `no text shows an address`() async throws {
        let machine = try LuaMachine(host: LuaHost())
        let values = try await machine.run(
            "return tostring({}), tostring(pcall), ('%s'):format({}), tostring(json.null)",
            name: "address.lua",
            limits: limits
        )
        #expect(values == ["table", "function", "table", "null"])
    }
}
