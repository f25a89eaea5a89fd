import Definitions
import Hummingbird
import Logging
import Loopback
import OrderKernel
import Testing
import Transport

/// Invariant M5 at the socket: a purchase leaves in time, or not at all.
struct PurchaseDepartureTests {
    /// What it finds when it looks at the clock: at the start, and before the first byte.
    private static let lateness: [(looks: [Duration], leaves: Bool)] = [
        ([.seconds(-5), .seconds(-5)], true),
        ([.zero, .seconds(30)], true),
        ([.milliseconds(1), .zero], false),
        ([.seconds(40), .zero], false),
        ([.zero, .milliseconds(30_001)], false),
        ([.seconds(-5), .seconds(3600)], false),
    ]

    @Test("M5: a purchase that was held up sends no byte, and says so", arguments: lateness)
    func heldUp(_ looks: [Duration], _ leaves: Bool) async throws {
        let (arrivals, checks) = (Counter(), Counter())
        let router = Router()
        router.get("buy") { _, _ in "\(arrivals.next())" }
        let transport = NetworkTransport(redactor: Redactor([]), logger: Logger(label: "test"))
        try await LoopbackServer.run(router) { port in
            let wire = WireRequest(
                request: ProviderRequest(method: .get, path: "/buy", operation: "buy"),
                baseURL: try BaseURL(parsing: "http://127.0.0.1:\(port)"), credentials: [],
                isUsersOrigin: true, timeout: .seconds(300),
                departure: PurchaseDeparture(of: "p") { looks[min(checks.next(), 1)] })
            if leaves {
                #expect(try await transport.send(wire).text == "0")
            } else {
                let error = await #expect(throws: MoonlineError.self) {
                    try await transport.send(wire)
                }
                #expect(error?.code == .deadline)
                #expect(error?.isUnsent == true)
                #expect(arrivals.next() == 0)
            }
        }
        await transport.shutDown()
    }
}

extension PurchaseDeparture {
    /// A purchase that is never late.
    static var inTime: PurchaseDeparture { PurchaseDeparture(of: "p") { .zero } }
}
