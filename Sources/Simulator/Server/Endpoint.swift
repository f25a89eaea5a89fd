import Hummingbird

/// One documented endpoint of a provider.
struct Endpoint: Sendable {
    typealias Answer = @Sendable (Call, inout Account) throws(Reply) -> Reply

    let method: HTTPRequest.Method
    /// A path in the router's form, with `:id` for an order or a subscription.
    let path: String
    /// Whether it asks for a key and counts towards the key's limit.
    let isPublic: Bool
    let operation: @Sendable (Call) -> SimulatedOperation
    let answer: Answer

    init(
        _ method: HTTPRequest.Method,
        _ path: String,
        isPublic: Bool = false,
        _ operation: SimulatedOperation,
        _ answer: @escaping Answer
    ) {
        self.init(method, path, isPublic: isPublic, operationOf: { _ in operation }, answer)
    }

    init(
        _ method: HTTPRequest.Method,
        _ path: String,
        isPublic: Bool = false,
        operationOf operation: @escaping @Sendable (Call) -> SimulatedOperation,
        _ answer: @escaping Answer
    ) {
        self.method = method
        self.path = path
        self.isPublic = isPublic
        self.operation = operation
        self.answer = answer
    }
}
