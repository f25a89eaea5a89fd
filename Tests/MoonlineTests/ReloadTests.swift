import Foundation
import Moonline
import MoonlineTestKit
import OrderKernel
import Testing

/// Definition files that are edited while an engine runs.
struct ReloadTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "reload-\(UUID().uuidString)").path

    private var file: String { folder + "/providers/virtualsms.lua" }

    private func cleanUp() { try? FileManager.default.removeItem(atPath: folder) }

    // A copy of the shipped file, alone in its folder.
    private func prepare() throws -> EngineSimulation {
        try FileManager.default.createDirectory(
            atPath: folder + "/providers", withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: Stage.providers + "/virtualsms.lua", toPath: file)
        return EngineSimulation(
            seed: 1, providers: folder + "/providers",
            environment: ["MOONLINE_VIRTUALSMS_API_KEY": "vms-key"])
    }

    private func edit(_ text: String, into replacement: String) throws {
        let before = try String(contentsOfFile: file, encoding: .utf8)
        #expect(before.contains(text))
        try Data(before.replacing(text, with: replacement).utf8).write(to: URL(filePath: file))
    }

    private static let plain = #"get   = "/customer/order/{id}","#
    private static let marked = #"get   = "/customer/order/{id}?v=2","#
    private static let request = BuyRequest(service: "telegram", country: "ID")

    private static func looks(_ network: SimulatedNetwork) -> [String] {
        network.requests.map(\.target).filter { $0.contains("/customer/order/") }
    }

    @Test func `an edited file is used for new orders, and running ones keep theirs`() throws {
        defer { cleanUp() }
        let simulation = try prepare()
        let model = VirtualSMSModel()
        let home = folder + "/home"
        try simulation.run(home: home, respond: model.answer) { engine, network in
            let number = try await engine.buy(Self.request)
            try edit(Self.plain, into: Self.marked)
            // The tests of the file expect the path that it had.
            try edit(#"path = "/api/v1/customer/order/5f0c-1", "#, into: "")
            try edit(
                #"sends = { path = "/api/v1/customer/order/x%2F..%2Fbalance" },"#, into: "")
            #expect(await engine.reloadDefinitions() == [])
            _ = try await engine.status(number.id)
            #expect(Self.looks(network).last == "/api/v1/customer/order/o-1")
        }
        // Another process knows the earlier text from the journal only.
        try simulation.run(home: home, respond: model.answer) { engine, network in
            let order = try #require(try await engine.orders(openOnly: true).first)
            _ = try await engine.status(order.id)
            #expect(Self.looks(network) == ["/api/v1/customer/order/o-1"])
            let second = try await engine.buy(Self.request)
            _ = try await engine.status(second.id)
            #expect(Self.looks(network).last == "/api/v1/customer/order/o-2?v=2")
        }
    }

    @Test(arguments: [
        ("api      = 1,", "api = 1, nonsense = 2,", "unknown key"),
        (#"waiting      = "waiting","#, #"waiting      = "received","#, "test "),
        ("return provider", "return provid er", "virtualsms.lua:"),
    ])
    func `a broken edit leaves the version before, and the reason is told`(
        _ row: (text: String, replacement: String, reason: String)
    ) throws {
        defer { cleanUp() }
        let simulation = try prepare()
        let model = VirtualSMSModel()
        try simulation.run(home: folder + "/home", respond: model.answer) { engine, network in
            try edit(row.text, into: row.replacement)
            let problems = await engine.reloadDefinitions()
            #expect(problems.count == 1)
            #expect(problems.first?.contains(row.reason) == true, "\(problems)")
            #expect(await engine.reloadDefinitions() == [])
            let number = try await engine.buy(Self.request)
            #expect(number.phone == "+62811122231")
        }
    }

    @Test func `what was not edited is not read again`() throws {
        defer { cleanUp() }
        let simulation = try prepare()
        let model = VirtualSMSModel()
        // Whole seconds, which every file system keeps.
        let age = Date(timeIntervalSince1970: 1_700_000_000)
        try FileManager.default.setAttributes([.modificationDate: age], ofItemAtPath: file)
        try simulation.run(home: folder + "/home", respond: model.answer) { engine, _ in
            // As long as before and as old: a file that were read would be refused now.
            try edit("api      = 1,", into: "api      = 2,")
            try FileManager.default.setAttributes([.modificationDate: age], ofItemAtPath: file)
            #expect(await engine.reloadDefinitions() == [])
            try FileManager.default.setAttributes(
                [.modificationDate: age.addingTimeInterval(60)], ofItemAtPath: file)
            #expect(await engine.reloadDefinitions().count == 1)
        }
    }
}
