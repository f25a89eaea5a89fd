import Foundation
import OrderKernel
import Testing

/// What programs read is what `MachineOutput.md` says.
@Suite(.serialized)
struct MachineOutputTests {
    private typealias Members = [String: Any]

    private static let page: [[String]] = {
        let file = ProgramRun.root.appending(
            path: "Sources/Moonline/Moonline.docc/MachineOutput.md")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { $0.hasPrefix("| ") }.map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }()

    // The names in backticks of a row's last cell, whose first cell begins with a name.
    private static func members(_ name: String) throws -> Set<String> {
        try names(in: try #require(page.first { $0.first?.hasPrefix("`\(name)`") == true }))
    }

    private static func rows(_ command: String) throws -> Set<String> {
        let start = page.firstIndex { $0.first == "command" } ?? 0
        let row = page[start...].first { $0.first?.hasPrefix("`\(command)`") == true }
        return try names(in: try #require(row))
    }

    private static func names(in row: [String]) throws -> Set<String> {
        let parts = try #require(row.last).components(separatedBy: "`")
        return Set(stride(from: 1, to: parts.count, by: 2).map { parts[$0] })
    }

    private static func objects(_ run: ProgramRun) throws -> [Members] {
        try run.lines.map { line in
            let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
            return try #require(value as? Members, "\(line)")
        }
    }

    private static let verify = [
        "verify", "--service", "whatsapp", "--country", "ID", "--provider", "legitsms", "--json",
    ]

    @Test func `number, code and the rows of lists have the members that are documented`()
        async throws
    {
        try await SimulatedWorld.run { world in
            let events = try Self.objects(try await ProgramRun.run(Self.verify, world.environment))
            for name in ["number", "code", "done", "buying", "offers"] {
                let event = try #require(events.first { $0["event"] as? String == name })
                #expect(Set(event.keys) == (try Self.members(name)).union(["event"]), "\(name)")
            }
            let lists = [
                "orders": [], "offers": ["--service", "whatsapp", "--country", "ID"],
                "balance": ["legitsms"], "stats": [], "provider list": [],
            ]
            for (name, options) in lists {
                let words = name.split(separator: " ").map(String.init) + options + ["--json"]
                let run = try await ProgramRun.run(words, world.environment)
                let row = try #require(try Self.objects(run).first, "\(name)")
                let isOptional = name == "balance" ? ["error"] : []
                #expect(Set(row.keys) == (try Self.rows(name)).subtracting(isOptional), "\(name)")
            }
        }
    }

    @Test func `codes of errors and their statuses are those of the page`() {
        let rows = Self.page.suffix(ErrorCode.allCases.count).map { Array($0.prefix(3)) }
        let wanted = ErrorCode.allCases.map {
            ["`\($0.rawValue)`", "\($0.exitStatus)", $0.meaning]
        }
        #expect(Set(rows) == Set(wanted))
    }

    // A script reads a one-time code by its name.
    @Test func `no event but those of a code has a code`() async throws {
        try await SimulatedWorld.run(faults: ["503:legitsms:buy:0"]) { world in
            let events = try Self.objects(
                try await ProgramRun.run(Self.verify + ["--settle", "0"], world.environment))
            for event in events where event["code"] != nil {
                #expect(["code", "late_code"].contains(event["event"] as? String), "\(event)")
            }
            let setback = events.first { $0["event"] as? String != "code" && $0["error"] != nil }
            let error = try #require(setback?["error"] as? Members)
            #expect(error["code"] as? String == "unknown_purchase")
        }
    }

    @Test(arguments: [
        ["balance"], ["offers", "--service", "whatsapp", "--country", "ID"],
    ])
    func `an account that failed is told beside those that did not`(
        _ command: [String]
    ) async throws {
        let faults = ["503:legitsms:balance:0", "503:legitsms:offers:0"]
        try await SimulatedWorld.run(faults: faults) { world in
            let run = try await ProgramRun.run(command + ["--json"], world.environment)
            #expect(run.status == 0)
            let rows = try Self.objects(run).filter { $0["account"] as? String == "legitsms" }
            #expect(rows.count == 1)
            let error = try #require(rows.first?["error"] as? Members)
            #expect(error["code"] as? String == "unavailable")
        }
    }

    @Test(arguments: [
        ["provider", "check", "BROKEN"], ["provider", "test", "BROKEN"],
        ["provider", "allow", "smscode"], ["provider", "explain", "smscode"],
        ["provider", "diff", "smscode", "legitsms"], ["provider", "types"],
        ["provider", "reference"], ["provider", "test", "smscode", "--live", "balance"],
        ["provider", "new", "acme", "--base-url", "https://api.acme.example"],
        ["run", "SCRIPT"], ["run", "SCRIPT", "--help"], ["doctor"], ["status", "none"],
        ["countries", "legitsms"], ["call", "smscode", "balance"], ["verfy"],
    ])
    func `each line is an object`(_ command: [String]) async throws {
        try await SimulatedWorld.run { world in
            try FileManager.default.createDirectory(
                atPath: world.home, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            let script = world.home + "/script.lua"
            try Data("print(1) show { a = 1 } return { 2 }".utf8).write(to: URL(filePath: script))
            let broken = world.home + "/broken.lua"
            try Data("return provider { api = 1 }".utf8).write(to: URL(filePath: broken))
            let words = command.map { $0 == "SCRIPT" ? script : $0 == "BROKEN" ? broken : $0 }
            let run = try await ProgramRun.run(words + ["--json"], world.environment)
            #expect(!run.lines.isEmpty, "\(run.errors)")
            _ = try Self.objects(run)
        }
    }

    @Test func `simulate tells its port and variables, and ends with the signal's status`()
        async throws
    {
        let process = ProgramRun.process(ProgramRun.binary, ["simulate", "--json"], [:])
        let output = try #require(process.standardOutput as? Pipe).fileHandleForReading
        try process.run()
        #expect(await ProgramRun.firstByte(of: output) == UInt8(ascii: "{"))
        process.terminate()
        while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
        #expect(process.terminationStatus == 143)
        let rest = String(decoding: try output.readToEnd() ?? Data(), as: UTF8.self)
        let line = "{" + (rest.split(separator: "\n").first ?? "")
        let event = try #require(
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? Members)
        #expect(Set(event.keys) == ["event", "port", "variables"])
        let variables = try #require(event["variables"] as? [String: String])
        #expect(variables["MOONLINE_LEGITSMS_API_KEY"]?.isEmpty == false)
    }

    @Test func `demo uses no account of the user's`() async throws {
        let run = try await ProgramRun.run(
            ["demo", "--speed", "50"],
            [
                "MOONLINE_SMSCODE_TOKEN_FILE": "/nowhere", "MOONLINE_LEGITSMS_API_KEY": "mine",
                "CREDENTIALS_DIRECTORY": "/nowhere",
            ])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("4 numbers verified"))
    }

    @Test func `a code that a script was handed and did not return is told`() async throws {
        try await SimulatedWorld.run { world in
            let script = world.home + ".lua"
            defer { try? FileManager.default.removeItem(atPath: script) }
            let source = """
                local what = { service = "whatsapp", country = "ID", providers = "legitsms" }
                local number = assert(otp.buy(what))
                assert(number:wait_code("90s"))
                number:finish()
                error("gone wrong")
                """
            try Data(source.utf8).write(to: URL(filePath: script))
            let run = try await ProgramRun.run(["run", script, "--json"], world.environment)
            let told = try Self.objects(run).first { $0["event"] as? String == "late_code" }
            #expect(run.status != 0 && (told?["code"] as? String)?.isEmpty == false)
        }
    }

    // The number's hold lasts two minutes, which are two and a half seconds here.
    @Test func `a signal while numbers are given back makes no failure of what was done`()
        async throws
    {
        try await SimulatedWorld.run { world in
            let script = world.home + ".lua"
            defer { try? FileManager.default.removeItem(atPath: script) }
            let source = """
                assert(otp.buy { service = "whatsapp", country = "ID", providers = "smscode" })
                return 1
                """
            try Data(source.utf8).write(to: URL(filePath: script))
            let process = ProgramRun.process(
                ProgramRun.binary, ["run", script], world.environment)
            let output = try #require(process.standardOutput as? Pipe).fileHandleForReading
            try process.run()
            #expect(await ProgramRun.firstByte(of: output) == UInt8(ascii: "1"))
            process.interrupt()
            while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
            #expect(process.terminationStatus == 0)
            let orders = try await ProgramRun.run(["orders", "--json"], world.environment)
            // Given back, or used if a code came in time.
            #expect(!orders.lines.isEmpty && !orders.output.contains("\"state\":\"waiting\""))
        }
    }
}
