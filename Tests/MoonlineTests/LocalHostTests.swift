import Foundation
import Moonline
import OrderKernel
import Testing

/// Two processes of one machine, by locks of the kernel and Unix sockets.
struct LocalHostTests {
    private let folder = "/tmp/moonline-\(UUID().uuidString.prefix(8))"

    private func host(_ runtime: String? = nil) throws -> LocalHost {
        let runtime = runtime ?? folder
        try FileManager.default.createDirectory(
            atPath: runtime, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        // Beside other tests an answer may take long.
        return try LocalHost(
            home: folder, environment: ["MOONLINE_RUNTIME_DIR": runtime], patience: .seconds(120))
    }

    private func cleanUp() { try? FileManager.default.removeItem(atPath: folder) }

    private static func isOwner(_ claim: TokenClaim) -> Bool {
        if case .owner = claim { true } else { false }
    }

    @Test func `one process owns a token and answers the other, which takes over from it`()
        async throws
    {
        defer { cleanUp() }
        let (first, second) = (try host(), try host())
        let answer = TurnAnswer.go(within: .seconds(1))
        #expect(Self.isOwner(try await first.claim("t") { _ in answer }))
        #expect(try await second.claim("t") { _ in .done } == .taken)
        #expect(try await second.ask("t", .leave(id: 1)) == answer)
        await first.release("t")
        #expect(try await second.ask("t", .leave(id: 1)) == nil)
        #expect(Self.isOwner(try await second.claim("t") { _ in .done }))
        #expect(try await first.ask("t", .leave(id: 1)) == .done)
        await second.release("t")
    }

    // A folder in its place cannot be removed.
    @Test func `a process whose socket cannot be made owns nothing`() async throws {
        defer { cleanUp() }
        let (first, second) = (try host(), try host())
        try FileManager.default.createDirectory(
            atPath: folder + "/t.sock/x", withIntermediateDirectories: true)
        for host in [first, second] {
            let error = await #expect(throws: MoonlineError.self) {
                try await host.claim("t") { _ in .done }
            }
            #expect(error?.message.contains("cannot be made") == true)
        }
    }

    // The path of a socket has 108 bytes at most (unix(7)).
    @Test func `a folder whose sockets would have too long a name is refused at once`() {
        defer { cleanUp() }
        let error = #expect(throws: MoonlineError.self) {
            try host(folder + "/" + String(repeating: "d", count: 100))
        }
        #expect(error?.code == .invalid)
        #expect(error?.message.contains("MOONLINE_RUNTIME_DIR is too long") == true)
    }

    @Test func `a run lives as long as its process says so`() throws {
        defer { cleanUp() }
        let (first, second) = (try host(), try host())
        try first.begin(run: "r")
        #expect(first.isAlive(run: "r") && second.isAlive(run: "r"))
        first.end(run: "r")
        #expect(!first.isAlive(run: "r") && !second.isAlive(run: "r"))
    }

    @Test(arguments: [false, true])
    func `of several that wait for one number each keeps it`(isOneProcess: Bool) throws {
        defer { cleanUp() }
        let first = try host()
        let second = isOneProcess ? first : try host()
        let onlooker = try host()
        try first.begin(run: "order-1")
        try second.begin(run: "order-1")
        first.end(run: "order-1")
        try onlooker.begin(run: "another")
        #expect(onlooker.isAlive(run: "order-1"))
        second.end(run: "order-1")
        #expect(!onlooker.isAlive(run: "order-1"))
    }
}
