import Foundation
import Simulator
import Testing
import Transport

/// Keys that are easy to find: what is written of one that a file holds, on a terminal, and while a
/// command runs.
struct CanaryPlaceTests {
    private static let key = "CanaryPlace+01/~?~?~?23=="
    private static let marks = CanaryMarks(of: [key])

    private static func run(
        _ faults: [String],
        _ work: @escaping @Sendable (SimulatedWorld, String) async throws -> Void
    ) async throws {
        try await SimulatedWorld.run(faults: faults, keys: [.smsCode: [key]]) { world in
            let folder = world.home + "-place"
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try await work(world, folder)
        }
    }

    /// Ways to name the file that holds a key.
    enum Naming: CaseIterable {
        case folderOfCredentials, variable, setting
    }

    @Test(arguments: Naming.allCases)
    func `I2 a key in a file is written nowhere else`(_ naming: Naming) async throws {
        // One that is sent, one with a blank inside, one that is no key by its length.
        let contents =
            [Self.key + "\n", Self.key + " " + Self.key]
            + [String(repeating: Self.key, count: 3000)]
        try await Self.run(["echo:any:any:0"]) { world, folder in
            let file = folder + "/moonline_smscode_token"
            var environment = world.environment
            environment["MOONLINE_SMSCODE_TOKEN"] = nil
            switch naming {
            case .folderOfCredentials: environment["CREDENTIALS_DIRECTORY"] = folder
            case .variable: environment["MOONLINE_SMSCODE_TOKEN_FILE"] = file
            case .setting:
                let settings = "accounts: { smscode: { credential_files: { token: \(file) } } }\n"
                try FileManager.default.createDirectory(
                    atPath: world.home, withIntermediateDirectories: true)
                try Data(settings.utf8).write(to: URL(filePath: world.home + "/config.yaml"))
            }
            for (number, content) in contents.enumerated() {
                try Data(content.utf8).write(to: URL(filePath: file))
                for command in [["balance", "smscode"], ["doctor"], ["doctor", "--json"]] {
                    let all = command + ["--log-level", "trace"]
                    let run = try await ProgramRun.run(all, environment)
                    #expect(Self.marks.leaks(in: run.output + run.errors) == [], "\(all)")
                    #expect(number == 0 || command[0] == "doctor" || run.status != 0)
                    let isSent = run.errors.contains(Redactor.mask)
                    #expect(isSent == (number == 0) || command[0] == "doctor", "\(run.errors)")
                }
            }
            #expect(Self.marks.leaks(in: CanaryMarks.written(below: world.home)) == [])
        }
    }

    @Test func `I2 a file that takes the key itself for its path tells nothing of it`() async throws
    {
        try await Self.run([]) { world, _ in
            var environment = world.environment
            environment["MOONLINE_SMSCODE_TOKEN_FILE"] = Self.key
            for command in [["balance", "smscode"], ["doctor"]] {
                let run = try await ProgramRun.run(command, environment)
                #expect(run.status != 0)
                #expect(Self.marks.leaks(in: run.output + run.errors) == [], "\(command)")
            }
        }
    }

    // Another program is run there: the pager, which tells all that it got.
    @Test func `I2 a terminal shows no byte of a key, and its pager has none`() async throws {
        let faults = ["echo:any:balance:0"]
        try await Self.run(faults) { world, folder in
            var environment = world.environment
            environment["PAGER"] = "env"
            environment["CREDENTIALS_DIRECTORY"] = folder + "/\(Self.key)"
            var shown = ""
            for command in [
                ["provider", "list"], ["balance"], ["orders"], ["doctor"],
                ["verify", "--service", "whatsapp", "--country", "ID", "--provider", "smscode"]
                    + ["--deadline", "3s"],
            ] {
                let run = try await TerminalRun.run(
                    command + ["--log-level", "trace"], environment)
                #expect(run.status != 70 && run.status < 128, "\(command): \(run.shown)")
                #expect(Self.marks.leaks(in: run.shown) == [], "\(command)")
                shown += run.shown
            }
            #expect(shown.contains("LESS=-FRSX"), "no pager was run")
            #expect(shown.contains(Redactor.mask), "nothing was repeated")
            #expect(shown.contains("\r\u{1B}[2K"), "no progress was shown")
        }
    }

    @Test func `I2 while a command runs no file holds a byte of a key`() async throws {
        try await Self.run(["hang:any:check:0"]) { world, folder in
            var environment = world.environment
            environment["MOONLINE_RUNTIME_DIR"] = folder
            let process = ProgramRun.process(
                ProgramRun.binary,
                ["verify", "--service", "whatsapp", "--country", "ID", "--provider", "smscode"],
                environment)
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            while process.isRunning,
                try await world.account(of: .smsCode).requests["check"] == nil
            {
                try await Task.sleep(for: .milliseconds(5))
            }
            let written = [world.home, folder].map(CanaryMarks.written)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            #expect(written[0].contains("journal.sqlite-wal"), "no journal is open")
            #expect(!written[1].isEmpty, "nobody can find the owner")
            #expect(Self.marks.leaks(in: written.joined()) == [])
        }
    }
}
