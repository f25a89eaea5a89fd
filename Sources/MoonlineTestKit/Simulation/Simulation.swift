import Foundation
import OrderKernel
import Synchronization

/// The real engine, journal and Lua definitions in a world that a seed decides: processes come, are
/// killed and come again, until everything has come to rest.
package struct Simulation: Sendable {
    /// What a run showed.
    package struct Outcome: Sendable {
        /// What did not hold; empty when all is well.
        package let violations: [Violation]
        package let tally: SimulationTally
        /// The same for the same seed.
        package let hash: UInt64
        /// Operations that changed the disk.
        package let operations: Int
        /// How many of them came before the first request.
        package let operationsBefore: Int
        /// What happened, when it was asked for.
        package let timeline: [String]
    }

    private let folder: String

    /// - Parameter folder: a folder of this simulation alone; runs follow one another in it.
    /// - Throws: when the folder cannot be made.
    package init(folder: String) throws {
        self.folder = folder
        try FileManager.default.createDirectory(
            atPath: folder + "/home", withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
    }

    /// Runs a seed to its end.
    ///
    /// - Parameter scenario: another one than the seed's own.
    /// - Throws: when the definition or the settings cannot be written.
    package func run(
        seed: UInt64,
        scenario: Scenario? = nil,
        isRecording: Bool = false
    ) throws -> Outcome {
        let scenario = scenario ?? Scenario(seed: seed)
        let home = folder + "/home"
        let providers = folder + "/providers"
        try? FileManager.default.removeItem(atPath: providers)
        try FileManager.default.createDirectory(
            atPath: providers, withIntermediateDirectories: true)
        try Data(scenario.definition.utf8).write(
            to: URL(filePath: "\(providers)/\(scenario.name).lua"))
        try Data(scenario.settings.utf8).write(to: URL(filePath: home + "/config.yaml"))
        // What a real disk keeps from the last run is none of this one's.
        for name in ["journal.mark", "journal.sqlite"] {
            try? FileManager.default.removeItem(atPath: "\(home)/\(name)")
        }
        guard let disk = SimulatedDisk(folder: home, seed: seed) else { throw FolderInUse() }
        let world = SimulatedWorld(
            scenario: scenario, seed: seed, disk: disk, journal: home + "/journal.sqlite",
            isRecording: isRecording)
        let life = SimulatedLife(world: world, seed: seed, home: home, providers: providers)
        life.live()
        world.reader.withLock { $0.close() }
        return world.outcome()
    }

    private struct FolderInUse: Error {}
}

extension Scenario {
    /// `config.yaml` of the home.
    var settings: String {
        let run = ExactDecimal(units: perRun / 10_000, scale: 2)
        let day = ExactDecimal(units: perDay / 10_000, scale: 2)
        return "caps: { per_run: \(run), per_day: \(day), at_once: \(atOnce) }\n"
    }
}

extension SimulatedWorld {
    func outcome() -> Simulation.Outcome {
        state.withLock { state in
            var tally = state.tally
            tally.virtualTime = executor.now - Self.start
            return Simulation.Outcome(
                violations: state.violations.sorted {
                    ($0.invariant, $0.detail) < ($1.invariant, $1.detail)
                },
                tally: tally, hash: state.hash.value, operations: Int(disk.operations),
                operationsBefore: Int(state.operationsBefore),
                timeline: state.timeline ?? []
            )
        }
    }
}
