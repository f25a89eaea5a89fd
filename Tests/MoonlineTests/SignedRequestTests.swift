import Moonline
import MoonlineTestKit
import OrderKernel
import Testing

/// Requests that a definition signs with a key that stays in the core.
struct SignedRequestTests {
    // The first way is the one of an account that sets nothing.
    private static func definition(_ ways: String) -> String {
        """
        return provider {
          api = 1, id = "acme", name = "Acme", version = "1.0", base_url = "https://acme.example",
          credentials = { user = { label = "User" }, secret = { label = "Secret" } },
          settings = { way = { \(ways) } },
          auth = { setting = "way", signed = { query = { user = "{user}" }, hmac = "{secret}" },
            plain = { query = { user = "{user}" } } },
          limits = { { requests = 60, per = "1m" } }, polling = { first = "5s", every = "5s" },
          currency = "USD",
          operations = { balance = function()
            local sign = crypto.hmac("sha256", "{secret}", "what do ya want for nothing?")
            local reply = http.get("/me", { query = { sign = sign, at = time.now() } })
            return { amount = "1.00" }
          end },
        }
        """
    }

    private func stage(_ ways: String) -> DefinitionStage {
        DefinitionStage(
            id: "acme", definition: Self.definition(ways),
            environment: ["MOONLINE_ACME_USER": "Aladdin", "MOONLINE_ACME_SECRET": "Jefe"])
    }

    // RFC 4231 §4.3.
    @Test func `a signature is made with the account's key and the clock's time`() throws {
        try stage(#""signed", "plain""#).run({ _ in .answer(status: 200, body: "{}") }) {
            engine, network, clock in
            let now = clock.now().milliseconds / 1000
            let row = try await engine.balances().first
            guard case .success? = row?.result else {
                Issue.record("\(String(describing: row))")
                return
            }
            let sign = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            #expect(network.requests.map(\.target) == ["/me?at=\(now)&sign=\(sign)"])
            #expect(network.requests.map(\.secrets) == [["Aladdin"]])
        }
    }

    @Test func `another way to send credentials signs nothing`() throws {
        try stage(#""plain", "signed""#).run({ _ in .answer(status: 200, body: "{}") }) {
            engine, network, _ in
            let row = try await engine.balances().first
            guard case .failure(let error)? = row?.result else {
                Issue.record("a refusal is expected")
                return
            }
            #expect(error.code == .auth)
            #expect(error.message.contains("'secret' signs nothing with the settings of 'acme'"))
            #expect(network.requests.isEmpty)
        }
    }
}
