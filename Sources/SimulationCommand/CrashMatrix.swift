import Foundation
import MoonlineTestKit
import OrderKernel
import Synchronization

/// Runs every cell of the crash matrix for every means of settlement.
final class CrashMatrix: Sendable {
    private struct State {
        var left: [(world: CrashWorld, cell: CrashCell)] = []
        var done = 0
        /// Cells whose crash came: what it was to strike may not happen in all of them.
        var struck = 0
        var progress = Progress()
        var failures: [String] = []
    }

    private let folder: String
    private let state: Mutex<State>

    /// - Parameter from: the first cell that is run, counted from 1, so that a matrix can be run in
    ///   pieces.
    init(folder: String, from: UInt64) throws {
        self.folder = folder
        let simulation = try Simulation(folder: folder + "/extent")
        var first = State()
        for means in SettlementMeans.allCases {
            let matrix = try simulation.crashMatrix(
                of: means, fromTheBeginning: first.left.isEmpty)
            for (world, cells) in matrix { first.left += cells.map { (world, $0) } }
        }
        // They are taken from the end.
        first.left.removeLast(min(first.left.count, Int(clamping: from) - 1))
        state = Mutex(first)
    }

    /// Runs all cells on several threads, and prints how many there were and which failed.
    ///
    /// - Returns: whether no invariant was violated.
    func run(jobs: Int) -> Bool {
        Workers(folder: folder, count: jobs).run { self.work($0) }
        return state.withLock { state in
            for failure in state.failures { print("VIOLATION \(failure)") }
            print(
                "\(state.done) cells, \(state.struck) crashes, \(state.failures.count) failing")
            let isStruck = state.struck * 10 >= state.done * 9
            if !isStruck { print("TOO CALM: fewer than 90 % of the crashes came") }
            return state.failures.isEmpty && state.left.isEmpty && state.done > 0 && isStruck
        }
    }

    private func work(_ folder: String) {
        guard let simulation = try? Simulation(folder: folder) else { return }
        while let (world, cell) = state.withLock({ $0.left.popLast() }) {
            let failure: String?
            var isStruck = false
            do {
                let outcome = try simulation.run(cell, in: world)
                failure = outcome.violations.first.map { "\($0)" }
                isStruck = outcome.tally.kills + outcome.tally.powerLosses > 0
            } catch {
                failure = "was not run, \(error)"
            }
            state.withLock { state in
                state.done += 1
                state.struck += isStruck ? 1 : 0
                if let failure {
                    state.failures.append("\(world) \(cell): \(failure)")
                    Workers.tell(state.failures[state.failures.count - 1])
                }
                state.progress.tell(
                    "\(state.done) cells, \(state.left.count) left, "
                        + "\(state.failures.count) failing")
            }
        }
    }
}
