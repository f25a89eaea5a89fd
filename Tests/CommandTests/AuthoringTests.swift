import Foundation
import Simulator
import Testing

/// Writing a definition with the program's help: new, test --live, record, types, reference.
@Suite(.serialized)
struct AuthoringTests {
    private static let folder = FileManager.default.temporaryDirectory

    private static func withFolder(
        _ body: (_ folder: String) async throws -> Void
    ) async throws {
        let path = folder.appending(path: "authoring-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(path)
    }

    @Test func `new writes a file from curl lines and samples, and it passes its tests`()
        async throws
    {
        try await Self.withFolder { folder in
            let run = try await ProgramRun.run([
                "provider", "new", "acme", "--folder", folder,
                "--curl", "balance=curl https://api.acme.example/v1/me -H 'X-Api-Key: s3cr3t'",
                "--reply", #"balance={"balance":"1.50"}"#,
            ])
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.lines == ["\(folder)/acme.lua"])
            let text = try String(contentsOfFile: run.lines[0], encoding: .utf8)
            #expect(!text.contains("s3cr3t"))
            #expect(text.contains(#"auth = { header = { ["X-Api-Key"] = "{api_key}" } }"#))
            for command in ["check", "test"] {
                let run = try await ProgramRun.run(["provider", command, "\(folder)/acme.lua"])
                #expect(run.status == 0, "\(run.errors)")
            }
            let again = try await ProgramRun.run([
                "provider", "new", "acme", "--folder", folder, "--base-url", "https://h.example",
                "--auth", "bearer", "--operation", "balance=GET /me",
            ])
            #expect(again.status == 64)
            #expect(again.errors.contains("is there already; --force replaces it"))
        }
    }

    @Test(arguments: [[], ["--force"]])
    func `a new file is written through no link`(_ options: [String]) async throws {
        try await Self.withFolder { folder in
            let elsewhere = folder + "/elsewhere"
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/acme.lua", withDestinationPath: elsewhere)
            let run = try await ProgramRun.run(
                [
                    "provider", "new", "acme", "--folder", folder, "--base-url",
                    "https://h.example", "--auth", "bearer", "--operation", "balance=GET /me",
                ] + options)
            #expect(!FileManager.default.fileExists(atPath: elsewhere))
            #expect(run.errors.contains("is there already") == options.isEmpty)
        }
    }

    @Test(arguments: [false, true])
    func `a key that the program knows is written into no file`(isFile: Bool) async throws {
        let key = "s3cr3t-Key-0123456789"
        try await Self.withFolder { folder in
            let file = folder + "/key"
            try Data((key + "\n").utf8).write(to: URL(filePath: file))
            let run = try await ProgramRun.run(
                [
                    "provider", "new", "acme", "--folder", folder,
                    "--auth", "bearer",
                    "--curl", "balance=curl https://api.acme.example/\(key)/me",
                    "--reply", #"balance={"balance":"1.50"}"#,
                ],
                isFile ? ["MOONLINE_ACME_KEY_FILE": file] : ["MOONLINE_ACME_KEY": key])
            #expect(run.status != 0)
            #expect(run.errors.contains("a sample holds the key of MOONLINE_ACME_KEY"))
            #expect(!(run.output + run.errors).contains(key))
            #expect(!FileManager.default.fileExists(atPath: folder + "/acme.lua"))
        }
    }

