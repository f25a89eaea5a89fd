public import OrderKernel

extension ReferenceProvider {
    /// An order by its id.
    public func order(_ id: String) -> ReferenceOrder? { places[id].map { orders[$0] } }

    /// The orders that are open, oldest first.
    public var openOrders: [ReferenceOrder] { open.map { orders[$0] } }

    /// The balance in millionths.
    public var balance: Int64 { ledger.balance }

    /// When something happens next by itself; `nil` once all is settled.
    public var nextEvent: Instant? { events.next }

    /// How many charges an authorisation caused.
    public func charges(for authorisation: String) -> Int {
        ledger.chargesPerAuthorisation[authorisation, default: 0]
    }

    /// Orders that were cancelled though a message had come; a provider that is right has none.
    public var cancelledAfterMessage: Int {
        orders.count { $0.state == .cancelled && !$0.messages.isEmpty }
    }

    /// The most requests of the client that arrived in any window of a length, refused ones
    /// included.
    public func worstWindow(_ length: Duration) -> Int { conduct.requests.worst(in: length) }
}
