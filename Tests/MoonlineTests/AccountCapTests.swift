import Moonline
import MoonlineTestKit
import OrderKernel
import Testing

/// Caps of one account beside those over all of them.
struct AccountCapTests {
    private static let request = BuyRequest(
        service: "telegram", country: "ID", providers: ["virtualsms"])

    // Every number costs half a dollar.
    @Test(arguments: [
        (
            "per_order: 0.40", 1,
            """
            virtualsms: the order would cost 0.50 USD, the cap for one order is 0.40 USD; raise \
            accounts: virtualsms: caps: per_order in config.yaml to allow it, or take a cheaper \
            offer
            """
        ),
        (
            "per_run: 0.60", 2,
            """
            virtualsms: this run would have spent 1.00 USD, its cap is 0.60 USD; raise \
            accounts: virtualsms: caps: per_run in config.yaml to allow it, or start another run, \
            which begins at zero
            """
        ),
        (
            "per_day: 0.60", 2,
            """
            virtualsms: 24 hours would have cost 1.00 USD, their cap is 0.60 USD; raise \
            accounts: virtualsms: caps: per_day in config.yaml to allow it, or wait: it frees at \
            2026-11-02T
            """
        ),
        (
            "at_once: 1", 2,
            """
            virtualsms: 1 orders are open, the cap is 1 at once; raise \
            accounts: virtualsms: caps: at_once in config.yaml to allow it, or wait: it frees at \
            2026-11-01T
            """
        ),
    ])
    func `M4 a cap of an account says which it is and when it frees, and binds no other`(
        _ row: (cap: String, refused: Int, said: String)
    ) throws {
        let stage = Stage(["virtualsms", "legitsms"])
        defer { stage.cleanUp() }
        try stage.configure("accounts: { virtualsms: { caps: { \(row.cap) } } }")
        let (virtual, legit) = (VirtualSMSModel(), LegitSMSModel(looksUntilCode: 1))
        try stage.run { request in
            request.origin.contains("virtual") ? virtual.answer(request) : legit.answer(request)
        } _: { engine, network in
            for _ in 1..<row.refused { _ = try await engine.buy(Self.request) }
            let error = await #expect(throws: MoonlineError.self) {
                try await engine.buy(Self.request)
            }
            #expect(error?.code == .spendCap)
            #expect(error?.message.hasPrefix(row.said) == true, "\(error?.message ?? "")")
            #expect(network.requests.count { $0.path.hasSuffix("purchase") } == row.refused - 1)
            _ = try await engine.buy(
                BuyRequest(service: "whatsapp", country: "ID", providers: ["legitsms"]))
        }
    }
}