    @Test func `a key that a sample repeats in another form is not in the file`() async throws {
        let key = "s3cr3t-Key-0123456789"
        let forms = [
            key.uppercased(), String(key.reversed()), Data(key.utf8).base64EncodedString(),
            key.utf8.map { String($0, radix: 16) }.joined(), String(key.dropFirst(4)),
        ]
        try await Self.withFolder { folder in
            let run = try await ProgramRun.run([
                "provider", "new", "acme", "--folder", folder,
                "--curl", "balance=curl https://api.acme.example/v1/me -H 'X-Api-Key: \(key)'",
                "--reply", #"balance={"balance":"1.50","said":"\#(forms.joined(separator: "|"))"}"#,
            ])
            #expect(run.status == 0, "\(run.errors)")
            let text = try String(contentsOfFile: run.lines[0], encoding: .utf8)
            for form in forms { #expect(!text.contains(form)) }
        }
    }

    @Test(arguments: [
        ([], "the base URL is missing: --base-url https://api.example.com/v1"),
        (["--base-url", "ftp://h"], "--base-url: 'ftp' is no scheme for this, use https"),
        (
            ["--base-url", "https://h.example"],
            "where the key goes is missing: --auth bearer, --auth \"header X-Api-Key\", "
                + "--auth \"query api_key\", --auth \"json key\", --auth \"form key\" or "
                + "--auth basic"
        ),
        (
            ["--base-url", "https://h.example", "--auth", "cookie"],
            "'cookie' is no place for a key, write bearer, basic, \"header X-Api-Key\", "
                + "\"query api_key\", \"json key\" or \"form key\""
        ),
        (
            ["--base-url", "https://h.example", "--auth", "bearer"],
            "an operation is needed: --operation \"balance=GET /balance\" or --curl"
        ),
        (
            ["--base-url", "https://h.example", "--auth", "bearer", "--operation", "buy=/orders"],
            "'/orders' is no request, write buy=GET /path"
        ),
        (
            [
                "--base-url", "https://h.example", "--auth", "bearer", "--operation",
                "buy=POST /orders", "--reply", "check={}",
            ],
            "--reply check has no request; add --operation or --curl"
        ),
    ])
    func `new says what is missing`(_ row: (options: [String], reason: String)) async throws {
        let run = try await ProgramRun.run(["provider", "new", "acme"] + row.options)
        #expect(run.status == 64)
        #expect(run.errors == "moonline: \(row.reason)\n")
    }

    @Test func `a live test shows request and reply without the key`() async throws {
        try await SimulatedWorld.run { world in
            let run = try await ProgramRun.run(
                ["provider", "test", "legitsms", "--live", "balance"], world.environment)
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.lines.first?.hasPrefix("GET http://127.0.0.1:") == true)
            #expect(run.output.contains("answered 200") && run.output.contains("25.50"))
            #expect(!run.output.contains("sim-legitsms-key"))
        }
    }

