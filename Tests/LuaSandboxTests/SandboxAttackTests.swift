import Foundation
import LuaSandbox
import MoonlineTestKit
import Testing

/// What hostile code tries, and that it ends in an error, never in a hang or a crash.
struct SandboxAttackTests {
    private let limits = LuaLimits(processorTime: Sanitizer.time(.milliseconds(200)))

    private func failure(of source: String) async -> LuaFailure? {
        do {
            let machine = try LuaMachine(host: LuaHost(), memoryBytesMaximum: 16 << 20)
            _ = try await machine.run(source, name: "attack.lua", limits: limits)
            return nil
        } catch {
            return error
        }
    }

    private static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "attacks.lua")
    private static let attacks = (try? SandboxAttack.all(in: file)) ?? []

    @Test func `all attacks are read`() { #expect(Self.attacks.count >= 208) }

    @Test(arguments: attacks)
    func `an attack ends as it has to, and its machine goes on`(
        _ attack: SandboxAttack
    ) async throws {
        let machine = try LuaMachine(host: SandboxAttack.host)
        var outcome = ""
        do {
            let values = try await machine.run(
                attack.source, name: "attack.lua",
                limits: LuaLimits(processorTime: .milliseconds(200), hostCallsMaximum: 10_000)
            ) { _, _ in [] }
            let shown = values.map(Self.text)
            outcome = "value \(shown.joined(separator: " "))"
        } catch {
            outcome = Self.text(error)
        }
        let isRight = attack.expects(outcome) || Sanitizer.isActive && outcome == "time"
        #expect(isRight, "\(attack): \(outcome.prefix(300))")
        let after = try? await machine.run("return 1 + 1", name: "after.lua", limits: limits)
        #expect(after == [2])
    }

    private static func text(_ value: LuaValue) -> String {
        if case .integer(let number) = value { String(number) } else { value.text ?? "nil" }
    }

    private static func text(_ failure: LuaFailure) -> String {
        switch failure {
        case .outOfTime, .tooManyCalls: "time"
        case .outOfMemory: "memory"
        case .cancelled: "cancelled"
        case .raised(let value):
            "error \(value.text ?? value.table?["message"].text ?? "of another kind")"
        }
    }

    // Lua's compiler goes over a list of jumps for each new one, and runs before any hook does.
    @Test(arguments: [
        ["local x = {}", "or{}"], ["local x = y", " and y"], ["if x then", " elseif x then"],
    ])
    func `a text that takes long to compile ends in time`(_ parts: [String]) async throws {
        let source = "\n" + parts[0] + String(repeating: parts[1], count: 400_000)
        let machine = try LuaMachine(host: LuaHost())
        await #expect(throws: LuaFailure.outOfTime(at: LuaPlace(file: "attack.lua", line: 2))) {
            try await machine.run(source, name: "attack.lua", limits: limits)
        }
        #expect(try await machine.run("return 2", name: "after.lua", limits: limits) == [2])
    }

    private static let allowed = """
        assert error fail ipairs json.array json.decode json.encode json.null math.abs \
        math.ceil math.floor math.fmod math.huge math.max math.maxinteger math.min \
        math.mininteger math.modf math.pi math.sqrt math.tointeger math.type math.ult next \
        pairs pcall rawequal rawget rawlen rawset select setmetatable string.byte \
        string.char string.find string.format string.gmatch string.gsub string.len \
        string.lower string.match string.rep string.reverse string.sub string.upper \
        table.concat table.insert table.pack table.remove table.sort table.unpack tonumber \
        tostring type utf8.char utf8.charpattern utf8.codepoint utf8.len utf8.offset xpcall
        """

    @Test func `the globals and what is in them are the allow list`() async throws {
        let machine = try LuaMachine(host: LuaHost())
        let source = """
            local names = {}
            for name, value in next, _ENV do
                if type(value) ~= "table" then names[#names + 1] = name end
                for field in next, type(value) == "table" and value or {} do
                    names[#names + 1] = name .. "." .. field
                end
            end
            table.sort(names)
            return table.concat(names, " ")
            """
        let values = try await machine.run(source, name: "names.lua", limits: limits)
        #expect(values == [.string(Self.allowed)])
    }

    @Test(arguments: [
        "__gc", "__close", "__mode", "__len", "__metatable", "__pairs", "__index", "__newindex",
        "__call", "__tostring", "__concat", "__eq", "__lt", "__le", "__unm", "__add", "__sub",
        "__mul", "__div", "__mod", "__pow", "__idiv", "__band", "__bor", "__bxor", "__shl",
        "__shr", "__bnot", "__name",
    ])
    func `a metafield that runs unseen or reaches old faults is refused`(
        _ field: String
    ) async throws {
        let isRefused = ["__gc", "__close", "__mode", "__len", "__metatable", "__pairs"]
            .contains(field)
        let source = "setmetatable({}, { \(field) = function() end })"
        let failure = await failure(of: source)
        #expect((failure != nil) == isRefused)
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
}
