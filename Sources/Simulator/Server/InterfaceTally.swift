/// What arrived at one interface with one key.
struct InterfaceTally: Sendable {
    var requests: [SimulatedOperation: Int] = [:]
    var rateLimited = 0
    /// Milliseconds since the start, by order.
    var polls: [String: [Int64]] = [:]
}
