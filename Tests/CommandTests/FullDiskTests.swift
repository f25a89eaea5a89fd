import Foundation
import Simulator
import Testing

/// A disk that takes nothing more, under the journal's real file.
struct FullDiskTests {
    // No file of the program may become longer; the signal for it is ignored, as on a full disk.
    private static let script = """
        trap '' XFSZ; ulimit -f 1
        exec "$0" buy --service whatsapp --country ID --provider legitsms
        """

    @Test func `M5 nothing is bought while the journal cannot be written`() async throws {
        try await SimulatedWorld.run(faults: []) { world in
            let made = try await ProgramRun.run(["orders"], world.environment)
            #expect(made.status == 0, "\(made.errors)")
            let full = try await ProgramRun.run(
                ["-c", Self.script, ProgramRun.binary], world.environment,
                executable: "/bin/bash")
            #expect(full.status == 70, "\(full.output) \(full.errors)")
            #expect(full.errors.contains("free some disk space; nothing is bought until it can"))
            #expect(try await world.account(of: .legitSMS).charges.isEmpty)
            // There is room again.
            let after = try await ProgramRun.run(
                ["buy", "--service", "whatsapp", "--country", "ID", "--provider", "legitsms"],
                world.environment)
            #expect(after.status == 0, "\(after.errors)")
            #expect(try await world.account(of: .legitSMS).charges.count == 1)
        }
    }
}
