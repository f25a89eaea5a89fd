import LuaSandbox
import Testing

/// The pattern functions behave as the Lua 5.4 manual (§6.4.1) says.
struct PatternTests {
    @Test(arguments: [
        ("('hello world'):find('o w')", "5 7"), ("('hello'):find('l', 1, true)", "3 3"),
        ("('hello'):find('xyz')", "nil"), ("('a.b'):find('.', 1, true)", "2 2"),
        ("('hello'):find('')", "1 0"), ("('hello'):find('', 10)", "nil"),
        ("('hello'):match('h(.-)o')", "ell"),
        (
            "('key = value'):match('^(%w+)%s*=%s*(%w+)$')",
            "key value"
        ),
        ("('  trim  '):match('^%s*(.-)%s*$')", "trim"), ("('2026-11-22'):match('%d+', 5)", "11"),
        ("('THE (quick) fox'):find('%((%a+)%)')", "5 11 quick"),
        ("('hello'):match('()ll()')", "3 5"), ("('[[x]]'):match('%b[]')", "[[x]]"),
        ("('THE (quick) fox'):match('%f[%a]%a+', 5)", "quick"),
        ("('aXb'):gsub('%u', '-')", "a-b 1"),
        ("('hello world'):gsub('o', {o = '0'})", "hell0 w0rld 2"),
        ("('abc'):gsub('', '-')", "-a-b-c- 4"), ("('abc'):gsub('%w', '%0%0')", "aabbcc 3"),
        ("('abc'):gsub('(a)(b)', '%2%1')", "bac 1"), ("('abc'):gsub('b', function() end)", "abc 1"),
        ("('x=1, y=2'):gsub('(%w)=(%w)', '%2=%1', 1)", "1=x, y=2 1"),
        ("('a]b'):match('[]]')", "]"), ("('a-b'):match('[a%-]+')", "a-"),
        ("('x^y'):match('[x^]+')", "x^"), ("('abc'):match('[^b]+')", "a"),
        ("('a\\0b'):find('%z')", "2 2"), ("('\\0a'):match('%Z+')", "a"),
        ("('aaa'):match('a-$')", "aaa"), ("('foofoo'):match('(foo)%1')", "foo"),
        ("('0x1F'):match('^0[xX](%x+)$')", "1F"), ("('%d'):rep(2, ' ')", "%d %d"),
    ])
    func `a pattern gives what the manual says`(_ row: (expression: String, want: String))
        async throws
    {
        let source = """
            local t = table.pack(\(row.expression))
            for i = 1, t.n do t[i] = tostring(t[i]) end
            return table.concat(t, ' ')
            """
        let machine = try LuaMachine(host: LuaHost())
        let limits = LuaLimits(processorTime: .seconds(1))
        let values = try await machine.run(source, name: "p.lua", limits: limits)
        #expect(values.first?.text == row.want)
    }

    @Test func `gmatch walks over every match`() async throws {
        let machine = try LuaMachine(host: LuaHost())
        let values = try await machine.run(
            """
            local out = {}
            for key, value in ('a=1, b=2'):gmatch('(%w+)=(%w+)') do out[#out + 1] = value .. key end
            for word in (' x '):gmatch('%a*') do out[#out + 1] = '<' .. word .. '>' end
            return table.concat(out, ' ')
            """,
            name: "g.lua", limits: LuaLimits(processorTime: .seconds(1))
        )
        #expect(values == ["1a 2b <> <x> <>"])
    }

    @Test(arguments: [
        "('a'):find('[a')", "('a'):find('%')", "('a'):find('(a')", "('a'):match('a)')",
        "('a'):find('%f')", "('a'):gsub('a', '%9')", "('a'):find('%b')", "('a'):gsub('a', true)",
    ])
    func `a malformed pattern is an error`(_ expression: String) async throws {
        let machine = try LuaMachine(host: LuaHost())
        await #expect(throws: LuaFailure.self) {
            _ = try await machine.run(
                "return \(expression)", name: "p.lua", limits: LuaLimits(processorTime: .seconds(1))
            )
        }
    }
}
