import Foundation
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
