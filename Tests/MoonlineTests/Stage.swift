import Foundation
import Moonline
import MoonlineTestKit
import OrderKernel
import Synchronization
import Testing

/// The real engine over the shipped definitions, in virtual time, with a home of its own.
struct Stage {
    let home: String
    private let simulation: EngineSimulation

    static let providers = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "providers").path

    static let credentials = [
        "MOONLINE_LEGITSMS_API_KEY": "legit-key", "MOONLINE_ISMSCODE_API_KEY": "isms-key",
        "MOONLINE_SMSCODE_TOKEN": "smscode-token", "MOONLINE_VIRTUALSMS_API_KEY": "vms-key",
    ]

    /// - Parameter accounts: the providers that have a credential.
    init(_ accounts: [String], seed: UInt64 = 1, more: [String: String] = [:]) {
        home =
            FileManager.default.temporaryDirectory
            .appending(path: "moonline-\(UUID().uuidString)").path
        let wanted = Self.credentials.filter { variable in
            accounts.contains { variable.key.hasPrefix("MOONLINE_\($0.uppercased())_") }
        }
        simulation = EngineSimulation(
            seed: seed, providers: Self.providers,
            environment: wanted.merging(more) { _, new in new }
        )
    }

    var clock: SimulatedClock { simulation.clock }

    /// Runs work with an engine; several runs share the home, like processes one after another.
    func run(
        _ respond: @escaping @Sendable (SimulatedNetwork.Request) -> SimulatedNetwork.Reply,
        _ work: @escaping @Sendable (Engine, SimulatedNetwork) async throws -> Void
    ) throws {
        try simulation.run(home: home, respond: respond, work: work)
    }

    /// Writes the settings of the home.
    func configure(_ yaml: String) throws {
        try FileManager.default.createDirectory(
            atPath: home, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        try Data(yaml.utf8).write(to: URL(filePath: home + "/config.yaml"))
    }

    func cleanUp() { try? FileManager.default.removeItem(atPath: home) }
}

/// LegitSMS as its document says, with a code after so many looks.
final class LegitSMSModel: Sendable {
    private let looksUntilCode: Int
    private let looks = Mutex(0)

    init(looksUntilCode: Int) { self.looksUntilCode = looksUntilCode }

    func answer(_ request: SimulatedNetwork.Request) -> SimulatedNetwork.Reply {
        switch request.path.split(separator: "/").last {
        case "prices":
            return .answer(
                status: 200, body: #"{"country":"6","service":"wa","cost":1.20,"count":7482}"#
            )
        case "order":
            return .answer(
                status: 200,
                body: #"{"status":"success","order_id":"214589001","phone":"628123456789","#
                    + #""cost":1.20,"msg":"Waiting for SMS"}"#
            )
        case "status":
            let count = looks.withLock { count in
                count += 1
                return count
            }
            return count < looksUntilCode
                ? .answer(status: 200, body: #"{"status":"STATUS_WAIT_CODE"}"#)
                : .answer(status: 200, body: #"{"status":"STATUS_OK","code":"44921"}"#)
        case "set_status":
            return .answer(status: 200, body: #"{"status":"success","message":"done"}"#)
        default:
            return .answer(status: 404, body: #"{"code":"not_found","message":"?"}"#)
        }
    }
}
