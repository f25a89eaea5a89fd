import Foundation
import Simulator
import Testing

/// Results that cannot be written: nobody knows of them.
struct UnwrittenResultTests {
    // Standard output is a device that is always full, or a pipe that nobody reads.
    private static func run(
        _ arguments: [String],
        to output: String,
        _ environment: [String: String] = [:]
    ) async throws -> ProgramRun {
        try await ProgramRun.run(
            ["-c", "\"$0\" \"$@\" \(output); exit ${PIPESTATUS[0]}", ProgramRun.binary]
                + arguments, environment, executable: "/bin/bash")
    }

    @Test(arguments: [["provider", "list"], ["provider", "list", "--json"]])
    func `a full disk is told, in one line and with status 70`(_ arguments: [String]) async throws {
        let run = try await Self.run(arguments, to: "> /dev/full")
        #expect(run.status == 70)
        #expect(run.errors.contains("could not be written (No space left on device)"))
        #expect(run.errors.split(separator: "\n").count == 1)
    }

    @Test func `a reader that went away makes no failure`() async throws {
        let run = try await Self.run(["provider", "list"], to: "| true")
        #expect(run.status == 0 && run.errors.isEmpty)
    }

    @Test(arguments: ["> /dev/full", "| true"])
    func `a number that nobody can have read is given back`(_ output: String) async throws {
        // A code that came meanwhile would be paid for.
        try await SimulatedWorld.run(silent: ["wa", "whatsapp"]) { world in
            let bought = try await Self.run(
                ["buy", "--service", "whatsapp", "--country", "ID", "--provider", "legitsms"],
                to: output, world.environment)
            let sweep = try await ProgramRun.run(["sweep", "--settle", "20s"], world.environment)
            #expect(sweep.status == 0, "\(sweep.errors)")
            let charges = try await world.account(of: .legitSMS).charges
            #expect(charges.map(\.refunded) == [true], "\(bought.errors) \(sweep.errors)")
        }
    }
}
