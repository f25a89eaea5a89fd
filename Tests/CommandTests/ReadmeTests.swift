import Foundation
import Testing

/// What the README says is run here, word for word.
@Suite(.serialized)
struct ReadmeTests {
    private static let text =
        (try? String(contentsOf: ProgramRun.root.appending(path: "README.md"), encoding: .utf8))
        ?? ""

    private static func blocks(_ language: String) -> [String] {
        text.components(separatedBy: "```\(language)\n").dropFirst().map {
            String($0.prefix(upTo: $0.firstRange(of: "```")?.lowerBound ?? $0.endIndex))
        }
    }

    private static var commands: [String] {
        blocks("sh").flatMap { $0.split(separator: "\n").map(String.init) }
    }

    @Test func `there are commands, a definition and a snippet`() {
        #expect(Self.commands.count >= 7)
        #expect(Self.blocks("lua").count == 1)
        #expect(Self.blocks("swift").count == 1)
    }

    @Test(arguments: commands.filter { $0.hasPrefix("moonline") })
    func `a moonline command works`(_ command: String) async throws {
        try await SimulatedWorld.run { world in
            let folder = URL(filePath: ProgramRun.binary).deletingLastPathComponent().path
            var environment = world.environment
            environment["PATH"] = folder + ":/usr/bin:/bin"
            let run = try await ProgramRun.run(
                ["-c", command], environment, executable: "/bin/bash"
            )
            #expect(run.status == 0, "\(command): \(run.errors)")
        }
    }

    @Test(arguments: commands.filter { $0.hasPrefix("export") })
    func `a variable of the README is read`(_ command: String) async throws {
        let assignment = command.dropFirst("export ".count)
        let name = String(assignment.prefix { $0 != "=" })
        try await SimulatedWorld.run { world in
            let file = world.home + ".key"
            try Data("sim-smscode-token\n".utf8).write(to: URL(filePath: file))
            defer { try? FileManager.default.removeItem(atPath: file) }
            var environment = world.environment
            environment["MOONLINE_SMSCODE_TOKEN"] = "wrong"
            environment[name] = file
            let run = try await ProgramRun.run(["balance", "smscode"], environment)
            #expect(run.status == 0, "\(run.errors)")
        }
    }

    @Test func `scripts demo verifies four numbers`() async throws {
        #expect(Self.commands.contains("scripts/demo"))
        let run = try await ProgramRun.run(
            ["--speed", "50"], ["MOONLINE_BINARY": ProgramRun.binary],
            executable: ProgramRun.root.appending(path: "scripts/demo").path
        )
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("4 numbers verified"))
    }

    @Test func `scripts install puts a program that finds its definitions`() async throws {
        #expect(Self.text.contains("`scripts/install /usr/local`"))
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let script = ProgramRun.root.appending(path: "scripts/install").path
        let built = ["MOONLINE_BINARY": ProgramRun.binary]
        let install = try await ProgramRun.run([folder], built, executable: script)
        #expect(install.status == 0, "\(install.errors)")
        let run = try await ProgramRun.run(
            ["provider", "list", "--json"], executable: folder + "/bin/moonline")
        #expect(run.output.contains("\(folder)/share/moonline/providers/smscode.lua"))
        #expect(try await ProgramRun.run([], built, executable: script).status == 64)
    }

    @Test func `continuous integration runs scripts test`() throws {
        #expect(Self.commands.contains("scripts/test"))
        let file = ProgramRun.root.appending(path: ".ci/run")
        let script = try String(contentsOf: file, encoding: .utf8)
        #expect(script.contains("\nscripts/test\n"))
    }

    @Test(arguments: ["check", "test"])
    func `the definition passes provider check and provider test`(_ command: String) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "acme.lua")
        try Data(try #require(Self.blocks("lua").first).utf8).write(to: file)
        let run = try await ProgramRun.run(["provider", command, file.path])
        #expect(run.status == 0, "\(run.output)")
    }
}
