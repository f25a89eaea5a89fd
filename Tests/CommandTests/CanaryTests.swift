import ArgumentParser
import Foundation
import Simulator
import Testing
import Transport

@testable import MoonlineCommand

/// Keys that are easy to find, in every credential: not one byte of them is written anywhere, by
/// any command, whatever the provider repeats.
@Suite(.serialized)
struct CanaryTests {
    private static let keys: [SimulatedProvider: [String]] = [
        .legitSMS: ["CanaryLegit+01/~?~?~?23=="], .iSMScode: ["CanaryIsms+01/~?~?~?23=="],
        .smsCode: ["CanaryCode+01/~?~?~?23=="], .virtualSMS: ["CanaryVirtual+01/~?~?~?23=="],
    ]

    private static let marks = CanaryMarks(of: Array(keys.values.joined()))

    private static let script = """
        for _, name in ipairs(otp.providers()) do
          local rows, why = otp.balance(name)
          print(name, rows and tostring(rows[1].amount or rows[1].error), tostring(why))
          log.info(rows and rows[1].error and rows[1].error.message or "fine")
        end
        local number, why = otp.buy { service = "whatsapp", country = "ID" }
        print(number and number.phone, why and why.message)
        error(why and why.message or "done")
        """

    private static let commands: [[String]] = [
        ["balance"], ["countries", "legitsms"], ["services", "smscode"],
        ["operators", "virtualsms", "--country", "ID"], ["offers", "--service", "whatsapp"],
        ["verify", "--service", "whatsapp", "--country", "ID", "--deadline", "3s"],
        ["buy", "--service", "telegram", "--country", "ID", "--provider", "smscode"],
        ["orders"], ["orders", "--open"], ["stats"], ["sweep"], ["doctor"],
        ["call", "smscode", "balance"], ["call", "ismscode", "balance"],
        ["provider", "list"], ["provider", "explain", "smscode"], ["provider", "test", "legitsms"],
        ["provider", "test", "smscode", "--live", "balance"],
        ["provider", "test", "virtualsms", "--live", "balance"],
        ["provider", "record", "legitsms", "balance"], ["provider", "allow", "smscode"],
        ["provider", "check"], ["provider", "diff", "smscode", "legitsms"], ["provider", "types"],
        ["provider", "reference"],
        [
            "provider", "new", "acme", "--curl",
            "balance=curl -H 'Authorization: Bearer KEY' https://api.acme.example/me?key=KEY",
            "--reply", #"balance={"balance":"1.50","key":"KEY"}"#,
        ],
        ["resolve", "k3v9x2qd7m", "--not-bought"], ["run", "SCRIPT"],
    ]

    /// What an order goes through.
    private static func orderCommands(_ id: String) -> [[String]] {
        [
            ["status", id], ["wait", id, "--wait", "2s"], ["resend", id], ["swap", id],
            ["reuse", id], ["finish", id], ["cancel", id], ["orders", "--json"],
            ["stats", "--csv"], ["sweep", "--settle", "2s"],
        ]
    }

    // The first serves until it is stopped; the other one has keys and a home of its own.
    private static let others: Set = ["simulate", "demo"]

    @Test func `no command is left out`() {
        let words = Self.commands + Self.orderCommands("x")
        let played = Set(words.map { $0[0] == "provider" ? "provider \($0[1])" : $0[0] })
        let names = Root.configuration.subcommands.flatMap { command -> [String] in
            let name = command._commandName
            let inner = command.configuration.subcommands.map { "\(name) \($0._commandName)" }
            return inner.isEmpty ? [name] : inner
        }
        #expect(played.union(Self.others) == Set(names))
    }

    // Purchases are answered as they should be, everything else repeats its request.
    private static let struck = [
        "balance", "check", "cancel", "finish", "resend", "reuse", "swap", "list",
    ].map { "echo:any:\($0):0" }

    @Test(arguments: [[], ["echo:any:any:0"], ["cut:any:any:0"]])
    func `I2 no command writes a byte of a key`(_ faults: [String]) async throws {
        try await SimulatedWorld.run(faults: faults, keys: Self.keys) { world in
            let script = world.home + "-canary.lua"
            try Data(Self.script.utf8).write(to: URL(filePath: script))
            defer { try? FileManager.default.removeItem(atPath: script) }
            for (number, command) in Self.commands.enumerated() {
                let key = Self.keys[.smsCode]?.first ?? ""
                let arguments = command.map { argument in
                    argument == "SCRIPT"
                        ? script : argument.replacingOccurrences(of: "KEY", with: key)
                }
                let isRun = command[0] == "run"
                let plain = ["--log-level", "trace"]
                // Where nothing is repeated, one form of each command is enough.
                let all = [plain, ["--json"] + plain]
                for options in faults.first?.hasPrefix("echo") == true ? all : [all[number % 2]] {
                    let all = isRun ? ["run"] + options + [script] : arguments + options
                    let run = try await ProgramRun.run(all, world.environment)
                    #expect(run.status != 70 && run.status < 128, "\(all): \(run.errors)")
                    #expect(Self.marks.leaks(in: run.output) == [], "\(all)")
                    #expect(Self.marks.leaks(in: run.errors) == [], "\(all)")
                }
            }
            #expect(Self.marks.leaks(in: CanaryMarks.written(below: world.home)) == [])
        }
    }

