import Foundation
import GRDB
import Moonline
import MoonlineTestKit

/// The real engine over one definition that a test wrote, in virtual time, with a home of its own.
struct DefinitionStage {
    let id: String
    let definition: String
    var environment: [String: String] = [:]
    /// Further definitions, by their ids.
    var others: [String: String] = [:]
    /// `config.yaml`.
    var settings = ""
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "moonline-\(UUID().uuidString)").path

    /// Where the journal lies while it runs.
    var home: String { folder + "/home" }

    /// Changes the journal as others find it: a trigger stands for a disk that is full.
    func change(_ sql: String) throws {
        try DatabaseQueue(path: home + "/journal.sqlite").write { try $0.execute(sql: sql) }
    }

    /// Puts another text in the place of the definition.
    func edit(_ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: folder + "/providers/\(id).lua"))
    }

    func run(
        _ respond: @escaping @Sendable (SimulatedNetwork.Request) -> SimulatedNetwork.Reply,
        _ work: @escaping @Sendable (Engine, SimulatedNetwork, SimulatedClock) async throws -> Void
    ) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(
            atPath: folder + "/providers", withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        try Data(settings.utf8).write(to: URL(filePath: home + "/config.yaml"))
        for (id, text) in others.merging([id: definition], uniquingKeysWith: { $1 }) {
            try Data(text.utf8).write(to: URL(filePath: folder + "/providers/\(id).lua"))
        }
        let simulation = EngineSimulation(
            seed: 1, providers: folder + "/providers", environment: environment)
        try simulation.run(
            home: home, respond: respond
        ) { [clock = simulation.clock] engine, network in
            try await work(engine, network, clock)
        }
    }
}
