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
        // `scripts/sim --matrix` runs all cells; these are at requests, with the outcomes that
        // leave a client with the least to know.
        let cells = try CrashCell.all(simulation.extent(of: means))
            .filter { $0.isAtNetwork && $0.restart == .atOnce }
            .filter { [.answered, .replyLost, .late].contains($0.outcome) }
        #expect(cells.count > 50)
        for cell in cells {
            let outcome = try simulation.run(seed: 1, scenario: .single(means, cell: cell))
            #expect(outcome.violations.isEmpty, "\(cell)")
        }
    }
}
