import Foundation
import MoonlineTestKit
import OrderKernel
import Synchronization

/// Runs seeds on several threads until a limit is met or a violation is found.
final class Exploration: Sendable {
    /// When it is over; without any, never.
    struct Limits: Sendable {
        var seeds: Int?
        var orders: Int?
        var seconds: Int?
    }

    private struct State {
        var next: UInt64
        var started = 0
        var done = 0
        var tally = SimulationTally()
        var failures: [(seed: UInt64, violations: [Violation])] = []
        var progress = Progress()
        /// Why a thread could not go on.
        var problems: [String] = []
    }

    private let folder: String
    private let jobs: Int
    private let fault: PlantedFault?
    private let calls: Int?
    private let limits: Limits
    private let state: Mutex<State>

    /// So many seeds tell what share of requests is hit.
    private static let sampleMinimum = 100

    /// More failing seeds than these are not looked for.
    private static let failuresMaximum = 5

    init(
        folder: String, from: UInt64, jobs: Int, fault: PlantedFault?, calls: Int?,
        limits: Limits
    ) {
        self.folder = folder
        self.jobs = jobs
        self.fault = fault
        self.calls = calls
        self.limits = limits
        state = Mutex(State(next: from))
    }

    /// Explores; prints the figures and every failing seed.
    ///
    /// - Returns: whether no invariant was violated.
    func run() -> Bool {
        Workers(folder: folder, count: jobs).run { self.work($0) }
        return state.withLock { state in
            print(Self.figures(state.tally))
            let seconds = state.progress.seconds
            let ratio = state.tally.virtualTime / (Duration.seconds(max(1, seconds)) * jobs)
            print(
                "\(state.done) seeds in \(seconds) s on \(jobs) threads, "
                    + "\(Int(ratio)) times as fast as real time on each")
            for (seed, violations) in state.failures {
                for violation in violations { print("VIOLATION seed \(seed): \(violation)") }
            }
            for problem in state.problems { print("NOT RUN \(problem)") }
            if state.done == 0 { print("NOT RUN: no seed was explored") }
            // Where too little goes wrong, that nothing broke means nothing.
            let isHit =
                state.done < Self.sampleMinimum
                || state.tally.faults * 5 >= state.tally.requests
            if !isHit { print("TOO CALM: fewer than 20 % of the requests were hit by a fault") }
            return state.failures.isEmpty && state.problems.isEmpty && state.done > 0 && isHit
        }
    }

    private func work(_ folder: String) {
        do {
            let simulation = try Simulation(folder: folder)
            while let seed = take() {
                let outcome = try PlantedFault.$current.withValue(fault) {
                    try simulation.run(seed: seed, scenario: scenario(seed))
                }
                note(seed, outcome)
            }
        } catch {
            state.withLock { $0.problems.append("in \(folder): \(error)") }
        }
    }

    private func scenario(_ seed: UInt64) -> Scenario {
        let scenario = Scenario(seed: seed)
        return calls.map { scenario.crowded(calls: $0) } ?? scenario
    }

    private func take() -> UInt64? {
        state.withLock { state in
            let isOver =
                limits.seeds.map { state.started >= $0 } ?? false
                || limits.orders.map { state.tally.orders >= $0 } ?? false
                || limits.seconds.map { state.progress.seconds >= $0 } ?? false
                || state.failures.count >= Self.failuresMaximum
            guard !isOver else { return nil }
            defer { state.next += 1 }
            state.started += 1
            return state.next
        }
    }

    private func note(_ seed: UInt64, _ outcome: Simulation.Outcome) {
        state.withLock { state in
            state.done += 1
            state.tally.add(outcome.tally)
            if let violation = outcome.violations.first {
                state.failures.append((seed, outcome.violations))
                Workers.tell("seed \(seed): \(violation)")
            }
            let seconds = state.progress.seconds
            state.progress.tell(
                "\(state.done) seeds, \(state.tally.orders) orders, \(seconds) s, "
                    + "\(state.failures.count) failing")
        }
    }

    /// The figures of runs, a line each.
    static func figures(_ tally: SimulationTally) -> String {
        let share = tally.requests > 0 ? tally.faults * 100 / tally.requests : 0
        let days = Int(tally.virtualTime / .seconds(86_400))
        var lines = [
            "\(tally.orders) orders, \(tally.codes) codes, \(tally.requests) requests, "
                + "\(share) % of them hit by a fault",
            "\(tally.kills) processes killed, \(tally.powerLosses) losses of power, "
                + "\(tally.steps) checks, \(days) simulated days",
        ]
        lines += tally.events.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        return lines.joined(separator: "\n")
    }
}
