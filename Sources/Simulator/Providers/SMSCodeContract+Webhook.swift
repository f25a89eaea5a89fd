/// The one webhook of an SMSCode account, the same on both surfaces.
extension SMSCodeContract {
    @Sendable static func webhook(surface: Surface, call: Call, account: inout Account) -> Reply {
        success([
            "webhook_url": .optional(account.webhookURL),
            "webhook_secret": .optional(account.webhookSecret),
            "webhook_disabled_at": .null,
            "webhook_disabled_reason": .null,
            "webhook_consecutive_failures": 0,
        ])
    }

    /// An empty text clears a field; an address without a secret is given one.
    @Sendable static func changeWebhook(
        surface: Surface, call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let url = call.json?["webhook_url"]?.string
        let secret = call.json?["webhook_secret"]?.string
        guard url != nil || secret != nil else {
            throw invalid("webhook_url or webhook_secret must be given")
        }
        if let url {
            guard url.isEmpty || url.hasPrefix("https://") else {
                throw invalid("webhook_url must be an HTTPS address")
            }
            account.webhookURL = url.isEmpty ? nil : url
        }
        if let secret { account.webhookSecret = secret.isEmpty ? nil : secret }
        if account.webhookURL != nil, account.webhookSecret == nil, secret == nil {
            account.webhookSecret = String(repeating: "5ec2e7", count: 10)
        }
        return webhook(surface: surface, call: call, account: &account)
    }

    /// Nothing is sent: an address needs HTTPS, which loopback does not have.
    @Sendable static func testWebhook(
        surface: Surface, call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        guard account.webhookURL != nil else { throw invalid("no webhook_url is set") }
        return success(["status_code": 200])
    }
}
