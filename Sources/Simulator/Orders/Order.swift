/// A number that was bought.
struct Order: Sendable {
    enum State: String, Sendable {
        case waiting
        case received
        case finished
        case cancelled
        case expired

        var isOpen: Bool { self == .waiting || self == .received }
    }

    let id: String
    /// The order's name in the sms-activate protocol, whose ids are whole numbers.
    let number: Int
    let service: Service
    let country: Country
    var phone: String
    /// In minor units of the market's currency.
    let price: Int64
    let createdAt: Int64
    /// When the number was first bought; a reused number keeps the time of its first order.
    let numberSince: Int64
    /// Whether the number came from the stock and goes back to it.
    let usesStock: Bool
    var expiresAt: Int64
    var state = State.waiting
    var messages: [Message] = []
    /// The message on its way, with the time at which it arrives.
    var pending: Message?
    /// Whether the buyer asked for a further message that has not come yet.
    var asksForAnother = false
    var refunded: Int64 = 0

    var offer: Offer { Offer(service, country) }
    var code: String? { messages.last?.code }
}
