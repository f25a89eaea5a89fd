import Foundation
import Simulator
import Testing

/// Keys that are easy to find, in every credential: not one byte of them is written anywhere, by
/// any command, whatever the provider repeats.
@Suite(.serialized)
struct CanaryTests {
    private static let keys: [SimulatedProvider: [String]] = [
        .legitSMS: ["CanaryLegit+0123/4567=="], .iSMScode: ["CanaryIsms+0123/4567=="],
        .smsCode: ["CanaryCode+0123/4567=="], .virtualSMS: ["CanaryVirtual+0123/4567=="],
    ]

    // In any of these forms a key is one still.
    private static let marks: [String] = keys.values.joined().flatMap { key -> [String] in
        let begin = String(key.prefix(9)).lowercased()
        let bytes = Array(key.prefix(9).utf8)
        let digits = bytes.map { String($0, radix: 16) }
        func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
        return [
            begin, digits.map { "%" + $0 }.joined(), digits.map { "%25" + $0 }.joined(),
            digits.map { "\\u00" + $0 }.joined(), digits.joined(),
            String(base64(key).prefix(12)).lowercased(),
            String(base64("x" + key).dropFirst(4).prefix(8)).lowercased(),
            String(base64("Bearer " + key).dropFirst(12).prefix(8)).lowercased(),
        ]
    }

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
        ["status", "o-1"], ["wait", "o-1"], ["cancel", "o-1"], ["finish", "o-1"], ["resend", "o-1"],
        ["reuse", "o-1"], ["swap", "o-1"], ["resolve", "o-1", "--bought"],
        ["provider", "list"], ["provider", "explain", "smscode"], ["provider", "test", "legitsms"],
        ["provider", "test", "smscode", "--live", "balance"],
        ["provider", "test", "virtualsms", "--live", "balance"],
        ["provider", "record", "legitsms", "balance"], ["provider", "allow", "smscode"],
        ["run", "SCRIPT"],
    ]

    private static func leaks(_ text: String) -> [String] {
        let low = text.lowercased()
        return marks.filter { low.contains($0) }
    }

    // Every byte below a folder, as text.
    private static func written(below folder: String) -> String {
        let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }
        return (paths ?? []).compactMap { path in
            FileManager.default.contents(atPath: folder + "/" + path)
                .map { String(decoding: $0, as: UTF8.self) }
        }.joined()
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

    @Test func `the marks are found where they are`() {
        for key in Self.keys.values.joined() {
            #expect(!Self.leaks("x \(key) y").isEmpty)
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
            let streams = [process.standardOutput, process.standardError].compactMap { $0 as? Pipe }
            for stream in streams {
                let text = String(
                    decoding: stream.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                #expect(Self.leaks(text) == [])
            }
            #expect(Self.leaks(Self.written(below: world.home)) == [])
        }
    }
}
