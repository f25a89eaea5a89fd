import Foundation
import MoonlineTestKit
import OrderKernel
import Testing

/// One verification, struck at every request and at every operation of the disk, with every outcome
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
        for world in try simulation.crashMatrix(of: means) {
            let outcomes: [CrashCell.Outcome] =
                world.endsWithCode ? [.replyLost, .late] : [.answered]
            let cells = world.cells.filter { cell in
                cell.isAtNetwork && cell.restart == .atOnce && outcomes.contains(cell.outcome)
            }
            #expect(cells.count > 10)
            for cell in cells {
                let outcome = try simulation.run(cell, means, seed: world.seed)
                #expect(outcome.violations.isEmpty, "\(cell) in \(world.seed)")
                struck += outcome.tally.kills > 0 ? 1 : 0
            }
            played += cells.count
        }
        print("\(means.rawValue): \(played) cells, \(struck) crashes")
        #expect(struck * 10 >= played * 9, "nearly all of them strike")
    }
}