    @Test(arguments: ["legitsms", "ismscode", "smscode", "virtualsms"])
    func `I2 no command on an order writes a byte of a key`(_ provider: String) async throws {
        try await SimulatedWorld.run(faults: Self.struck, keys: Self.keys) { world in
            let options = ["--log-level", "trace"]
            let run = try await ProgramRun.run(
                ["buy", "--service", "whatsapp", "--country", "ID", "--provider", provider]
                    + ["--json"] + options, world.environment)
            let bought = try JSONDecoder().decode(Bought.self, from: Data(run.output.utf8))
            for command in Self.orderCommands(bought.order) {
                let run = try await ProgramRun.run(command + options, world.environment)
                #expect(run.status != 70 && run.status < 128, "\(command): \(run.errors)")
                #expect(Self.marks.leaks(in: run.output + run.errors) == [], "\(command)")
            }
            #expect(Self.marks.leaks(in: CanaryMarks.written(below: world.home)) == [])
            let last = try await ProgramRun.run(
                ["status", bought.order] + options, world.environment)
            #expect(last.errors.contains(Redactor.mask), "nothing was repeated")
        }
    }

    // Its balance alone tells what became of it, so that nobody waits for that.
    @Test(arguments: ["legitsms", "virtualsms"])
    func `I2 what is said of a lost purchase holds no byte of a key`(
        _ provider: String
    ) async throws {
        let faults = ["cut:any:buy:0"] + Self.struck
        try await SimulatedWorld.run(faults: faults, keys: Self.keys) { world in
            let options = ["--log-level", "trace"]
            let buy = try await ProgramRun.run(
                ["buy", "--service", "whatsapp", "--country", "ID", "--provider", provider]
                    + options, world.environment)
            let id = try #require(buy.errors.firstMatch(of: /\(purchase ([a-z0-9]+)\)/)?.1)
            for command in [["sweep", "--settle", "2s"], ["resolve", String(id), "--bought"]] {
                let run = try await ProgramRun.run(command + options, world.environment)
                #expect(run.status != 70 && run.status < 128, "\(command): \(run.errors)")
                #expect(Self.marks.leaks(in: run.output + run.errors) == [], "\(command)")
            }
            #expect(Self.marks.leaks(in: buy.output + buy.errors) == [])
            #expect(Self.marks.leaks(in: CanaryMarks.written(below: world.home)) == [])
        }
    }

    private struct Bought: Decodable {
        let order: String
    }

    @Test func `the marks are found where they are`() {
        for key in Self.keys.values.joined() {
            #expect(!Self.marks.leaks(in: "x \(key) y").isEmpty)
            #expect(!Self.marks.leaks(in: "x \(key.dropFirst(7).dropLast(5)) y").isEmpty)
            #expect(!Self.marks.leaks(in: String(key.reversed())).isEmpty)
            #expect(!Self.marks.leaks(in: Data(key.utf8).base64EncodedString()).isEmpty)
            #expect(!Self.marks.leaks(in: Data("Bearer \(key)".utf8).base64EncodedString()).isEmpty)
        }
    }

    /// A command that waits for an answer which never comes.
    private static func asking(
        _ world: SimulatedWorld,
        _ environment: [String: String]
    ) async throws -> Process {
        let process = ProgramRun.process(ProgramRun.binary, ["balance"], environment)
        try process.run()
        while try await world.account(of: .legitSMS).requests["balance"] == nil {
            try #require(process.isRunning, "the command ended before it asked")
            try await Task.sleep(for: .milliseconds(5))
        }
        return process
    }

    #if os(Linux)
        @Test func `the kernel is to write no image of a command's memory`() async throws {
            try await SimulatedWorld.run(faults: ["hang:any:any:0"], keys: Self.keys) { world in
                let process = try await Self.asking(world, world.environment)
                let folder = "/proc/\(process.processIdentifier)/"
                let limits = try String(contentsOfFile: folder + "limits", encoding: .utf8)
                #expect(limits.contains(#/Max core file size +0 +0 /#))
                let filter = try String(
                    contentsOfFile: folder + "coredump_filter", encoding: .utf8)
                #expect(filter.allSatisfy { $0 == "0" || $0 == "\n" }, "kept: \(filter)")
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
            }
        }
    #endif

    @Test func `a crash tells nothing of a key`() async throws {
        try await SimulatedWorld.run(faults: ["hang:any:any:0"], keys: Self.keys) { world in
            var environment = world.environment
            environment["SWIFT_BACKTRACE"] =
                "enable=yes,color=no,interactive=no,symbolicate=off,threads=all,registers=all"
            // The report reads all of the memory, also what AddressSanitizer keeps free of use.
            let sanitizer = ProcessInfo.processInfo.environment["ASAN_OPTIONS"] ?? ""
            environment["ASAN_OPTIONS"] = sanitizer + ":replace_intrin=0"
            let process = try await Self.asking(world, environment)
            kill(process.processIdentifier, SIGSEGV)
            process.waitUntilExit()
            var told = ""
            let streams = [process.standardOutput, process.standardError].compactMap { $0 as? Pipe }
            for stream in streams {
                told += String(
                    decoding: stream.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            }
            // The report tells registers, and what is in the memory that they lead to.
            let isReport = told.contains("crashed") && told.contains(/\b(rip|pc) 0x/)
            #expect(isReport, "no report: \(told)")
            #expect(Self.marks.leaks(in: told) == [])
            #expect(Self.marks.leaks(in: CanaryMarks.written(below: world.home)) == [])
        }
    }
}
