import Foundation
import Simulator
import Synchronization
import Testing

/// `moonline verify` ended by SIGKILL against a server that loses answers, and what is known later.
@Suite(.serialized)
struct KillTests {
    /// What the program waits for when it is killed.
    ///
    /// Only what the server withholds is a moment: the program is sure to live then.
    private enum Moment: CaseIterable {
        case firstAnswer
        case purchaseNotExecuted, purchaseExecutedLater, purchaseAnswer
        case look, lookAfterTwoLost
        case end
        case cancelNotExecuted, cancelAnswer

        /// What the server withholds, and after which request the program is killed.
        var strike: (faults: [String], operation: SimulatedOperation?, requests: Int) {
            switch self {
            case .firstAnswer: (["hang"], nil, 1)
            case .purchaseNotExecuted: (["hang:buy"], .buy, 1)
            case .purchaseExecutedLater: (["late:buy"], .buy, 1)
            case .purchaseAnswer: (["slow:buy"], .buy, 1)
            case .look: (["hang:check"], .check, 1)
            case .lookAfterTwoLost: (["lost:check:2", "hang:check"], .check, 3)
            case .end: (["hang:finish"], .finish, 1)
            case .cancelNotExecuted: (["hang:cancel"], .cancel, 1)
            case .cancelAnswer: (["slow:cancel"], .cancel, 1)
            }
        }

        var charges: Int {
            switch self {
            case .firstAnswer, .purchaseNotExecuted: 0
            default: 1
            }
        }

        // An answer is kept back for two seconds of a life that is not quicker than life.
        var speed: Int { [.purchaseAnswer, .cancelAnswer].contains(self) ? 1 : 50 }

        var isGivingBack: Bool { [.cancelNotExecuted, .cancelAnswer].contains(self) }

        func isReached(by provider: SimulatedProvider) -> Bool {
            switch self {
            // The others close an order by themselves.
            case .end: [.legitSMS, .virtualSMSLegacy].contains(provider)
            // The others have a hold, or no cancel.
            case .cancelNotExecuted, .cancelAnswer: [.legitSMS, .smsCode].contains(provider)
            default: true
            }
        }
    }

    private struct Tally {
        var charges = 0
        var doubles = 0
        var forgotten = 0

        mutating func add(_ other: Tally) {
            charges += other.charges
            doubles += other.doubles
            forgotten += other.forgotten
        }
    }

    private struct Row: Decodable {
        let remoteID: String?
        let state: String

        private enum CodingKeys: String, CodingKey {
            case remoteID = "remote_id"
            case state
        }
    }

    private static let patience = Duration.seconds(120)

    @Test(arguments: SimulatedProvider.allCases)
    func `M1 M2 a killed verify charges once and forgets no number`(
        _ provider: SimulatedProvider
    ) async throws {
        let moments = Moment.allCases.filter { $0.isReached(by: provider) }
        let tally = Mutex(Tally())
        for moment in moments {
            let faults = moment.strike.faults
            let silent: Set<String> = moment.isGivingBack ? ["wa", "whatsapp"] : []
            try await SimulatedWorld.run(faults: faults, speed: moment.speed, silent: silent) {
                world in
                try await Self.killVerify(world, provider, at: moment)
                let found = try await Self.settle(world, provider, moment)
                tally.withLock { $0.add(found) }
            }
        }
        let sum = tally.withLock { $0 }
        print(
            "verify with \(provider.rawValue): \(moments.count) kills, \(sum.charges) charges, "
                + "\(sum.doubles) double charges, \(sum.forgotten) forgotten numbers")
        #expect(sum.doubles == 0 && sum.forgotten == 0)
    }

    private static func killVerify(
        _ world: SimulatedWorld,
        _ provider: SimulatedProvider,
        at moment: Moment
    ) async throws {
        let process = ProgramRun.process(
            ProgramRun.binary,
            [
                "verify", "--service", "whatsapp", "--country", "ID", "--provider",
                provider.rawValue, "--settle", "0", "--wait", moment.isGivingBack ? "1s" : "1m",
            ],
            world.environment
        )
        try process.run()
        let strike = moment.strike
        try await eventually("\(provider.rawValue) reaches \(moment)") {
            let seen = try await world.account(of: provider).requests
            let count = strike.operation.map { seen[$0.rawValue] ?? 0 } ?? seen.values.reduce(0, +)
            return count >= strike.requests || !process.isRunning
        }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(
            process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL,
            "the program had ended before \(moment): \(process.terminationStatus)")
        try await eventually("\(provider.rawValue) has charged at \(moment)") {
            try await world.account(of: provider).charges.count >= moment.charges
        }
    }

    private static func settle(
        _ world: SimulatedWorld,
        _ provider: SimulatedProvider,
        _ moment: Moment
    ) async throws -> Tally {
        // Whoever comes next settles what can be settled, and buys nothing.
        let sweep = try await ProgramRun.run(["sweep", "--settle", "1s"], world.environment)
        // What is held, or may still be on its way, is for a later one.
        let isLater = sweep.errors.contains("could not be settled yet; run `moonline sweep`")
        #expect(sweep.status == 0 || isLater, "\(moment): \(sweep.errors)")
        let charges = try await world.account(of: provider).charges
        #expect(
            charges.count == moment.charges,
            "\(moment): one authorisation was charged \(charges.count) times")
        if moment.isGivingBack {
            #expect(!charges.contains { !$0.refunded }, "\(moment): \(sweep.errors)")
        }
        let listed = try await ProgramRun.run(["orders", "--json"], world.environment)
        let rows = try listed.lines.map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
        let isCovered = rows.contains { ["unknown", "unresolved"].contains($0.state) }
        // The older protocol has numbers of its own for the same orders.
        let isNamedAlike = provider != .virtualSMSLegacy
        let forgotten = charges.filter { charge in
            !isCovered
                && !rows.contains { row in
                    isNamedAlike ? row.remoteID == charge.orderID : row.remoteID != nil
                }
        }
        #expect(forgotten.isEmpty, "\(moment): \(forgotten) are forgotten")
        return Tally(
            charges: charges.count, doubles: max(0, charges.count - 1), forgotten: forgotten.count)
    }

    private static func eventually(
        _ what: String,
        _ isSo: () async throws -> Bool
    ) async throws {
        let end = ContinuousClock.now + patience
        while try await !isSo() {
            try #require(ContinuousClock.now < end, "not within \(patience): \(what)")
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}
