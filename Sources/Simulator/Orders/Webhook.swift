/// One webhook subscription.
struct Webhook: Sendable {
    /// One event that was due to a subscription.
    struct Delivery: Sendable {
        let id: String
        let event: WebhookEvent
        let order: String?
        let isTest: Bool
        let at: Int64
    }

    let id: String
    let secret: String
    let createdAt: Int64
    var url: String
    var description: String?
    var events: Set<WebhookEvent>
    /// In cents.
    var threshold: Int64?
    var isActive = true
    var isPaused = false
    var deliveries: [Delivery] = []
}
