import HTTPTypes

/// Webhook subscriptions of VirtualSMS.
extension VirtualSMS {
    static var webhookEndpoints: [Endpoint] {
        let base = customer + "/webhooks"
        return [
            Endpoint(.get, base, .webhooks, listWebhooks),
            Endpoint(.post, base, .webhooks, createWebhook),
            Endpoint(.get, base + "/:id", .webhooks, readWebhook),
            Endpoint(.patch, base + "/:id", .webhooks, changeWebhook),
            Endpoint(.delete, base + "/:id", .webhooks, deleteWebhook),
            Endpoint(.post, base + "/:id/test", .webhooks, testWebhook),
            Endpoint(.get, base + "/:id/deliveries", .webhooks, listDeliveries),
        ]
    }

    @Sendable private static func listWebhooks(call: Call, account: inout Account) -> Reply {
        let rows = account.webhooks.subscriptions.map { JSONValue.object(members(of: $0)) }
        return .json(["success": true, "webhooks": .array(rows)])
    }

    @Sendable private static func createWebhook(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        guard call.json?["url"] != nil, call.json?["events"] != nil else {
            throw error(400, "url and events are required", ["code": "missing_params"])
        }
        let draft = Webhook(id: "", secret: "", createdAt: call.now, url: "", events: [])
        let wanted = try changed(draft, by: call)
        var webhook = account.webhooks.subscribe(
            url: wanted.url, events: wanted.events, now: call.now)
        webhook.threshold = wanted.threshold
        webhook.isActive = wanted.isActive
        webhook.isPaused = wanted.isPaused
        account.webhooks.update(webhook)
        let secret = ("secret", JSONValue.string(webhook.secret))
        return .json(
            ["success": true, "webhook": .object(members(of: webhook) + [secret])], status: 201)
    }

    @Sendable private static func readWebhook(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let webhook = try subscription(call, in: account)
        return .json(["success": true, "webhook": .object(members(of: webhook))])
    }

    @Sendable private static func changeWebhook(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let webhook = try changed(subscription(call, in: account), by: call)
        account.webhooks.update(webhook)
        return .json(["success": true, "webhook": .object(members(of: webhook))])
    }

    @Sendable private static func deleteWebhook(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        account.webhooks.remove(try subscription(call, in: account).id)
        return .json(["success": true])
    }

    @Sendable private static func testWebhook(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        account.webhooks.recordTest(try subscription(call, in: account), at: call.now)
        return .json(["success": true])
    }

    /// Every delivery is `recorded`: the simulator sends none.
    @Sendable private static func listDeliveries(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let rows = try subscription(call, in: account).deliveries.reversed().map { delivery in
            [
                "id": .string(delivery.id),
                "type": .string(delivery.event.rawValue),
                "order_id": .optional(delivery.order),
                "test": .boolean(delivery.isTest),
                "status": "recorded",
                "created_at": .time(delivery.at),
            ] as JSONValue
        }
        return .json(["success": true, "deliveries": .array(rows)])
    }

    private static func subscription(
        _ call: Call, in account: Account
    ) throws(Reply) -> Webhook {
        guard let webhook = account.webhooks.subscription(call.id) else {
            throw error(404, "Webhook not found")
        }
        return webhook
    }

    /// Applies the members of a body, all of them checked first.
    private static func changed(_ webhook: Webhook, by call: Call) throws(Reply) -> Webhook {
        guard let body = call.json else { throw error(400, "The body must be a JSON object") }
        var webhook = webhook
        if let field = body["url"] {
            guard let url = field.string, url.hasPrefix("https://") else {
                throw error(400, "url must be an HTTPS address")
            }
            webhook.url = url
        }
        if let field = body["events"] {
            let events = field.strings?.map(WebhookEvent.init(rawValue:)) ?? []
            guard !events.isEmpty, !events.contains(nil) else {
                let known = WebhookEvent.allCases.map(\.rawValue).joined(separator: ", ")
                throw error(400, "events must be a list of: \(known)")
            }
            webhook.events = Set(events.compactMap(\.self))
        }
        if let field = body["threshold"] {
            guard let cents = field.hundredths, (1...9_999_999).contains(cents) else {
                throw error(400, "threshold must be above 0 and at most 99999.99")
            }
            webhook.threshold = cents
        }
        webhook.isActive = try flag("active", in: body) ?? webhook.isActive
        webhook.isPaused = try flag("paused", in: body) ?? webhook.isPaused
        return webhook
    }

    private static func flag(
        _ name: String, in body: [String: BodyField]
    ) throws(Reply) -> Bool? {
        guard let field = body[name] else { return nil }
        guard let value = field.boolean else { throw error(400, "\(name) must be true or false") }
        return value
    }

    private static func members(of webhook: Webhook) -> [(String, JSONValue)] {
        [
            ("id", .string(webhook.id)),
            ("url", .string(webhook.url)),
            ("events", .array(webhook.events.map(\.rawValue).sorted().map(JSONValue.string))),
            ("threshold", webhook.threshold.map { .amount($0, .dollar) } ?? .null),
            ("active", .boolean(webhook.isActive)),
            ("paused", .boolean(webhook.isPaused)),
            ("created_at", .time(webhook.createdAt)),
        ]
    }
}
