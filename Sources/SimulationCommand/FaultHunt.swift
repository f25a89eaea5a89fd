import Foundation
import MoonlineTestKit
import OrderKernel
import Synchronization

/// Plants every fault in turn and counts the seeds that it takes to find it.
final class FaultHunt: Sendable {
    private struct State {
        var left: [PlantedFault]
        var found: [(fault: PlantedFault, seeds: Int, violation: Violation?)] = []
    }

    private let folder: String
    private let from: UInt64
    private let seedsMaximum: Int
    private let state: Mutex<State>

    /// Faults that take longer to be found would hide behind a clean run.
    private static let medianMaximum = 200

    init(folder: String, from: UInt64, seedsMaximum: Int) {
        self.folder = folder
        self.from = from
        self.seedsMaximum = seedsMaximum
        state = Mutex(State(left: PlantedFault.allCases.reversed()))
    }

    /// Hunts on several threads and prints a line for each fault.
    ///
    /// - Returns: whether all were found.
    func run(jobs: Int) -> Bool {
        Workers(folder: folder, count: jobs).run { self.work($0) }
        return state.withLock { state in
            let counts = state.found.map(\.seeds).sorted()
            let median = counts.isEmpty ? 0 : counts[counts.count / 2]
            print("median \(median) seeds")
            return state.found.count == PlantedFault.allCases.count && median <= Self.medianMaximum
                && state.found.allSatisfy { $0.violation != nil }
        }
    }

    private func work(_ folder: String) {
        guard let simulation = try? Simulation(folder: folder) else { return }
        while let fault = state.withLock({ $0.left.popLast() }) {
            let (seeds, violation) = hunt(fault, simulation)
            state.withLock { $0.found.append((fault, seeds, violation)) }
            let found = violation.map { "\(seeds) seeds, \($0)" } ?? "NOT FOUND in \(seeds) seeds"
            print("\(fault.rawValue): \(found)")
            fflush(nil)
        }
    }

    private func hunt(_ fault: PlantedFault, _ simulation: Simulation) -> (Int, Violation?) {
        for count in 0..<seedsMaximum {
            let outcome = PlantedFault.$current.withValue(fault) {
                try? simulation.run(seed: from + UInt64(count))
            }
            if let violation = outcome?.violations.first { return (count + 1, violation) }
        }
        return (seedsMaximum, nil)
    }
}
