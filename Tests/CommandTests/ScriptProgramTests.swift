import Foundation
import Simulator
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// The shipped scripts, run by the program as a user would.
struct ScriptProgramTests {
    static let names = ["cheapest", "ci-smoke", "export", "second-code", "verify", "watch-stock"]

    private static func path(_ name: String) -> String {
        ProgramRun.root.appending(path: "scripts/\(name).lua").path
    }

    @Test func `all scripts of the folder are tested here`() throws {
        let folder = ProgramRun.root.appending(path: "scripts").path
        let found = try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".lua") }.map { String($0.dropLast(4)) }.sorted()
        #expect(found == Self.names)
    }

    @Test(arguments: names)
    func `a script is short, and its help tells its purpose and arguments`(
        _ name: String
    ) async throws {
        let text = try String(contentsOfFile: Self.path(name), encoding: .utf8)
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 60)
        let home = FileManager.default.temporaryDirectory
            .appending(path: "moonline-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: home) }
        let run = try await ProgramRun.run(
            ["run", Self.path(name), "--help"], ["MOONLINE_HOME": home])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.lines.first?.isEmpty == false)
        #expect(run.output.contains("Usage: moonline run \(Self.path(name))"))
    }

    @Test func `a mistake is told with its traceback, to programs, too`() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "moonline-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let file = folder + "/wrong.lua"
        try Data("local function deep() error('no') end\ndeep()\nprint(1)".utf8)
            .write(to: URL(filePath: file))
        let run = try await ProgramRun.run(["run", file, "--json"], ["MOONLINE_HOME": folder])
        #expect(run.status == 64)
        #expect(run.lines.count == 2)
        #expect(run.lines.first?.hasPrefix(#"{"event":"traceback","lines":["#) == true)
        #expect(run.lines.first?.contains("wrong.lua:2:") == true)
        #expect(run.lines.last?.contains("wrong.lua:1: no") == true)
    }

    @Test func `verify brings a code, and nothing stays open`() async throws {
        try await SimulatedWorld.run { world in
            let run = try await ProgramRun.run(
                [
                    "run", Self.path("verify"), "--service", "whatsapp", "--countries", "ID,GB",
                    "max-price=3",
                ], world.environment)
            #expect(run.status == 0, "\(run.errors)")
            let line = try #require(run.lines.first)
            #expect(run.lines.count == 1 && line.contains("\"code\":\"") && line.contains("+62"))
            #expect(run.errors.contains("phone +62"))
            let open = try await ProgramRun.run(["orders", "--open"], world.environment)
            #expect(open.output.isEmpty && open.errors.contains("no order is open"))
            let cheapest = try await ProgramRun.run(
                ["run", Self.path("cheapest"), "service=whatsapp", "countries=ID"],
                world.environment)
            #expect(cheapest.status == 0 && cheapest.lines.count > 3, "\(cheapest.errors)")
            let stats = try await ProgramRun.run(["stats", "--csv"], world.environment)
            #expect(stats.lines.count == 2 && stats.lines[1].contains(",whatsapp,ID,1,1,"))
            let export = try await ProgramRun.run(
                ["run", Self.path("export")], world.environment)
            #expect(export.lines.count == 2 && export.lines[1].contains(",whatsapp,ID,finished,"))
        }
    }

    @Test func `ci-smoke checks every account within its cap, as XML`() async throws {
        try await SimulatedWorld.run(faults: ["503:legitsms:offers:0"]) { world in
            let words = ["run", Self.path("ci-smoke"), "service=whatsapp", "country=GB"]
            let run = try await ProgramRun.run(words + ["max_total=0.60"], world.environment)
            let document = try XMLDocument(data: Data(run.output.utf8))
            let cases = try document.nodes(forXPath: "/testsuite/testcase")
            #expect(cases.count == 15)
            #expect(run.status == 1 && run.errors.contains("checks failed"))
            let failures = try document.nodes(forXPath: "//testcase[failure]/@classname")
            #expect(Set(failures.compactMap(\.stringValue)).contains("legitsms"))
            let skipped = try document.nodes(forXPath: "//skipped/@message")
            #expect(skipped.contains { $0.stringValue == "beyond the cap" })
            let orders = try await ProgramRun.run(["orders", "--open"], world.environment)
            #expect(orders.errors.contains("no order is open"))
        }
    }

    @Test func `a number that a script leaves open is given back`() async throws {
        try await SimulatedWorld.run { world in
            let script = FileManager.default.temporaryDirectory
                .appending(path: "leave-\(UUID().uuidString).lua").path
            defer { try? FileManager.default.removeItem(atPath: script) }
            let text = """
                local number = assert(otp.buy { service = "whatsapp", country = "ID",
                                                provider = "legitsms" })
                print(number.phone)
                error("gone wrong")
                """
            try Data(text.utf8).write(to: URL(filePath: script))
            let run = try await ProgramRun.run(["run", script], world.environment)
            #expect(run.status == 64)
            #expect(run.lines.count == 1)
            #expect(run.errors.contains(".lua:4: gone wrong"))
            let orders = try await ProgramRun.run(["orders", "--json"], world.environment)
            let account = try await world.account(of: .legitSMS)
            // On a busy machine the code may come before the cancel.
            let isBack = orders.output.contains("\"state\":\"cancelled\"")
            let isUsed = orders.output.contains("\"state\":\"finished\"")
            #expect(isBack != isUsed, "\(orders.output)")
            #expect(account.charges.map(\.refunded) == [isBack])
        }
    }

    @Test(arguments: [
        (["run", "/nowhere.lua"], "'/nowhere.lua' cannot be read"),
        (["run", path("verify")], "no account has a credential"),
        (["run", path("export"), "opne=true"], "did you mean 'open'?"),
        (["run", path("export"), "open"], "'open' has no value, write key=value"),
        (["run", "--allow-host", "a b", path("export")], "--allow-host: "),
    ])
    func `a wrong call says what to do in one line`(
        _ row: (words: [String], message: String)
    ) async throws {
        let home = FileManager.default.temporaryDirectory
            .appending(path: "moonline-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: home) }
        var words = row.words
        if words.last == Self.path("verify") { words += ["service=telegram", "countries=ID"] }
        let run = try await ProgramRun.run(words, ["MOONLINE_HOME": home])
        #expect(run.status == 64 || run.status == 13)
        #expect(run.errors.contains(row.message), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
    }
}
