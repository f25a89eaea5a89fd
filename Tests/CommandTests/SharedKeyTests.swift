import Foundation
import Moonline
import OrderKernel
import Simulator
import Testing

/// Real processes that use one key at the same time.
@Suite(.serialized)
struct SharedKeyTests {
    // Alone, each would keep the limit and both together would break it.
    @Test func `L1 two programs on one key keep its limit together`() async throws {
        try await SimulatedWorld.run(speed: 10) { world in
            let environment = world.environment.merging(
                ["MOONLINE_LEGITSMS_LIMIT": "600/1m"]
            ) { _, new in new }
            let script = world.home + ".lua"
            defer { try? FileManager.default.removeItem(atPath: script) }
            let source = "for i = 1, 50 do assert(otp.balance(\"legitsms\")) end"
            try Data(source.utf8).write(to: URL(filePath: script))
            async let first = ProgramRun.run(["run", script], environment)
            async let second = ProgramRun.run(["run", script], environment)
            let (one, other) = try await (first, second)
            #expect(one.status == 0 && other.status == 0, "\(one.errors) \(other.errors)")
            let account = try await world.account(of: .legitSMS)
            // One that failed on its way is repeated.
            #expect(account.requests["balance", default: 0] >= 100)
            #expect(account.rateLimited == 0)
        }
    }

    private static func claimAndDie(_ folder: String) async throws {
        let host = try LocalHost(home: folder, environment: ["MOONLINE_RUNTIME_DIR": folder])
        let claim = try await host.claim("t") { _ in .done }
        // One that owns nothing ends otherwise than it is expected to.
        guard case .owner = claim else { return }
        kill(getpid(), SIGKILL)
    }

    @Test func `a key whose owner was killed is free at once`() async throws {
        let folder: String = "/tmp/moonline-\(UUID().uuidString.prefix(8))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String] in
            try await SharedKeyTests.claimAndDie(folder)
        }
        let host = try LocalHost(home: folder, environment: ["MOONLINE_RUNTIME_DIR": folder])
        let claim = try await host.claim("t") { _ in .done }
        let isOwner = if case .owner = claim { true } else { false }
        #expect(isOwner)
        await host.release("t")
    }
}
