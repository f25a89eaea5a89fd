import Definitions
import Testing

/// Comparing and hashing a text takes time with the square of its combining marks in a row, so that
/// a file that has many is read without those that no language writes (UAX #15, section 13).
struct LongMarkTests {
    private static let marks = String(repeating: "\u{301}\u{316}", count: 60_000)

    @Test(arguments: [
        "local x = 1\nx = a\(marks) !! b", "error(\"a\(marks)\")",
        "local function never() return provider { [\"a\(marks)\"] = 1 } end",
    ])
    func `a file of combining marks is told what is wrong with it`(
        _ source: String
    ) async {
        await #expect(throws: DefinitionProblems.self) {
            try await DefinitionLoader { _ in nil }.load(source, id: "acme", file: "acme.lua")
        }
    }

    @Test func `of marks in a row thirty are read`() async throws {
        let source = "local name = \"a\(Self.marks)\"\n" + DefinitionText.of()
        let loader = DefinitionLoader { _ in nil }
        let definition = try await loader.load(source, id: "example", file: "example.lua")
        #expect(definition.source.unicodeScalars.count { $0.value >= 0x300 } == 30)
    }
}
