import Moonline
import MoonlineTestKit
import OrderKernel
import Testing

/// User and password in a header, as RFC 7617 has them.
struct BasicAuthTests {
    private static func definition(_ basic: String) -> String {
        """
        return provider {
          api = 1, id = "acme", name = "Acme", version = "1.0", base_url = "https://acme.example",
          credentials = { user = { label = "User" }, password = { label = "Password" } },
          auth = { basic = "\(basic)" },
          limits = { { requests = 60, per = "1m" } }, polling = { first = "5s", every = "5s" },
          currency = "USD",
          operations = { balance = { get = "/me", reply = { amount = "money" } } },
        }
        """
    }

    // The example of RFC 7617 §2, and the same name with an empty password.
    @Test(arguments: [
        ("{user}:{password}", "QWxhZGRpbjpvcGVuLXNlc2FtZQ=="), ("{user}:", "QWxhZGRpbjo="),
    ])
    func `a pair is sent in base64, and its form in base64 is a secret, too`(
        _ row: (basic: String, sent: String)
    ) throws {
        let stage = DefinitionStage(
            id: "acme", definition: Self.definition(row.basic),
            environment: [
                "MOONLINE_ACME_USER": "Aladdin", "MOONLINE_ACME_PASSWORD": "open-sesame",
            ])
        try stage.run({ request in
            .answer(status: 400, body: #"{"error":"\(request.secrets.joined())"}"#)
        }) { engine, network, _ in
            let row0 = try await engine.balances().first
            guard case .failure(let error)? = row0?.result else {
                Issue.record("a refusal is expected")
                return
            }
            #expect(network.requests.map(\.secrets) == [[row.sent]])
            #expect(network.requests.map(\.credential) == ["basic"])
            #expect(!error.message.contains(row.sent))
        }
    }
}
