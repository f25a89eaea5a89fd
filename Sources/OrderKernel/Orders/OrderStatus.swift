/// What a provider says of an order, in the five words that definitions use.
public enum OrderStatus: String, Sendable, Hashable, CaseIterable {
    case waiting, received, finished, cancelled, expired
}
