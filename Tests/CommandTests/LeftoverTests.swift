import Foundation
import Simulator
import Testing

/// What a killed process left, and who gives it back.
@Suite(.serialized)
struct LeftoverTests {
    /// Commands that use an account for something else than to tidy up.
    enum Next: String, CaseIterable {
        case buy, wait

        func arguments(_ order: String) -> [String] {
            switch self {
            case .buy: ["buy", "--service", "telegram", "--country", "ID"] + LeftoverTests.seller
            case .wait: ["wait", order, "--wait", "1s"]
            }
        }
    }

    private static let seller = ["--provider", "legitsms"]

    @Test(arguments: Next.allCases)
    func `O5 the next command on an account gives back what a killed one left`(
        _ next: Next
    ) async throws {
        try await SimulatedWorld.run(silent: ["wa", "whatsapp"]) { world in
            let kept = try await ProgramRun.run(
                ["buy", "--service", "whatsapp", "--country", "ID"] + Self.seller,
                world.environment)
            let order = try #require(kept.lines.last)
            try await Self.killVerify(world)
            let isOpen = try await world.account(of: .legitSMS).charges.map(\.refunded)
            #expect(isOpen == [false, false])
            let run = try await ProgramRun.run(next.arguments(order), world.environment)
            #expect(run.status == (next == .buy ? 0 : 10), "\(run.errors)")
            let charges = try await world.account(of: .legitSMS).charges
            // What the user keeps stays, and so does what was bought now.
            let refunds = [false, true] + (next == .buy ? [false] : [])
            #expect(charges.map(\.refunded) == refunds, "\(run.errors)")
        }
    }

    private static func killVerify(_ world: SimulatedWorld) async throws {
        let process = ProgramRun.process(
            ProgramRun.binary,
            ["verify", "--service", "whatsapp", "--country", "ID"] + seller, world.environment)
        let output = try #require(process.standardOutput as? Pipe).fileHandleForReading
        try process.run()
        // The phone tells that the number is bought.
        #expect(await ProgramRun.firstByte(of: output) == UInt8(ascii: "+"))
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
