import Foundation
import Simulator
import Testing
import Transport

/// Keys that are easy to find, in every credential: not one byte of them is written anywhere, by
/// any command, whatever the provider repeats.
@Suite(.serialized)
struct CanaryTests {
    private static let keys: [SimulatedProvider: [String]] = [
        .legitSMS: ["CanaryLegit+01/~?~?~?23=="], .iSMScode: ["CanaryIsms+01/~?~?~?23=="],
        .smsCode: ["CanaryCode+01/~?~?~?23=="], .virtualSMS: ["CanaryVirtual+01/~?~?~?23=="],
    ]

    /// So many characters of a key in a row are one still.
    private static let partCount = 12

    private static func windows(_ text: String, _ count: Int) -> [String] {
        let low = Array(text.lowercased())
        guard low.count > count else { return [String(low)] }
        return (0...(low.count - count)).map { String(low[$0..<$0 + count]) }
    }

    // In any of these forms a key is one still: its parts, backwards, escaped, in base64 and
    // hexadecimal, and as a register holds it.
    private static let marks: Set<String> = Set(
        keys.values.joined().flatMap { key -> [String] in
            let digits = key.utf8.map { (($0 < 16) ? "0" : "") + String($0, radix: 16) }
            func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
            func escaped(_ mark: String) -> [String] {
                (0...(digits.count - partCount)).map { begin in
                    digits[begin..<begin + partCount].map { mark + $0 }.joined()
                }
            }
            let words = (0...(digits.count - 8)).map { digits[$0..<$0 + 8].reversed().joined() }
            // What stands before it may change the first characters, and what is behind the last.
            let packed = ["", "x", "xx", "Bearer ", "user:"].flatMap { before in
                windows(String(base64(before + key).dropFirst(4 * ((before.count + 2) / 3))
                    .dropLast(4)), 16)
            }
            return windows(key, partCount) + windows(String(key.reversed()), partCount)
                + ["%", "%25", "\\u00", ""].flatMap(escaped) + words + packed
        })

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
        ["run", "SCRIPT"],
    ]

    /// What an order goes through.
    private static func orderCommands(_ id: String) -> [[String]] {
        [
            ["status", id], ["wait", id, "--wait", "2s"], ["resend", id], ["swap", id],
            ["reuse", id], ["finish", id], ["cancel", id], ["orders", "--json"],
            ["stats", "--csv"], ["sweep", "--settle", "2s"],
        ]
    }

    // Purchases are answered as they should be, everything else repeats its request.
    private static let struck = [
        "balance", "check", "cancel", "finish", "resend", "reuse", "swap", "list",
    ].map { "echo:any:\($0):0" }

    private static func leaks(_ text: String) -> [String] {
        let low = text.lowercased()
        return marks.filter { low.contains($0) }
    }

    // Every byte below a folder and every name, as text.
    private static func written(below folder: String) -> String {
        let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }
        return (paths ?? []).compactMap { path in
            FileManager.default.contents(atPath: folder + "/" + path)
                .map { path + "\n" + String(decoding: $0, as: UTF8.self) }
        }.joined(separator: "\n")
    }

    @Test(arguments: [[], ["echo:any:any:0"], ["cut:any:any:0"]])
    func `no command writes a byte of a key`(_ faults: [String]) async throws {
        try await SimulatedWorld.run(faults: faults, keys: Self.keys) { world in
            let script = world.home + "-canary.lua"
            try Data(Self.script.utf8).write(to: URL(filePath: script))
            defer { try? FileManager.default.removeItem(atPath: script) }
            for (number, command) in Self.commands.enumerated() {
                let arguments = command.map { $0 == "SCRIPT" ? script : $0 }
                let isRun = command[0] == "run"
                let plain = ["--log-level", "trace"]
                // Where nothing is repeated, one form of each command is enough.
                let all = [plain, ["--json"] + plain]
                for options in faults.first?.hasPrefix("echo") == true ? all : [all[number % 2]] {
                    let all = isRun ? ["run"] + options + [script] : arguments + options
                    let run = try await ProgramRun.run(all, world.environment)
                    #expect(run.status != 70 && run.status < 128, "\(all): \(run.errors)")
                    #expect(Self.leaks(run.output) == [], "\(all)")
                    #expect(Self.leaks(run.errors) == [], "\(all)")
                }
            }
            #expect(Self.leaks(Self.written(below: world.home)) == [])
        }
    }

    @Test(arguments: ["legitsms", "ismscode", "smscode", "virtualsms"])
    func `no command on an order writes a byte of a key`(_ provider: String) async throws {
        try await SimulatedWorld.run(faults: Self.struck, keys: Self.keys) { world in
            let options = ["--log-level", "trace"]
            let run = try await ProgramRun.run(
                ["buy", "--service", "whatsapp", "--country", "ID", "--provider", provider]
                    + ["--json"] + options, world.environment)
            let bought = try JSONDecoder().decode(Bought.self, from: Data(run.output.utf8))
            for command in Self.orderCommands(bought.order) {
                let run = try await ProgramRun.run(command + options, world.environment)
                #expect(run.status != 70 && run.status < 128, "\(command): \(run.errors)")
                #expect(Self.leaks(run.output + run.errors) == [], "\(command)")
            }
            #expect(Self.leaks(Self.written(below: world.home)) == [])
            let last = try await ProgramRun.run(
                ["status", bought.order] + options, world.environment)
            #expect(last.errors.contains(Redactor.mask), "nothing was repeated")
        }
    }

    private struct Bought: Decodable {
        let order: String
    }

    @Test func `the marks are found where they are`() {
        for key in Self.keys.values.joined() {
            #expect(!Self.leaks("x \(key) y").isEmpty)
            #expect(!Self.leaks("x \(key.dropFirst(7).dropLast(5)) y").isEmpty)
            #expect(!Self.leaks(String(key.reversed())).isEmpty)
            #expect(!Self.leaks(Data(key.utf8).base64EncodedString()).isEmpty)
            #expect(!Self.leaks(Data("Bearer \(key)".utf8).base64EncodedString()).isEmpty)
        }
    }

    @Test func `a crash tells nothing of a key`() async throws {
        try await SimulatedWorld.run(faults: ["hang:any:any:0"], keys: Self.keys) { world in
            var environment = world.environment
            environment["SWIFT_BACKTRACE"] =
                "enable=yes,color=no,interactive=no,symbolicate=off,threads=all,registers=all"
            let process = ProgramRun.process(ProgramRun.binary, ["balance"], environment)
            try process.run()
            try await Task.sleep(for: .seconds(1))
            kill(process.processIdentifier, SIGSEGV)
            process.waitUntilExit()
            var told = ""
            let streams = [process.standardOutput, process.standardError].compactMap { $0 as? Pipe }
            for stream in streams {
                told += String(
                    decoding: stream.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            }
            #expect(told.contains("crashed") && told.contains("rip"), "no report: \(told)")
            #expect(Self.leaks(told) == [])
            #expect(Self.leaks(Self.written(below: world.home)) == [])
        }
    }
}
