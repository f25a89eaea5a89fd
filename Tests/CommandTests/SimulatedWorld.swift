import Foundation
import Logging
import Simulator
import Testing

/// The simulator on a free port, with the variables that lead the program to it.
struct SimulatedWorld {
    let environment: [String: String]
    let home: String
    private let server: SimulatorServer

    /// Runs work while a simulator runs, fifty times faster than life.
    static func run(
        faults: [String] = [],
        speed: Int = 50,
        speaksContract: Bool = false,
        silent: Set<String> = [],
        keys marked: [SimulatedProvider: [String]] = [:],
        _ work: @escaping @Sendable (SimulatedWorld) async throws -> Void
    ) async throws {
        var configuration = SimulatorConfiguration()
        configuration.speed = speed
        configuration.speaksContract = speaksContract
        configuration.silentServices = silent
        configuration.faults = try faults.map { try FaultRule(argument: $0) }
        configuration.keys.merge(marked) { _, new in new }
        let keys = configuration.keys
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let server = SimulatorServer(configuration: configuration, logger: logger)
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run { port in continuation.yield(port) } }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            let smsCode = speaksContract ? "SMSCODE_V2" : "SMSCODE"
            let world = SimulatedWorld(
                server: server, port: port, keys: keys, smsCode: smsCode)
            defer { try? FileManager.default.removeItem(atPath: world.home) }
            try await work(world)
            group.cancelAll()
        }
    }

    /// A provider's side of the story.
    struct Account: Decodable, Sendable {
        struct Charge: Decodable, Sendable {
            let orderID: String
            let state: String
            let refunded: Bool

            private enum CodingKeys: String, CodingKey {
                case orderID = "order_id"
                case state, refunded
            }
        }

        let charges: [Charge]
        let requests: [String: Int]
        /// How many requests the provider refused since there were too many.
        let rateLimited: Int

        private enum CodingKeys: String, CodingKey {
            case charges, requests
            case rateLimited = "rate_limited"
        }
    }

    /// What a provider has sold and was asked for.
    func account(of provider: SimulatedProvider) async throws -> Account {
        struct Overview: Decodable { let providers: [String: Account] }
        let text = await server.overview()
        let overview = try JSONDecoder().decode(Overview.self, from: Data(text.utf8))
        return try #require(overview.providers[provider.rawValue])
    }

    private init(
        server: SimulatorServer,
        port: Int,
        keys: [SimulatedProvider: [String]],
        smsCode: String
    ) {
        self.server = server
        home =
            FileManager.default.temporaryDirectory
            .appending(path: "moonline-\(UUID().uuidString)").path
        let accounts: [(SimulatedProvider, String)] = [
            (.legitSMS, "API_KEY"), (.iSMScode, "API_KEY"), (.smsCode, "TOKEN"),
            (.virtualSMS, "API_KEY"), (.virtualSMSLegacy, "API_KEY"),
        ]
        var environment = ["MOONLINE_HOME": home]
        for (provider, credential) in accounts {
            let name = provider == .smsCode ? smsCode : provider.rawValue.uppercased()
            let prefix = "MOONLINE_\(name)_"
            environment[prefix + credential] = keys[provider.accountHolder]?.first
            environment[prefix + "BASE_URL"] = "http://127.0.0.1:\(port)"
            environment[prefix + "LIMIT"] = "3000/1m"
            environment[prefix + "POLL_EVERY"] = "100ms"
        }
        self.environment = environment
    }
}
