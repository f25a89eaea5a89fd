import Foundation
import Moonline
import MoonlineTestKit
import Testing

/// What `doctor` tells of accounts.
struct ExaminationTests {
    @Test(arguments: [
        ("https://api.example.com", false), ("http://api.example.com", true),
        ("http://198.51.99.7", true), ("http://127.0.0.1:8080", false),
        ("http://localhost:8080", false), ("http://10.0.0.7", false),
    ])
    func `a key that goes through the Internet in the clear is told`(
        _ url: String,
        _ isTold: Bool
    ) throws {
        let stage = Stage(["legitsms"], more: ["MOONLINE_LEGITSMS_BASE_URL": url])
        defer { stage.cleanUp() }
        try stage.run({ _ in .answer(status: 200, body: "{}") }) { engine, _ in
            let findings = await engine.examine(asksProviders: false)
            let account = try #require(findings.first { $0.what == "account legitsms" })
            #expect(account.detail.contains("not encrypted") == isTold, "\(account.detail)")
        }
    }
}
