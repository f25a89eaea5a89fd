package import OrderKernel

/// A world that a crash matrix is played in: one call by one process.
package struct CrashWorld: Sendable, Hashable {
    /// What the definition offers to settle a lost purchase.
    package let means: SettlementMeans
    /// What the call wants.
    package let kind: CallPlan.Kind
    /// Whether a code comes; without one the number is given back.
    package let endsWithCode: Bool
    package let seed: UInt64

    /// The purchase whose outcome varies: of a call with two it is the second, as the first is the
    /// same as in a verification.
    fileprivate var purchase: Int { [.swap, .reuse].contains(kind) ? 2 : 1 }
}

extension Simulation {
    /// The crash matrix of a means of settlement: a verification that gets its code, with all
    /// cells, and one that gives its number back, a swap and a reuse, with those at the network.
    ///
    /// - Parameter fromTheBeginning: whether the disk is struck while it makes the tables, too.
    /// - Throws: as `run` does.
    package func crashMatrix(
        of means: SettlementMeans,
        fromTheBeginning: Bool = false
    ) throws -> [(world: CrashWorld, cells: [CrashCell])] {
        let kinds: [(CallPlan.Kind, withCode: Bool)] = [
            (.verification, true), (.verification, false), (.swap, true), (.reuse, true),
        ]
        return try kinds.map { kind, withCode in
            guard let world = try world(means, kind, withCode: withCode) else {
                throw NoSuchWorld()
            }
            var cells = try CrashCell.Outcome.allCases.flatMap { try networkCells(world, $0) }
            if kind == .verification, withCode { cells += try diskCells(world, fromTheBeginning) }
            return (world, cells)
        }
    }

    /// Plays a cell, or its world without any crash.
    ///
    /// - Throws: as `run` does.
    package func run(_ cell: CrashCell?, in world: CrashWorld) throws -> Outcome {
        try run(seed: world.seed, scenario: .single(world.means, world.kind, cell: cell))
    }

    private func world(
        _ means: SettlementMeans,
        _ kind: CallPlan.Kind,
        withCode: Bool
    ) throws -> CrashWorld? {
        try (1...50).lazy
            .map { CrashWorld(means: means, kind: kind, endsWithCode: withCode, seed: $0) }
            .first { world in
                let tally = try run(nil, in: world).tally
                return (tally.codes > 0) == withCode
                    && tally.events["purchase accepted", default: 0] >= world.purchase
            }
    }

    // As many as there are when the purchase has that outcome and nothing is struck.
    private func networkCells(
        _ world: CrashWorld,
        _ outcome: CrashCell.Outcome
    ) throws -> [CrashCell] {
        func cell(_ point: CrashCell.Point, _ restart: CrashCell.Restart) -> CrashCell {
            CrashCell(point, outcome, restart, purchase: world.purchase)
        }
        let requests = try run(cell(.departure(.max), .atOnce), in: world).tally.requests
        return CrashCell.Restart.allCases.flatMap { restart in
            (1...max(1, requests)).flatMap { number in
                [CrashCell.Point.departure(number), .execution(number), .reply(number)]
                    .map { cell($0, restart) }
            }
        }
    }

    // Where the purchase's outcome matters less, each crash is tried with two outcomes. A kill
    // after an operation is one before the next, but for what a caller is told in between.
    private func diskCells(
        _ world: CrashWorld,
        _ fromTheBeginning: Bool
    ) throws -> [CrashCell] {
        let outcome = try run(nil, in: world)
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
