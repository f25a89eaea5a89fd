import Foundation
import MoonlineTestKit
import OrderKernel
import Testing

/// The real engine in worlds that seeds decide.
///
/// `scripts/sim` explores many more of them.
struct SimulationTests {
    private static func simulation() throws -> Simulation {
        try Simulation(
            folder: FileManager.default.temporaryDirectory
                .appending(path: "simulation-\(UUID().uuidString)").path)
    }

    // In the world of seed 37 nothing goes wrong, so that L5 is checked as well.
    @Test(arguments: [1, 11, 37] as [UInt64])
    func `M1-M7 L1-L5 O1-O6 I1 I2 no invariant breaks`(_ from: UInt64) throws {
        let simulation = try Self.simulation()
        for seed in from..<from + 10 {
            let outcome = try simulation.run(seed: seed)
            #expect(outcome.violations.isEmpty, "seed \(seed)")
        }
    }

    @Test(arguments: [3, 12, 77] as [UInt64])
    func `D1 the same seed gives the same run`(_ seed: UInt64) throws {
        let first = try Self.simulation().run(seed: seed)
        let second = try Self.simulation().run(seed: seed)
        #expect(first.hash == second.hash)
        #expect(first.tally.requests == second.tally.requests)
    }

    @Test func `the faults of the network and the crashes do happen`() throws {
        let simulation = try Self.simulation()
        var tally = SimulationTally()
        for seed in 100..<130 as Range<UInt64> { tally.add(try simulation.run(seed: seed).tally) }
        #expect(tally.faults * 5 >= tally.requests, "a fifth of the requests")
        #expect(tally.kills > 10)
        #expect(tally.powerLosses > 3)
        for state in ["accepted", "adopted", "unknown", "unresolved"] {
            #expect(tally.events["purchase \(state)", default: 0] > 0, "\(state)")
        }
        let fates = [
            "ok", "unreachable", "request lost", "request swallowed", "reply lost",
            "reply swallowed", "late, broken", "late, silent", "duplicated", "slow body", "spoiled",
            "not carried out, status", "carried out, status", "paused by status",
        ]
        for fate in fates { #expect(tally.events["fate \(fate)", default: 0] > 0, "\(fate)") }
        print(
            "\(tally.orders) orders, \(tally.requests) requests, \(tally.faults) hit by a fault, "
                + "\(tally.kills) kills, \(tally.powerLosses) losses of power")
    }

    /// So many seeds at most; the median is far below 200.
    private static let seedsMaximum: UInt64 = 800

    @Test(
        .enabled(if: PlantedFault.isCompiledIn, "planted faults are in debug builds"),
        arguments: PlantedFault.allCases
    )
    func `a planted fault is found`(_ fault: PlantedFault) throws {
        let simulation = try Self.simulation()
        let seeds = try PlantedFault.$current.withValue(fault) {
            try (1...Self.seedsMaximum).first { seed in
                try !simulation.run(seed: seed).violations.isEmpty
            }
        }
        print("\(fault.rawValue): found within \(seeds ?? 0) seeds")
        #expect(seeds != nil)
    }
}
