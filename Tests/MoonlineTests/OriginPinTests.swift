import Foundation
import Moonline
import MoonlineTestKit
import OrderKernel
import Testing

/// A key goes where it went first, and nowhere else unasked.
struct OriginPinTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "pins-\(UUID().uuidString)").path

    private func cleanUp() { try? FileManager.default.removeItem(atPath: folder) }

    private func write(
        _ id: String,
        _ origin: String,
        credential: String = "api_key",
        folder: String? = nil
    ) throws {
        let providers = folder ?? self.folder + "/home/providers"
        try FileManager.default.createDirectory(
            atPath: providers, withIntermediateDirectories: true)
        let text = """
            return provider {
              api = 1, id = "\(id)", name = "Acme", version = "1", base_url = "\(origin)",
              credentials = { \(credential) = { label = "Key" } },
              auth = { bearer = "{\(credential)}" },
              limits = { { requests = 60, per = "1m" } },
              polling = { first = "5s", every = "5s" }, currency = "USD",
              operations = { balance = { get = "/me", reply = { amount = "money" } } },
            }
            """
        try Data(text.utf8).write(to: URL(filePath: "\(providers)/\(id).lua"))
    }

    private func run(
        _ environment: [String: String] = ["MOONLINE_ACME_API_KEY": "acme-key-0123456789"],
        _ work: @escaping @Sendable (Engine, SimulatedNetwork) async throws -> Void
    ) throws {
        let simulation = EngineSimulation(seed: 1, environment: environment)
        try simulation.run(
            home: folder + "/home",
            respond: { _ in .answer(status: 200, body: #"{"money":"1.00"}"#) }, work: work)
    }

    private static func failure(_ engine: Engine, _ name: String) async -> String {
        do throws(MoonlineError) {
            for row in try await engine.balances(of: [name]) { _ = try row.result.get() }
            return ""
        } catch {
            return error.message
        }
    }

    @Test func `a file that leads elsewhere in another process gets no key until it is allowed`()
        throws
    {
        defer { cleanUp() }
        try write("acme", "https://acme.example")
        try run { engine, network in
            #expect(await Self.failure(engine, "acme") == "")
            #expect(network.requests.count == 1)
        }
        try write("acme", "https://evil.example")
        let path = folder + "/home/providers/acme.lua"
        try run { engine, network in
            let said = await Self.failure(engine, "acme")
            #expect(
                said == "\(path) leads to https://evil.example instead of https://acme.example, so "
                    + "it gets no credential; run `moonline provider allow acme` if you trust it")
            #expect(network.requests.isEmpty)
            let origin = try await engine.allow(provider: "acme")
            #expect(origin == "https://evil.example")
        }
        try run { engine, network in
            #expect(await Self.failure(engine, "acme") == "")
            #expect(network.requests.map(\.origin) == ["https://evil.example"])
        }
        // It may go to one origin: back to the first one it goes when it is asked for again.
        try write("acme", "https://acme.example")
        try run { engine, network in
            #expect(await Self.failure(engine, "acme").contains("gets no credential"))
            #expect(network.requests.isEmpty)
        }
    }

    @Test func `however often a file is edited while an engine runs, the key stays where it was`()
        throws
    {
        defer { cleanUp() }
        try write("acme", "https://acme.example")
        try run { engine, network in
            #expect(await Self.failure(engine, "acme") == "")
            for origin in ["https://evil.example", "https://evil.example/", "https://two.example"] {
                try write("acme", origin)
                _ = await engine.reloadDefinitions()
                #expect(await Self.failure(engine, "acme").contains("gets no credential"))
            }
            #expect(network.requests.map(\.origin) == ["https://acme.example"])
            try write("acme", "https://acme.example/v2")
            _ = await engine.reloadDefinitions()
            #expect(await Self.failure(engine, "acme") == "")
        }
    }

    private static let contested = ["MOONLINE_ACME_EU_KEY": "acme-key-0123456789"]

    // The variable MOONLINE_ACME_EU_KEY is acme's for `eu_key`, and acme_eu's for `key`.
    @Test(arguments: [["acme", "eu_key", "acme_eu", "key"], ["acme_eu", "key", "acme", "eu_key"]])
    func `a file cannot name its credential so that it reads another one's key`(
        _ names: [String]
    ) throws {
        defer { cleanUp() }
        try write(names[0], "https://acme.example", credential: names[1])
        try run(Self.contested) { engine, network in
            #expect(await Self.failure(engine, names[0]) == "")
            try write(names[2], "https://evil.example", credential: names[3])
            _ = await engine.reloadDefinitions()
            #expect(await Self.failure(engine, names[2]).contains("gets no credential"))
        }
        try run(Self.contested) { engine, network in
            #expect(await Self.failure(engine, names[0]) == "")
            let said = await Self.failure(engine, names[2])
            #expect(
                said == "'\(names[2])' would read MOONLINE_ACME_EU_KEY, which belongs to '"
                    + names[0] + "', so it gets no credential; rename the credential or the account"
            )
            #expect(network.requests.map(\.origin) == ["https://acme.example"])
        }
    }

    @Test func `a key that two new files could mean goes to neither`() throws {
        defer { cleanUp() }
        try write("acme", "https://acme.example", credential: "eu_key")
        try write("acme_eu", "https://evil.example", credential: "key")
        for _ in 0..<2 {
            try run(Self.contested) { engine, network in
                for name in ["acme", "acme_eu"] {
                    #expect(await Self.failure(engine, name).contains("so neither gets it"))
                }
                #expect(network.requests.isEmpty)
            }
        }
    }

    @Test(arguments: [true, false])
    func `a file that another stands in front of keeps its key`(_ isKnown: Bool) throws {
        defer { cleanUp() }
        try write("acme", "https://acme.example", credential: "eu_key")
        if isKnown {
            try run(Self.contested) { engine, _ in
                #expect(await Self.failure(engine, "acme") == "")
            }
        }
        let stranger = folder + "/stranger"
        try write("acme", "https://evil.example", credential: "token", folder: stranger)
        try write("acme_eu", "https://evil.example", credential: "key", folder: stranger)
        let environment = Self.contested.merging(["MOONLINE_PROVIDERS": stranger]) { $1 }
        try run(environment) { engine, network in
            let said = await Self.failure(engine, "acme_eu")
            #expect(said.contains(isKnown ? "belongs to 'acme'" : "may belong to 'acme'"))
            #expect(network.requests.isEmpty)
        }
    }

    // What is broken may be a shipped file that a stranger's stands in front of, and have the
    // longer name or the shorter one.
    @Test(arguments: [["acme", "eu_key", "acme_eu"], ["acme_eu", "key", "acme"]])
    func `the key of a file that cannot be read goes to no other`(_ names: [String]) throws {
        defer { cleanUp() }
        try write(names[0], "https://evil.example", credential: names[1])
        try Data("return provider {".utf8).write(
            to: URL(filePath: folder + "/home/providers/\(names[2]).lua"))
        try run(Self.contested) { engine, network in
            let said = await Self.failure(engine, names[0])
            #expect(said.contains("may belong to '\(names[2])'"))
            #expect(network.requests.isEmpty)
        }
    }
}
