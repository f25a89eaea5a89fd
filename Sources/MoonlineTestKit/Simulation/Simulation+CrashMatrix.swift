package import OrderKernel

extension Simulation {
    /// Cells of the crash matrix with the world that they are played in.
    package struct CrashCells: Sendable {
        package let means: SettlementMeans
        package let seed: UInt64
        package let endsWithCode: Bool
        package var cells: [CrashCell]
    }

    /// The crash matrix of a means of settlement: a world in which a code comes, with all cells,
    /// and one in which none comes and the number is given back, with those at the network.
    ///
    /// - Parameter fromTheBeginning: whether the disk is struck while it makes the tables, too.
    /// - Throws: as `run` does.
    package func crashMatrix(
        of means: SettlementMeans,
        fromTheBeginning: Bool = false
    ) throws -> [CrashCells] {
        var matrix: [CrashCells] = []
        for withCode in [true, false] {
            guard let seed = try seed(of: means, withCode: withCode) else { throw NoSuchWorld() }
            var cells = try CrashCell.Outcome.allCases.flatMap { try networkCells(means, seed, $0) }
            if withCode { cells += try diskCells(means, seed, fromTheBeginning) }
            matrix.append(
                CrashCells(means: means, seed: seed, endsWithCode: withCode, cells: cells))
        }
        return matrix
    }

    /// Plays a cell.
    ///
    /// - Throws: as `run` does.
    package func run(
        _ cell: CrashCell,
        _ means: SettlementMeans,
        seed: UInt64
    ) throws -> Outcome {
        try run(seed: seed, scenario: .single(means, cell: cell))
    }

    private func seed(of means: SettlementMeans, withCode: Bool) throws -> UInt64? {
        try (1...50).first { seed in
            let outcome = try run(seed: seed, scenario: .single(means, cell: nil))
            return (outcome.tally.codes > 0) == withCode
        }
    }

    // As many as there are when the purchase has that outcome and nothing is struck.
    private func networkCells(
        _ means: SettlementMeans,
        _ seed: UInt64,
        _ outcome: CrashCell.Outcome
    ) throws -> [CrashCell] {
        let undisturbed = CrashCell(.departure(.max), outcome, .atOnce)
        let requests = try run(undisturbed, means, seed: seed).tally.requests
        return CrashCell.Restart.allCases.flatMap { restart in
            (1...max(1, requests)).flatMap { number in
                [CrashCell.Point.departure(number), .execution(number), .reply(number)]
                    .map { CrashCell($0, outcome, restart) }
            }
        }
    }

    // Where the purchase's outcome matters less, each crash is tried with two outcomes. A kill
    // after an operation is one before the next, but for what a caller is told in between.
    private func diskCells(
        _ means: SettlementMeans,
        _ seed: UInt64,
        _ fromTheBeginning: Bool
    ) throws -> [CrashCell] {
        let outcome = try run(seed: seed, scenario: .single(means, cell: nil))
        // What comes before its first request makes the tables, and is the same for all.
        let first = fromTheBeginning ? 1 : min(outcome.operationsBefore + 1, outcome.operations)
        let crashes: [SimulatedDisk.Crash] = [.killBefore, .losePowerBefore, .losePowerDuring]
        return (first...outcome.operations).flatMap { number in
            [CrashCell(.disk(number, .killAfter), .answered, .atOnce)]
                + crashes.flatMap { crash in
                    [
                        CrashCell(.disk(number, crash), .answered, .atOnce),
                        CrashCell(.disk(number, crash), .replyLost, .afterHold),
                    ]
                }
        }
    }

    private struct NoSuchWorld: Error {}
}
