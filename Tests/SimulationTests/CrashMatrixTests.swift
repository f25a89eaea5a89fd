import Foundation
import MoonlineTestKit
import OrderKernel
import Testing

/// One call, struck at every request and at every operation of the disk, with every outcome
/// of the purchase and every time of the restart.
struct CrashMatrixTests {
    @Test(arguments: SettlementMeans.allCases)
    func `M1 M2 O5 no crash charges twice or forgets a number`(_ means: SettlementMeans) throws {
        let simulation = try Simulation(
            folder: FileManager.default.temporaryDirectory
                .appending(path: "matrix-\(UUID().uuidString)").path)
        var (played, struck) = (0, 0)
        // `scripts/sim --matrix` runs all cells; these are at requests, with the outcomes that
        // leave a client with the least to know.
        for (world, all) in try simulation.crashMatrix(of: means) {
            let cells = all.filter { Self.isPlayed($0, in: world) }
            #expect(cells.count > 5)
            for cell in cells {
                let outcome = try simulation.run(cell, in: world)
                #expect(outcome.violations.isEmpty, "\(cell) in \(world)")
                struck += outcome.tally.kills > 0 ? 1 : 0
            }
            played += cells.count
        }
        print("\(means.rawValue): \(played) cells, \(struck) crashes")
        #expect(struck * 10 >= played * 9, "nearly all of them strike")
    }

    private static func isPlayed(_ cell: CrashCell, in world: CrashWorld) -> Bool {
        guard cell.isAtNetwork, cell.restart == .atOnce else { return false }
        switch (world.kind, world.endsWithCode) {
        case (.verification, true): return [.replyLost, .late].contains(cell.outcome)
        case (.verification, false): return cell.outcome == .answered
        default:
            guard case .execution = cell.point else { return false }
            return cell.outcome == .replyLost
        }
    }
}
