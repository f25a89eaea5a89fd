import Foundation
import Testing

/// The program from outside: output, errors and exit statuses.
@Suite(.serialized)
struct ProgramTests {
    @Test(arguments: ["legitsms", "ismscode", "smscode", "virtualsms", "virtualsms_legacy"])
    func `verify prints the phone, then the code, on every provider`(_ provider: String)
        async throws
    {
        try await SimulatedWorld.run { world in
            let run = try await ProgramRun.run(
                ["verify", "--service", "whatsapp", "--country", "ID", "--provider", provider],
                world.environment
            )
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.lines.count == 2)
            #expect(run.lines.first?.hasPrefix("+") == true)
            #expect(run.lines.last?.allSatisfy(\.isNumber) == true)
        }
    }

    private struct Line: Decodable {
        let event: String
    }

    @Test func `verify --json tells number, code and done`() async throws {
        try await SimulatedWorld.run { world in
            let run = try await ProgramRun.run(
                [
                    "verify", "--service", "whatsapp", "--country", "ID", "--provider", "legitsms",
                    "--json",
                ],
                world.environment
            )
            let events = run.lines.compactMap { line in
                try? JSONDecoder().decode(Line.self, from: Data(line.utf8)).event
            }
            #expect(events.count == run.lines.count)
            #expect(
                events.filter { ["number", "code", "done", "failed"].contains($0) }
                    == ["number", "code", "done"])
            #expect(events.last == "done")
        }
    }

    static let faults: [(fault: String, status: Int32, code: String)] = [
        ("lost:legitsms:buy", 15, "unknown_purchase"), ("500:legitsms:buy", 15, "unknown_purchase"),
        ("html:legitsms:buy", 15, "unknown_purchase"), ("html:legitsms:offers:0", 14, "protocol"),
        ("503:legitsms:offers:0", 14, "unavailable"),
    ]

    @Test(arguments: faults)
    func `a fault is told by its code and exit status`(
        _ row: (fault: String, status: Int32, code: String)
    ) async throws {
        try await SimulatedWorld.run(faults: [row.fault]) { world in
            let run = try await ProgramRun.run(
                [
                    "verify", "--service", "whatsapp", "--country", "ID", "--provider", "legitsms",
                    "--json", "--settle", "0",
                ],
                world.environment
            )
            #expect(run.status == row.status, "\(run.output) \(run.errors)")
            #expect(run.lines.last?.contains("\"code\":\"\(row.code)\"") == true)
        }
    }

    static let mistakes: [(command: String, status: Int32)] = [
        ("verify", 64), ("verfy", 64), ("offers --service x", 13), ("balance nobody", 64),
        ("verify --service whatsapp --country ID --max-price abc", 64), ("status nothing", 1),
        ("call legitsms buy", 64), ("provider check /nowhere.lua", 64),
        ("simulate --fault nonsense", 64), ("simulate --port 99999", 64),
        ("verify --service whatsapp --country ID --provider ,", 64), ("offers --service =", 64),
        ("buy --service whatsapp --country =", 64), ("offers --service wa --country ,", 64),
        ("provider new ../acme --base-url https://a.example", 64),
    ]

    @Test(arguments: mistakes)
    func `a wrong command is one line with a way out, and nothing on standard output`(
        _ row: (command: String, status: Int32)
    ) async throws {
        let home = FileManager.default.temporaryDirectory
            .appending(path: "moonline-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: home) }
        let words = row.command.split(separator: " ").map(String.init)
        let run = try await ProgramRun.run(words, ["MOONLINE_HOME": home])
        #expect(run.status == row.status, "\(run.errors)")
        #expect(run.output.isEmpty)
        #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
    }

    @Test(arguments: [
        "verify", "offers", "balance", "countries", "services", "operators", "buy", "status",
        "wait", "cancel", "finish", "resend", "reuse", "swap", "orders", "call", "simulate",
        "demo", "doctor", "provider list", "provider check", "provider test", "provider allow",
        "provider explain", "provider diff", "provider new", "provider record", "provider types",
        "provider reference", "run", "stats", "sweep", "resolve",
    ])
    func `every help text has an example`(_ command: String) async throws {
        let words = command.split(separator: " ").map(String.init)
        let run = try await ProgramRun.run(words + ["--help"])
        #expect(run.status == 0)
        #expect(run.output.contains("Example: moonline \(command)"))
    }

    @Test func `a signal gives the number back, and the status names the signal`() async throws {
        try await SimulatedWorld.run(faults: ["html:legitsms:check:0"]) { world in
            let process = ProgramRun.process(
                ProgramRun.binary,
                ["verify", "--service", "whatsapp", "--country", "ID", "--provider", "legitsms"],
                world.environment
            )
            let output = try #require(process.standardOutput as? Pipe).fileHandleForReading
            try process.run()
            // The phone tells that the number is bought.
            #expect(await ProgramRun.firstByte(of: output) == UInt8(ascii: "+"))
            process.interrupt()
            while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
            #expect(process.terminationStatus == 130)
            let orders = try await ProgramRun.run(["orders", "--json"], world.environment)
            #expect(orders.output.contains("\"state\":\"cancelled\""))
        }
    }

    @Test func `doctor names a key file that others can read`() async throws {
        try await SimulatedWorld.run { world in
            let file = world.home + "-key"
            defer { try? FileManager.default.removeItem(atPath: file) }
            var environment = world.environment
            let variable = "MOONLINE_LEGITSMS_API_KEY"
            let key = environment.removeValue(forKey: variable)
            try Data(try #require(key).utf8).write(to: URL(filePath: file))
            environment[variable + "_FILE"] = file
            for (mode, isFound) in [(0o644, true), (0o600, false)] {
                try FileManager.default.setAttributes(
                    [.posixPermissions: mode], ofItemAtPath: file)
                let run = try await ProgramRun.run(["doctor"], environment)
                #expect((run.output + run.errors).contains("`chmod 600 \(file)`") == isFound)
            }
        }
    }

    @Test(arguments: [["balance", "legitsms"], ["doctor"], ["call", "legitsms", "balance"]])
    func `a key that was put where its file belongs is not shown`(
        _ command: [String]
    ) async throws {
        try await SimulatedWorld.run { world in
            var environment = world.environment
            environment["MOONLINE_LEGITSMS_API_KEY"] = nil
            for key in ["Misplaced-Key-123", "/Misplaced-Key-123", "sub/Misplaced-Key-123"] {
                environment["MOONLINE_LEGITSMS_API_KEY_FILE"] = key
                let run = try await ProgramRun.run(command, environment)
                #expect(!(run.output + run.errors).contains("Misplaced"), "\(run.errors)")
                #expect((run.output + run.errors).contains("which names a file and holds no key"))
            }
        }
    }

    // CI services set a variable for a secret that does not exist, and leave it empty.
    @Test func `an empty variable is told where no key is there, and left out where one is`()
        async throws
    {
        try await SimulatedWorld.run { world in
            var environment = world.environment.filter { !$0.key.hasSuffix("_API_KEY") }
            let token = environment.removeValue(forKey: "MOONLINE_SMSCODE_TOKEN")
            environment["MOONLINE_LEGITSMS_API_KEY"] = ""
            let alone = try await ProgramRun.run(["balance"], environment)
            #expect(alone.errors.contains("MOONLINE_LEGITSMS_API_KEY is empty"))
            environment["MOONLINE_SMSCODE_TOKEN"] = token
            let both = try await ProgramRun.run(["balance"], environment)
            #expect(both.status == 0 && !both.output.contains("legitsms"), "\(both.output)")
        }
    }

    @Test func `doctor names variables that nobody reads`() async throws {
        try await SimulatedWorld.run { world in
            let own = ["MOONLINE_LEGITSMS_API_KYE": "x"]
            let environment = world.environment.merging(own) { $1 }
            let run = try await ProgramRun.run(["doctor", "--offline"], environment)
            let hint = "MOONLINE_LEGITSMS_API_KYE (did you mean MOONLINE_LEGITSMS_API_KEY?)"
            #expect(run.output.contains(hint), "\(run.output)")
        }
    }

    @Test(arguments: [
        ("verify --service a --country ID --wait 90", "write 90s; see `moonline verify --help`"),
        ("verify --service a --country ID --wait ten", "write a time such as 90s or 10m"),
        ("provider chek x.lua", "did you mean `moonline provider check`?"),
        ("offer --service a", "did you mean `moonline offers`?"),
        ("provider nonsense", "see `moonline provider --help`"),
    ])
    func `a slip is told with what was meant`(_ row: (command: String, hint: String)) async throws {
        let run = try await ProgramRun.run(row.command.split(separator: " ").map(String.init))
        #expect(run.status == 64)
        #expect(run.errors.contains(row.hint), "\(run.errors)")
    }

    @Test func `JSON holds nothing that acts on a terminal`() async throws {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "\(UUID().uuidString).lua")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("print('a\u{9B}31m\u{202E}b')".utf8).write(to: file)
        let home = ["MOONLINE_HOME": file.path + "-home"]
        let run = try await ProgramRun.run(["run", file.path, "--json"], home)
        try? FileManager.default.removeItem(atPath: file.path + "-home")
        #expect(run.output.contains(#"a\u009b31m\u202eb"#), "\(run.output)")
        #expect(run.output.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
        #expect(!run.output.unicodeScalars.contains { $0 == "\u{9B}" || $0 == "\u{202E}" })
    }

    @Test func `no secret shows at the level trace`() async throws {
        try await SimulatedWorld.run { world in
            let run = try await ProgramRun.run(
                ["verify", "--service", "whatsapp", "--country", "ID", "--log-level", "trace"],
                world.environment
            )
            #expect(run.status == 0)
            let secrets = world.environment.filter {
                $0.key.hasSuffix("_API_KEY") || $0.key.hasSuffix("_TOKEN")
            }
            #expect(secrets.count == 5)
            for secret in secrets.values {
                #expect(!run.output.contains(secret))
                #expect(!run.errors.contains(secret))
            }
        }
    }
}
