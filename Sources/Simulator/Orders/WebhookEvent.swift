/// The five events that VirtualSMS's document names.
enum WebhookEvent: String, CaseIterable, Sendable {
    case messageReceived = "sms.received"
    case orderCancelled = "order.cancelled"
    case orderExpired = "order.expired"
    case orderSwapped = "order.swapped"
    case balanceLow = "balance.low"
}
