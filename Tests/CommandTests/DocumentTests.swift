import Foundation
import Testing

/// What the guides say is run here, word for word.
@Suite(.serialized)
struct DocumentTests {
    private static let folder = ProgramRun.root.appending(path: "Sources/Moonline/Moonline.docc")

    private static func blocks(_ language: String, of article: String) -> [String] {
        let file = folder.appending(path: article + ".md")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.components(separatedBy: "```\(language)\n").dropFirst().map {
            String($0.prefix(upTo: $0.firstRange(of: "```")?.lowerBound ?? $0.endIndex))
        }
    }

    private static func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    // The guides speak of the four documented providers.
    private static func environment(_ world: SimulatedWorld) -> [String: String] {
        world.environment.filter { !$0.key.contains("VIRTUALSMS_LEGACY") }
    }

    @Test func `every guide has examples`() {
        #expect(Self.blocks("lua", of: "WriteAProvider").count >= 5)
        #expect(Self.blocks("lua", of: "WriteAScript").count >= 5)
        #expect(Self.blocks("sh", of: "WhatHappensWhen").count >= 5)
        #expect(Self.blocks("yaml", of: "SettingUp").count == 1)
    }

    @Test(arguments: blocks("lua", of: "WriteAProvider"))
    func `a definition of the guide passes check and test`(_ source: String) async throws {
        let mark = try #require(source.firstRange(of: "id"))
        let id = try #require(source[mark.upperBound...].split(separator: "\"").dropFirst().first)
        try await Self.withFolder { folder in
            let file = folder.appending(path: "\(id).lua")
            try Data(source.utf8).write(to: file)
            for command in ["check", "test"] {
                let run = try await ProgramRun.run(["provider", command, file.path])
                #expect(run.status == 0, "\(run.output)\(run.errors)")
            }
        }
    }

    @Test(arguments: blocks("lua", of: "WriteAScript"))
    func `a script of the guide runs as its first line says`(_ source: String) async throws {
        let line = try #require(source.split(separator: "\n").first)
        let words = line.split(separator: " ").map(String.init)
        #expect(Array(words.prefix(3)) == ["--", "moonline", "run"])
        try await Self.withFolder { folder in
            let file = folder.appending(path: words[3])
            try Data(source.utf8).write(to: file)
            try await SimulatedWorld.run { world in
                let run = try await ProgramRun.run(
                    ["run", file.path] + words.dropFirst(4), Self.environment(world))
                #expect(run.status == 0, "\(line): \(run.errors)")
            }
        }
    }

    @Test(arguments: blocks("yaml", of: "SettingUp"))
    func `the settings of the guide are read`(_ yaml: String) async throws {
        try await Self.withFolder { folder in
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o700], ofItemAtPath: folder.path)
            try Data(yaml.utf8).write(to: folder.appending(path: "config.yaml"))
            let home = ["MOONLINE_HOME": folder.path]
            let run = try await ProgramRun.run(["orders"], home)
            #expect(run.status == 0, "\(run.errors)")
            let wrong = yaml.replacing("per_day", with: "per_dya")
            try Data(wrong.utf8).write(to: folder.appending(path: "config.yaml"))
            let refused = try await ProgramRun.run(["orders"], home)
            #expect(refused.errors.contains("config.yaml:1: unknown key 'per_dya'"))
        }
    }

    @Test(arguments: ["WriteAProvider", "WriteAScript", "WhatHappensWhen", "MachineOutput"])
    func `the commands of a guide work one after another`(_ article: String) async throws {
        let commands = Self.blocks("sh", of: article).flatMap {
            $0.split(separator: "\n").map(String.init)
        }
        try await SimulatedWorld.run { world in
            let folder = URL(filePath: ProgramRun.binary).deletingLastPathComponent().path
            var environment = Self.environment(world)
            environment["PATH"] = folder + ":/usr/bin:/bin"
            for command in commands where command.hasPrefix("moonline") {
                let run = try await ProgramRun.run(
                    ["-c", command], environment, executable: "/bin/bash")
                #expect(run.status == 0, "\(command): \(run.errors)")
            }
        }
    }
}
