import Foundation
import MoonlineTestKit
import Testing

/// What authors of definitions ask from tests of their own.
struct DefinitionConformanceTests {
    @Test func `a shipped file has no problems`() async {
        let file = Stage.providers + "/herosms.lua"
        #expect(await DefinitionConformance.problems(file: file, dialects: Stage.providers) == [])
    }

    @Test(arguments: [
        ("gives = { amount = \"2\" }", "amount"), ("", "return provider"),
    ])
    func `what is wrong is a line each`(_ end: String, _ said: String) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "acme.lua")
        let text =
            end.isEmpty
            ? "local nothing"
            : """
            return provider {
              api = 1, id = "acme", name = "Acme", version = "1",
              base_url = "https://acme.example", currency = "USD",
              credentials = { key = { label = "Key" } }, auth = { bearer = "{key}" },
              limits = { { requests = 60, per = "1m" } }, polling = { first = "5s", every = "5s" },
              operations = { balance = { get = "/me", reply = { amount = "money" } } },
              tests = { { "balance", {}, reply = { json = { money = 1 } }, \(end) } },
            }
            """
        try Data(text.utf8).write(to: file)
        let problems = await DefinitionConformance.problems(file: file.path)
        #expect(problems.count == 1 && problems.first?.contains(said) == true, "\(problems)")
    }
}
