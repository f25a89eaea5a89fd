import ArgumentParser
import Foundation
import MoonlineTestKit
import OrderKernel

/// Explores simulated worlds, or replays one.
@main
struct SimulationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sim",
        abstract: "Run the engine in worlds that seeds decide, and check every invariant.",
        discussion: """
            A seed decides the provider, the network, the crashes and the callers; the same seed \
            gives the same run. With --seed, one run is replayed and its timeline printed.

            Example: scripts/sim --seed 4711
            """
    )

    @Option(help: "Replay this seed and print its timeline (virtual milliseconds, process, event).")
    var seed: UInt64?

    @Option(help: "The first seed of an exploration, or cell of the matrix.")
    var from: UInt64 = 1

    @Option(help: "How many seeds are explored.")
    var seeds: Int?

    @Option(help: "Explore for so many hours, which may have a fraction.")
    var hours: Double?

    @Option(help: "Explore until so many orders were simulated.")
    var orders: Int?

    @Option(
        help: """
            So many verifications in each process, with caps that let them all buy: more orders an \
            hour.
            """)
    var calls: Int?

    @Option(help: "Seeds that run at the same time.")
    var jobs = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "A planted fault that is to be found, in a debug build.")
    var fault: PlantedFault?

    @Flag(help: "Strike one verification at every request and every operation of the disk.")
    var matrix = false

    @Flag(help: "Plant every fault in turn, and tell how many seeds it takes to find it.")
    var faults = false

    func validate() throws {
        guard jobs > 0 else { throw ValidationError("--jobs has to be at least 1") }
        guard (seeds ?? 1) > 0, (orders ?? 1) > 0, (hours ?? 1) > 0 else {
            throw ValidationError("--seeds, --orders and --hours have to be above 0")
        }
        guard (1...50).contains(calls ?? 1) else {
            throw ValidationError("--calls has to be between 1 and 50")
        }
        guard from > 0 else { throw ValidationError("--from has to be at least 1") }
        if fault != nil || faults, !PlantedFault.isCompiledIn {
            throw ValidationError("planted faults are in debug builds only; leave --fault out")
        }
    }

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "moonline-sim-\(ProcessInfo.processInfo.processIdentifier)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        if let seed {
            try PlantedFault.$current.withValue(fault) { try replay(seed, folder) }
            return
        }
        if matrix {
            let matrix = try CrashMatrix(folder: folder, from: from)
            guard matrix.run(jobs: jobs) else { throw ExitCode(1) }
            return
        }
        if faults {
            let hunt = FaultHunt(folder: folder, from: from, seedsMaximum: seeds ?? 2000)
            guard hunt.run(jobs: jobs) else { throw ExitCode(1) }
            return
        }
        let exploration = Exploration(
            folder: folder, from: from, jobs: jobs, fault: fault, calls: calls,
            limits: .init(
                seeds: seeds ?? (hours == nil && orders == nil ? 2000 : nil), orders: orders,
                seconds: hours.map { Int($0 * 3600) })
        )
        let isClean = exploration.run()
        if !isClean { throw ExitCode(1) }
    }

    private func replay(_ seed: UInt64, _ folder: String) throws {
        let drawn = Scenario(seed: seed)
        let scenario = calls.map { drawn.crowded(calls: $0) } ?? drawn
        let outcome = try Simulation(folder: folder).run(
            seed: seed, scenario: scenario, isRecording: true)
        for line in outcome.timeline { print(line) }
        print("scenario \(scenario)")
        print(Exploration.figures(outcome.tally))
        print("hash \(String(outcome.hash, radix: 16))")
        for violation in outcome.violations { print("VIOLATION \(violation)") }
        if !outcome.violations.isEmpty { throw ExitCode(1) }
    }
}

extension PlantedFault: ExpressibleByArgument {}
