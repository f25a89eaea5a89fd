/// What a request asks for.
public enum ReferenceOperation: Sendable, Hashable {
    /// The balance.
    case balance
    /// What is sold.
    case offers
    /// A new order.
    case create
    /// The open orders.
    case list
    /// A look at an order.
    case status(String)
    /// The end of an order, with a refund.
    case cancel(String)
    /// The end of an order whose message was used.
    case finish(String)
    /// A further code.
    case resend(String)
    /// A new order for the number of an order that ended.
    case reuse(String)
    /// Another number within the order.
    case swap(String)
    /// Nothing that is known.
    case unknown

    /// Reads a method and a path.
    public init(method: String, path: String) {
        let parts = path.split(separator: "/", maxSplits: 4).map(String.init)
        let resource = parts.count > 1 && parts[0] == "v1" ? parts[1] : ""
        switch (method, resource, parts.count) {
        case ("GET", "balance", 2): self = .balance
        case ("GET", "offers", 2): self = .offers
        case ("POST", "orders", 2): self = .create
        case ("GET", "orders", 2): self = .list
        case ("GET", "orders", 3): self = .status(parts[2])
        case ("DELETE", "orders", 3): self = .cancel(parts[2])
        case ("POST", "orders", 4): self = Self.action(parts[3], of: parts[2])
        default: self = .unknown
        }
    }

    private static func action(_ name: String, of id: String) -> Self {
        switch name {
        case "finish": .finish(id)
        case "resend": .resend(id)
        case "reuse": .reuse(id)
        case "swap": .swap(id)
        default: .unknown
        }
    }

    /// The order that it names.
    var order: String? {
        switch self {
        case .status(let id), .cancel(let id), .finish(let id), .resend(let id), .reuse(let id),
            .swap(let id):
            id
        case .balance, .offers, .create, .list, .unknown: nil
        }
    }

    /// What a provider needs for it; `nil` when no provider has it.
    var capability: ReferenceCapabilities? {
        switch self {
        case .offers, .create: []
        case .balance: .tellsBalance
        case .list: .listsOrders
        case .status: .tellsStatus
        case .cancel: .cancels
        case .finish: .finishes
        case .resend: .resends
        case .reuse: .reuses
        case .swap: .swaps
        case .unknown: nil
        }
    }
}
