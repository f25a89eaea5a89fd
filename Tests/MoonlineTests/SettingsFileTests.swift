import Foundation
import Moonline
import MoonlineTestKit
import OrderKernel
import Testing

/// The settings say where keys go.
struct SettingsFileTests {
    // As many who keep their settings elsewhere do, and as containers get them.
    @Test(arguments: [(0o600, true), (0o666, false)])
    func `a link counts as the file that it leads to`(_ mode: Int, _ isRead: Bool) throws {
        let stage = Stage(["legitsms"])
        defer { stage.cleanUp() }
        try stage.configure("caps: { per_run: 1 }")
        let (link, file) = (stage.home + "/config.yaml", stage.home + "/elsewhere.yaml")
        try FileManager.default.moveItem(atPath: link, toPath: file)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        do {
            try stage.run({ _ in .answer(status: 200, body: "{}") }, { _, _ in })
            #expect(isRead)
        } catch let error as MoonlineError {
            #expect(!isRead && error.message.contains("everybody can change"))
        }
    }

    // Its caps are not there yet, or not any more.
    @Test func `a link that leads nowhere is no missing file`() throws {
        let stage = Stage(["legitsms"])
        defer { stage.cleanUp() }
        try stage.configure("")
        let file = stage.home + "/config.yaml"
        try FileManager.default.removeItem(atPath: file)
        try FileManager.default.createSymbolicLink(
            atPath: file, withDestinationPath: stage.home + "/elsewhere.yaml")
        let error = #expect(throws: MoonlineError.self) {
            try stage.run({ _ in .answer(status: 200, body: "{}") }, { _, _ in })
        }
        #expect(error?.message.contains("where it leads if it is a link") == true)
    }

    // A pipeline sets variables to nothing that it has no value for.
    @Test(arguments: ["BASE_URL", "LIMIT", "POLL_EVERY", "API_KEY_FILE"])
    func `an empty variable is none`(_ name: String) throws {
        let stage = Stage(["legitsms"], more: ["MOONLINE_LEGITSMS_\(name)": ""])
        defer { stage.cleanUp() }
        try stage.run(LegitSMSModel(looksUntilCode: 1).answer) { engine, _ in
            _ = try await engine.buy(BuyRequest(service: "whatsapp", country: "ID"))
        }
    }

    @Test func `a key file without end is not read to its end`() throws {
        let stage = Stage(["legitsms"], more: ["MOONLINE_LEGITSMS_API_KEY_FILE": "/dev/zero"])
        defer { stage.cleanUp() }
        try stage.run(LegitSMSModel(looksUntilCode: 1).answer) { engine, _ in
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.buy(BuyRequest(service: "whatsapp", country: "ID"))
            }
            #expect(error?.code == .auth)
        }
    }

    @Test(arguments: [("limit: 30", "is no limit"), ("poll_every: soon", "is no duration")])
    func `a mistake in the file is not said to be in a variable`(
        _ row: (line: String, problem: String)
    ) throws {
        let stage = Stage(["legitsms"])
        defer { stage.cleanUp() }
        try stage.configure("accounts: { legitsms: { \(row.line) } }")
        let error = #expect(throws: MoonlineError.self) {
            try stage.run({ _ in .answer(status: 200, body: "{}") }, { _, _ in })
        }
        let key = row.line.prefix { $0 != ":" }
        let said = "accounts.legitsms.\(key) in config.yaml \(row.problem)"
        #expect(error?.message.contains(said) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [(0o600, true), (0o644, true), (0o664, true), (0o666, false), (0o602, false)])
    func `a file that everybody can change is not read`(_ mode: Int, _ isRead: Bool) throws {
        let stage = Stage(["legitsms"])
        defer { stage.cleanUp() }
        try stage.configure("caps: { per_run: 1 }")
        let file = stage.home + "/config.yaml"
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        do {
            try stage.run({ _ in .answer(status: 200, body: "{}") }, { _, _ in })
            #expect(isRead)
        } catch let error as MoonlineError {
            #expect(!isRead && error.code == .invalid)
            #expect(error.message.contains("`chmod go-w \(file)`"))
        }
    }
}
