/// The subscriptions of an account and what they were due.
///
/// Deliveries are recorded and not sent: subscribers need HTTPS, which loopback does not have.
struct WebhookBook: Sendable {
    private(set) var subscriptions: [Webhook] = []
    private var serial = 0
    private var generator = SeededGenerator(seed: 0, name: "webhooks")

    func subscription(_ id: String?) -> Webhook? {
        subscriptions.first { $0.id == id }
    }

    mutating func subscribe(url: String, events: Set<WebhookEvent>, now: Int64) -> Webhook {
        let secret = generator.text(count: 32, from: "0123456789abcdef")
        let webhook = Webhook(
            id: generator.uuid(), secret: "whsec_" + secret, createdAt: now, url: url,
            events: events)
        subscriptions.append(webhook)
        return webhook
    }

    mutating func update(_ webhook: Webhook) {
        guard let index = subscriptions.firstIndex(where: { $0.id == webhook.id }) else { return }
        subscriptions[index] = webhook
    }

    mutating func remove(_ id: String) {
        subscriptions.removeAll { $0.id == id }
    }

    mutating func record(_ event: WebhookEvent, order: Order?, at time: Int64) {
        for index in subscriptions.indices {
            let webhook = subscriptions[index]
            guard webhook.isActive, !webhook.isPaused, webhook.events.contains(event) else {
                continue
            }
            append(event, order: order?.id, isTest: false, at: time, to: index)
        }
    }

    /// Records `balance.low` where the balance has just fallen below a threshold, and only then.
    mutating func recordBalance(from before: Int64, to after: Int64, at time: Int64) {
        for index in subscriptions.indices {
            let webhook = subscriptions[index]
            guard webhook.isActive, !webhook.isPaused, webhook.events.contains(.balanceLow),
                let threshold = webhook.threshold, before >= threshold, after < threshold
            else { continue }
            append(.balanceLow, order: nil, isTest: false, at: time, to: index)
        }
    }

    mutating func recordTest(_ webhook: Webhook, at time: Int64) {
        guard let index = subscriptions.firstIndex(where: { $0.id == webhook.id }) else { return }
        append(.messageReceived, order: nil, isTest: true, at: time, to: index)
    }

    private mutating func append(
        _ event: WebhookEvent, order: String?, isTest: Bool, at time: Int64, to index: Int
    ) {
        serial += 1
        let delivery = Webhook.Delivery(
            id: "evt_\(serial)", event: event, order: order, isTest: isTest, at: time)
        subscriptions[index].deliveries.append(delivery)
        // The document: "List recent deliveries (last 100)".
        let excess = subscriptions[index].deliveries.count - 100
        subscriptions[index].deliveries.removeFirst(max(0, excess))
    }
}