    /// The file of a provider `acme`, in the home of a world that answers for it.
    private static func acme(
        _ world: SimulatedWorld,
        _ operation: String
    ) throws -> (file: String, environment: [String: String]) {
        try FileManager.default.createDirectory(
            atPath: world.home, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let file = world.home + "/acme.lua"
        let text = """
            return provider {
              api = 1, id = "acme", name = "Acme", version = "1",
              base_url = "https://acme.example",
              credentials = { api_key = { label = "Key" } }, auth = { bearer = "{api_key}" },
              limits = { { requests = 60, per = "1m" } },
              polling = { first = "5s", every = "5s" }, currency = "USD",
              operations = {
                balance = { get = "/me", reply = { amount = "money" } },
                \(operation)
              },
            }
            """
        try Data(text.utf8).write(to: URL(filePath: file))
        var environment = world.environment
        environment["MOONLINE_ACME_API_KEY"] = "acme-key-7Zq3XvB9t2LmWc5R"
        environment["MOONLINE_ACME_BASE_URL"] = environment["MOONLINE_LEGITSMS_BASE_URL"]
        return (file, environment)
    }

    @Test(arguments: [["test", "--live"], ["test", "--json", "--live"], ["record"]])
    func `I2 an argument that is a key is shown nowhere`(_ words: [String]) async throws {
        try await SimulatedWorld.run { world in
            let (file, environment) = try Self.acme(
                world,
                """
                raw = { costs = false, post = "/raw/{t}?q={t}", headers = { ["X-T"] = "{t}" },
                  json = { t = "{t}" } },
                """)
            for account in ["ACME", "LEGITSMS"] {
                let key = try #require(environment["MOONLINE_\(account)_API_KEY"])
                let run = try await ProgramRun.run(
                    ["provider", words[0], file] + words.dropFirst() + ["raw", "t=\(key)"],
                    environment)
                #expect((run.output + run.errors).contains("‹redacted›"), "\(run.errors)")
                #expect(!(run.output + run.errors).contains(key))
            }
        }
    }

    @Test func `what a definition warns of is seen without asking for it`() async throws {
        try await SimulatedWorld.run { world in
            let (file, environment) = try Self.acme(
                world,
                """
                say = { costs = false, run = function()
                  log.info("a detail") log.warn("be careful")
                end },
                """)
            let run = try await ProgramRun.run(
                ["provider", "test", file, "--live", "say"], environment)
            #expect(run.errors.contains("warning: acme: be careful"), "\(run.errors)")
            #expect(!run.errors.contains("a detail"))
        }
    }

    @Test func `a live purchase needs --spend`() async throws {
        try await SimulatedWorld.run { world in
            let buy = ["provider", "test", "legitsms", "--live", "buy", "service=telegram"]
            let refused = try await ProgramRun.run(buy + ["country=US"], world.environment)
            #expect(refused.status == 64 && refused.errors.contains("add --spend"))
            #expect(try await world.account(of: .legitSMS).charges.isEmpty)
            let bought = try await ProgramRun.run(
                buy + ["country=US", "--spend"], world.environment)
            #expect(bought.status == 0 && bought.output.contains("answered 200"))
            #expect(try await world.account(of: .legitSMS).charges.count == 1)
            let open = try await ProgramRun.run(["orders", "--open"], world.environment)
            #expect(open.lines.count == 2)
        }
    }

    @Test func `a recorded test passes in the file`() async throws {
        try await SimulatedWorld.run { world in
            let shipped = ProgramRun.root.appending(path: "providers/smscode.lua").path
            let run = try await ProgramRun.run(
                ["provider", "record", shipped, "balance"], world.environment)
            #expect(run.status == 0, "\(run.errors)")
            try await Self.withFolder { folder in
                let text = try String(contentsOfFile: shipped, encoding: .utf8)
                let marked = try #require(text.firstRange(of: "  tests = {\n"))
                let file = "\(folder)/smscode.lua"
                let whole = text[..<marked.upperBound] + run.output + text[marked.upperBound...]
                try Data(whole.utf8).write(to: URL(filePath: file))
                let passed = try await ProgramRun.run(["provider", "test", file])
                #expect(passed.status == 0, "\(passed.output)")
            }
            let refused = try await ProgramRun.run(
                ["provider", "record", "virtualsms", "check", "id=nope"], world.environment)
            #expect(refused.status == 0 && refused.output.contains(#"fails = "not_found""#))
        }
    }

    @Test func `a lost answer under the contract of the client libraries is one charge`()
        async throws
    {
        try await SimulatedWorld.run(
            faults: ["lost:smscode:buy:1"], speaksContract: true
        ) { world in
            let run = try await ProgramRun.run(
                [
                    "verify", "--service", "whatsapp", "--country", "GB", "--provider",
                    "smscode_v2", "--strategy", "balanced",
                ], world.environment)
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.lines.count == 2)
            #expect(try await world.account(of: .smsCode).charges.count == 1)
        }
    }

    @Test func `the written reference is what the program prints`() async throws {
        let file = ProgramRun.root.appending(
            path: "Sources/Moonline/Moonline.docc/DefinitionFormat.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let run = try await ProgramRun.run(["provider", "reference"])
        #expect(run.output == text)
        let types = try await ProgramRun.run(["provider", "types"])
        #expect(types.status == 0 && types.output.hasPrefix("---@meta\n"))
    }
}
