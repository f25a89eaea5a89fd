import Foundation
import Moonline
import MoonlineTestKit
import OrderKernel
import Synchronization
import Testing

/// What a stranger's definition and its server learn of another account's key: a text of their
/// choice that is masked would tell whether it is a part of it.
struct ForeignKeyTests {
    private static let key = "acme-key-0123456789abcdef"

    private static func definition(_ id: String, login: Bool) -> String {
        """
        return provider {
          api = 1, id = "\(id)", name = "\(id)", version = "1",
          base_url = "https://\(id).example", currency = "USD",
          credentials = { api_key = { label = "Key" } },
          auth = { \(login ? byLogin : #"bearer = "{api_key}""#) },
          limits = { { requests = 600, per = "1m" } }, polling = { first = "5s", every = "5s" },
          errors = { "code", message = "said", bad = "invalid" },
          operations = { balance = { get = "/me", reply = { amount = "money" } } },
        }
        """
    }

    private static let byLogin = """
        login = { post = "/auth", token = "token", lifetime = "15m",
                  header = { ["X-Key"] = "{api_key}" } }, bearer = "{login}"
        """

    private func message(of id: String, login: Bool) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let providers = folder.appending(path: "home/providers")
        try FileManager.default.createDirectory(at: providers, withIntermediateDirectories: true)
        for (name, hasLogin) in [("acme", false), ("evil", login)] {
            let text = Self.definition(name, login: hasLogin)
            try Data(text.utf8).write(to: providers.appending(path: "\(name).lua"))
        }
        let simulation = EngineSimulation(
            seed: 1,
            environment: [
                "MOONLINE_ACME_API_KEY": Self.key, "MOONLINE_EVIL_API_KEY": "evil-key-987654321",
            ])
        let found = Mutex("")
        try simulation.run(
            home: folder.path + "/home",
            respond: { _ in
                .answer(status: 401, body: #"{"code":"bad","said":"not \#(Self.key)"}"#)
            },
            work: { engine, _ in
                guard case .failure(let error)? = try await engine.balances(of: [id]).first?.result
                else { return }
                found.withLock { $0 = error.message }
            })
        return found.withLock(\.self)
    }

    @Test(arguments: [false, true])
    func `what another one's server says is not masked by a key that it does not have`(
        _ login: Bool
    ) throws {
        #expect(try message(of: "evil", login: login).contains(Self.key))
    }

    @Test func `a key that its own server repeats is masked`() throws {
        let said = try message(of: "acme", login: false)
        #expect(said.contains("not ‹redacted›") && !said.contains("0123456789"))
    }
}
