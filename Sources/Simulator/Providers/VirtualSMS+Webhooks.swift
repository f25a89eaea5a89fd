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
        webhook.description = wanted.description
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
        let webhook = try subscription(call, in: account)
        guard webhook.isActive, !webhook.isPaused else {
            throw error(400, "The webhook must be active and not paused")
        }
        account.webhooks.recordTest(webhook, at: call.now)
        return .json(["success": true])
    }

    /// Every delivery is `recorded`: the simulator sends none.
    @Sendable private static func listDeliveries(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let limit = min(100, max(1, call.query["limit"].flatMap(Int.init) ?? 100))
        let offset = max(0, call.query["offset"].flatMap(Int.init) ?? 0)
        let deliveries = try subscription(call, in: account).deliveries.reversed()
        let rows = deliveries.dropFirst(offset).prefix(limit).map { delivery in
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
            guard let url = field.string, isReachable(url) else {
                throw error(400, "url must be an HTTPS address with a public name")
            }
            webhook.url = url
        }
        if let field = body["description"] { webhook.description = field.string }
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
        guard webhook.threshold != nil || !webhook.events.contains(.balanceLow) else {
            throw error(400, "threshold is required for balance.low", ["code": "missing_params"])
        }
        webhook.isActive = try flag("active", in: body) ?? webhook.isActive
        webhook.isPaused = try flag("paused", in: body) ?? webhook.isPaused
        return webhook
    }

    /// "Must be https://, no localhost/IP literals", say the official clients.
    private static func isReachable(_ url: String) -> Bool {
        guard url.hasPrefix("https://") else { return false }
        let host = url.dropFirst("https://".count).prefix { !"/:?#".contains($0) }.lowercased()
        return !host.isEmpty && host != "localhost" && !host.hasPrefix("[")
            && !host.allSatisfy { $0 == "." || $0.isNumber }
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
            ("description", .optional(webhook.description)),
            ("threshold", webhook.threshold.map { .amount($0, .dollar) } ?? .null),
            ("active", .boolean(webhook.isActive)),
            ("paused", .boolean(webhook.isPaused)),
            ("failure_count_consecutive", 0),
            ("created_at", .time(webhook.createdAt)),
        ]
    }
}
