import Foundation
import Simulator
import Testing

/// `moonline verify` ended by SIGKILL against a server that loses answers, and what is known later.
@Suite(.serialized)
struct KillTests {
    private struct Row: Decodable {
        let remoteID: String?
        let state: String

        private enum CodingKeys: String, CodingKey {
            case remoteID = "remote_id"
            case state
        }
    }

    private static let providers = SimulatedProvider.allCases
    // After which of its requests the program is killed; a verification has eight or more.
    private static let requests = Array(1...8)

    @Test(arguments: providers, requests)
    func `M1 M2 a killed verify charges once and forgets no number`(
        _ provider: SimulatedProvider,
        _ request: Int
    ) async throws {
        let faults = ["lost:\(provider.rawValue):buy", "lost:\(provider.rawValue):check:2"]
        try await SimulatedWorld.run(faults: faults) { world in
            try await Self.killVerify(world, provider, after: request)
            let before = try await world.account(of: provider).charges
            #expect(before.count <= 1)
            // Whoever comes next settles what can be settled, and buys nothing.
            let sweep = try await ProgramRun.run(["sweep", "--settle", "1s"], world.environment)
            // What is held, or may still be on its way, is for a later one.
            let isLater = sweep.errors.contains("could not be settled yet; run `moonline sweep`")
            #expect(sweep.status == 0 || isLater, "\(sweep.errors)")
            let after = try await world.account(of: provider).charges
            #expect(after.count <= 1, "one authorisation was charged \(after.count) times")
            let listed = try await ProgramRun.run(["orders", "--json"], world.environment)
            let rows = try listed.lines.map {
                try JSONDecoder().decode(Row.self, from: Data($0.utf8))
            }
            let isCovered = rows.contains { ["unknown", "unresolved"].contains($0.state) }
            for charge in after {
                let isKnown = rows.contains { $0.remoteID == charge.orderID }
                #expect(isKnown || isCovered, "\(charge.orderID) is forgotten: \(listed.output)")
            }
        }
    }

    private static func killVerify(
        _ world: SimulatedWorld,
        _ provider: SimulatedProvider,
        after request: Int
    ) async throws {
        let process = ProgramRun.process(
            ProgramRun.binary,
            [
                "verify", "--service", "whatsapp", "--country", "ID", "--provider",
                provider.rawValue, "--settle", "0",
            ],
            world.environment
        )
        try process.run()
        while process.isRunning {
            let seen = try await world.account(of: provider).requests.values.reduce(0, +)
            if seen >= request { kill(process.processIdentifier, SIGKILL) }
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}
