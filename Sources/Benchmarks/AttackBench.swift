import Foundation
import LuaSandbox
import MoonlineTestKit
import Synchronization

/// How far hostile code gets beyond its budget of time and memory, and what its neighbour feels.
struct AttackBench {
    private static let budget = Duration.milliseconds(200)
    private static let memoryBytes = LuaLimits.memoryBytesMaximum
    /// How far an attack may get: beyond its time, and beyond the memory of its machine.
    private static let overshootMaximum = Duration.milliseconds(50)
    private static let excessBytesMaximum = 16_000_000

    private struct Figure {
        let name: String
        let overshoot: Duration
        let memoryBytes: Int
        let neighbour: Duration
    }

    /// Runs every attack of a file and prints the worst figures.
    ///
    /// - Returns: whether all of them stayed within the bounds.
    static func run(_ file: String) async throws -> Bool {
        let attacks = try SandboxAttack.all(in: URL(filePath: file))
        var figures: [Figure] = []
        for attack in attacks { figures.append(try await best(of: attack)) }
        print(
            "\(figures.count) attacks, budget \(milliseconds(budget)) ms, "
                + "cap \(memoryBytes >> 20) MiB each")
        for figure in figures.sorted(by: { $0.overshoot > $1.overshoot }).prefix(8) {
            print("  \(milliseconds(figure.overshoot)) ms beyond its budget: \(figure.name)")
        }
        for figure in figures.sorted(by: { $0.memoryBytes > $1.memoryBytes }).prefix(3) {
            print("  \(figure.memoryBytes >> 20) MiB of the process: \(figure.name)")
        }
        let middle = describe(figures.map(\.neighbour), "beside one attack")
        let cores = ProcessInfo.processInfo.activeProcessorCount
        var crowded: [Duration] = []
        for attack in attacks { crowded.append(try await neighbour(of: attack, copies: cores)) }
        let crowdedMiddle = describe(crowded, "beside \(cores), one for each processor")
        let late = figures.count { $0.overshoot > overshootMaximum }
        let large = figures.count { $0.memoryBytes > memoryBytes + excessBytesMaximum }
        print(
            "\(late) beyond \(milliseconds(overshootMaximum)) ms, \(large) beyond "
                + "\(excessBytesMaximum / 1_000_000) MB of memory")
        return late == 0 && large == 0 && max(middle, crowdedMiddle) <= overshootMaximum
    }

    // Prints the middle and the last of the slowest calls, and returns the middle.
    private static func describe(_ slowest: [Duration], _ place: String) -> Duration {
        let slow = slowest.sorted()
        let (middle, last) = (slow[slow.count / 2], slow[slow.count - 1])
        print(
            "a neighbour's slowest call \(place): \(milliseconds(middle)) ms in the median of the "
                + "attacks, \(milliseconds(last)) ms in the worst")
        return middle
    }

    // A host that is busy elsewhere makes any attack late; one that outlasts its budget is late
    // each time.
    private static func best(of attack: SandboxAttack) async throws -> Figure {
        var best = try await figure(attack)
        for _ in 1..<attempts where best.overshoot > overshootMaximum {
            let next = try await figure(attack)
            if next.overshoot < best.overshoot { best = next }
        }
        return best
    }

    private static let attempts = 3

    private static func figure(_ attack: SandboxAttack) async throws -> Figure {
        resetPeak()
        let before = memory("VmRSS")
        let isOver = Mutex(false)
        async let neighbour = slowestCall { isOver.withLock { $0 } }
        let clock = ContinuousClock()
        let begin = clock.now
        await perform(attack)
        let took = clock.now - begin
        isOver.withLock { $0 = true }
        return Figure(
            name: attack.name, overshoot: max(took - budget, .zero),
            memoryBytes: memory("VmHWM") - before, neighbour: try await neighbour)
    }

    // How it ends is the tests' business.
    private static func perform(_ attack: SandboxAttack) async {
        let machine = try? LuaMachine(host: SandboxAttack.host, memoryBytesMaximum: memoryBytes)
        _ = try? await machine?.run(
            attack.source, name: "attack.lua",
            limits: LuaLimits(processorTime: budget, hostCallsMaximum: 10_000)
        ) { _, _ in [] }
    }

    private static func neighbour(of attack: SandboxAttack, copies: Int) async throws -> Duration {
        let isOver = Mutex(false)
        async let neighbour = slowestCall { isOver.withLock { $0 } }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<copies { group.addTask { await perform(attack) } }
        }
        isOver.withLock { $0 = true }
        return try await neighbour
    }

    // Another provider's small function, again and again, as long as the attack runs.
    private static func slowestCall(until isOver: () -> Bool) async throws -> Duration {
        let machine = try LuaMachine(host: LuaHost())
        let clock = ContinuousClock()
        var slowest = Duration.zero
        while !isOver() {
            let begin = clock.now
            _ = try await machine.run("return 1 + 1", name: "neighbour.lua", limits: .function)
            slowest = max(slowest, clock.now - begin)
            try await Task.sleep(for: .milliseconds(1))
        }
        return slowest
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        Int(duration / .milliseconds(1))
    }

    private static func resetPeak() {
        try? Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
    }

    private static func memory(_ name: String) -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
        return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 << 10 } ?? 0
    }
}
