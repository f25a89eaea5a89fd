import LuaSandbox
import Testing

/// The two JSON implementations, Swift's and Lua's, against RFC 8259 and against each other.
struct JSONTests {
    private func decodeInLua(_ text: String) async throws -> LuaValue {
        let machine = try LuaMachine(host: LuaHost(operations: ["text"]))
        let values = try await machine.run(
            "local v = json.decode(text()) return v, json.encode(v)",
            name: "json.lua", limits: LuaLimits(processorTime: .seconds(2))
        ) { _, _ in [.string(text)] }
        return try #require(values.first)
    }

    static let valid = [
        "null", "true", "0", "-0", "-1.5e3", "1E-2", "\"\"", #""\u00e9\ud83d\ude00\n\/""#, "[]",
        "{}", "[[],{},[1,[2]]]", #"{"a":{"b":[1,2,3]},"c":null}"#, " [ 1 , 2 ] ",
        "9223372036854775807", "-9223372036854775808", "9223372036854775808", "1.20",
        "\"\u{7F}☃\"", #"{"":1}"#,
    ]
    static let invalid = [
        "", "nul", "NaN", "Infinity", "01", "1.", ".5", "+1", "0x10", "1e", "-", "[1,]", "[1 2]",
        "{", "{\"a\"}", "{\"a\":1,}", "{a:1}", "{\"a\":1,\"a\":2}", "\"\t\"", "\"\\x\"", "\"",
        #""\ud800""#, #""\udc00""#, #""\ud800A""#, "[1]]", "1 2", "'a'", "1e999",
        "\u{FEFF}1", "tru", "[", "\"\\u12G4\"",
        String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
    ]

    @Test(arguments: valid)
    func `valid text is read alike by both`(_ text: String) async throws {
        let value = try JSON(parsing: text)
        #expect(try await decodeInLua(text) == value.luaValue)
        #expect(try JSON(parsing: value.serialized) == value)
    }

    @Test(arguments: invalid)
    func `invalid text is refused by both`(_ text: String) async throws {
        #expect(throws: JSONError.self) { try JSON(parsing: text) }
        await #expect(throws: LuaFailure.self) { try await decodeInLua(text) }
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        #expect(throws: JSONError.self) { try JSON(parsing: [0x22, 0xFF, 0x22]) }
    }

    @Test func `numbers keep their digits`() throws {
        #expect(try JSON(parsing: "1.20") == .number("1.20"))
        #expect(try JSON(parsing: "12345678901234567890").text == "12345678901234567890")
    }

    @Test func `an error names line and column`() {
        #expect(throws: JSONError(line: 2, column: 5, reason: "',' or '}' was expected")) {
            try JSON(parsing: "{\"a\":1\n    \"b\":2}")
        }
    }

    @Test(arguments: [
        ("json.encode({})", "{}"), ("json.encode(json.array {})", "[]"),
        ("json.encode({1, 2})", "[1,2]"), ("json.encode({b = 1, a = 2.5})", #"{"a":2.5,"b":1}"#),
        ("json.encode(3.0)", "3.0"), ("json.encode(0.1)", "0.1"),
        ("json.encode(json.null)", "null"),
        ("json.encode(json.decode('[]'))", "[]"), ("json.encode('\\1\"')", #""\u0001\"""#),
        ("json.encode(math.maxinteger)", "9223372036854775807"),
        ("json.decode('{\"a\":null}', {null = 'nil'}).a", nil),
        ("json.decode('18446744073709551616')", "18446744073709551616"),
    ])
    func `Lua encodes without guessing`(_ row: (expression: String, text: String?)) async throws {
        let machine = try LuaMachine(host: LuaHost())
        let values = try await machine.run(
            "return \(row.expression)", name: "e.lua",
            limits: LuaLimits(processorTime: .seconds(2))
        )
        #expect(values.first?.text == row.text)
    }

    @Test(arguments: [
        "json.encode({1, nil, 3})", "json.encode({1, a = 2})", "json.encode(0/0)",
        "json.encode(1/0)", "json.encode({[true] = 1})", "json.encode('\\255')",
        "json.encode(pcall)", "local t = {} t.t = t json.encode(t)",
        "json.encode(json.array({a = 1}))",
    ])
    func `Lua refuses what has no JSON form`(_ statement: String) async throws {
        let machine = try LuaMachine(host: LuaHost())
        await #expect(throws: LuaFailure.self) {
            _ = try await machine.run(
                statement.hasPrefix("local") ? statement : "return \(statement)", name: "e.lua",
                limits: LuaLimits(processorTime: .seconds(2))
            )
        }
    }

    // The array itself is one of them.
    @Test(
        arguments: [
            (499_999, nil), (500_000, "more than 500000 values"),
        ] as [(Int, String?)])
    func `a text has half a million values at most`(_ count: Int, _ reason: String?) {
        let text = "[" + String(repeating: "1,", count: count - 1) + "1]"
        var refusal: String?
        do {
            _ = try JSON(parsing: text)
        } catch {
            refusal = error.reason
        }
        #expect(refusal == reason)
    }
}
