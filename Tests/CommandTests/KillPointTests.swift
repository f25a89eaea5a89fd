import Definitions
import Foundation
import Logging
import Moonline
import OrderKernel
import Simulator
import Synchronization
import Testing
import Transport

/// A real process, with the real engine, journal and network, ends by SIGKILL at each point of a
/// verification; the program then works on in its folder.
@Suite(.serialized)
struct KillPointTests {
    /// Where the process ends.
    enum Point: String, Sendable, Codable, CaseIterable {
        case beforePurchase, duringPurchase, afterPurchase
        case beforeLook, afterLook
        case atCode, afterReturn
    }

    private struct Row: Decodable {
        let remoteID: String?
        let state: String
        let code: String?

        private enum CodingKeys: String, CodingKey {
            case remoteID = "remote_id"
            case state, code
        }
    }

    private static func verify(
        _ environment: [String: String],
        _ provider: String,
        until point: Point
    ) async throws {
        let engine = try await Engine(
            configuration: EngineConfiguration(environment: environment),
            transport: DyingTransport(point: point))
        let request = VerificationRequest(
            service: "whatsapp", countries: ["ID"], providers: [provider])
        _ = try await engine.verify(request) { event in
            if case .code = event, point == .atCode { DyingTransport.die() }
        }
        if point == .afterReturn { DyingTransport.die() }
    }

    private static func expectDeath(
        _ environment: [String: String],
        _ provider: String,
        _ point: Point
    ) async {
        await #expect(processExitsWith: .signal(SIGKILL)) { [environment, provider, point] in
            try await KillPointTests.verify(environment, provider, until: point)
        }
    }

    private static let cases: [(String, Point)] = [
        SimulatedProvider.legitSMS, .iSMScode, .smsCode, .virtualSMS,
    ].flatMap { provider in
        // Where it is a matter of the purchase, each provider; else those of two kinds.
        let isExample = [.legitSMS, .virtualSMS].contains(provider)
        let points: [Point] = isExample ? Point.allCases : [.duringPurchase, .afterPurchase]
        return points.map { (provider.rawValue, $0) }
    }

    @Test(arguments: cases)
    func `M1 M2 O2 a process killed at any point charges once and forgets nothing`(
        _ provider: String,
        _ point: Point
    ) async throws {
        let faults = point == .duringPurchase ? ["lost:\(provider):buy"] : []
        try await SimulatedWorld.run(faults: faults) { world in
            let environment = world.environment
            await Self.expectDeath(environment, provider, point)
            let sold = try #require(SimulatedProvider(rawValue: provider))
            #expect(
                try await world.account(of: sold).charges.count
                    == (point == .beforePurchase ? 0 : 1))
            let sweep = try await ProgramRun.run(["sweep", "--settle", "1s"], environment)
            let charges = try await world.account(of: sold).charges
            #expect(charges.count <= 1, "one authorisation was charged \(charges.count) times")
            let listed = try await ProgramRun.run(["orders", "--json"], environment)
            let rows = try listed.lines.map {
                try JSONDecoder().decode(Row.self, from: Data($0.utf8))
            }
            let isCovered = rows.contains { ["unknown", "unresolved"].contains($0.state) }
            for charge in charges {
                #expect(isCovered || rows.contains { $0.remoteID == charge.orderID })
            }
            guard point == .atCode else { return }
            // Who was about to be told is gone, so somebody else is.
            let code = try #require(rows.compactMap(\.code).first)
            #expect(sweep.output.contains(code) || sweep.errors.contains(code))
        }
    }
}

/// The network of a process that ends at a point of its purchase.
private final class DyingTransport: HTTPTransport {
    private let point: KillPointTests.Point
    private let network: NetworkTransport
    private let hasBought = Mutex(false)

    init(point: KillPointTests.Point) {
        self.point = point
        network = NetworkTransport(redactor: Redactor([]), logger: .init(label: "test"))
    }

    static func die() { kill(getpid(), SIGKILL) }

    func send(_ request: WireRequest) async throws(MoonlineError) -> ProviderResponse {
        let isPurchase = request.departure != nil
        let isLook = !isPurchase && hasBought.withLock { $0 }
        if isPurchase && point == .beforePurchase || isLook && point == .beforeLook { Self.die() }
        if isPurchase && point == .duringPurchase {
            // It is carried out, and its answer does not come.
            _ = try? await network.send(request)
            Self.die()
        }
        let response = try await network.send(request)
        if isPurchase && point == .afterPurchase || isLook && point == .afterLook { Self.die() }
        if isPurchase { hasBought.withLock { $0 = true } }
        return response
    }

    func shutDown() async { await network.shutDown() }
}
