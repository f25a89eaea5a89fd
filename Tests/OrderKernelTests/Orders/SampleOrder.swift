import OrderKernel

/// An order as it was just bought, and the ways into each state.
enum SampleOrder {
    static let boughtAt = Instant(milliseconds: 1_774_124_100_000)
    static let now = boughtAt + .seconds(30)
    static let price = Money(ExactDecimal(units: 120, scale: 2), "USD")
    static let nothing = Money(ExactDecimal(units: 0, scale: 2), "USD")

    static var waiting: Order {
        Order(
            id: "A1", purchaseID: "P1", account: "smscode", provider: "smscode", remoteID: "77",
            phone: "+6281234567890", service: "whatsapp", country: "ID", price: price,
            createdAt: boughtAt, expiresAt: boughtAt + .seconds(900),
            cancelNotBefore: boughtAt + .seconds(120), swapNotBefore: boughtAt + .seconds(120)
        )
    }

    static func after(_ events: OrderEvent...) -> Order {
        var order = waiting
        for event in events { order.handle(event, at: now) }
        return order
    }

    /// The order in a state, reached by events.
    static func order(in state: OrderState) -> Order {
        switch state {
        case .waiting: waiting
        case .received: after(.received("111111"))
        case .finished: after(.received("111111"), .finished)
        case .cancelled: after(.cancelWanted, .cancelled(refund: nil))
        case .expired: after(.expired)
        case .lost: after(.missing)
        }
    }

    /// Every kind of event, with and without what it may carry.
    static let events: [OrderEvent] = [
        .said(.waiting), .said(.waiting, code: "111111"), .received("111111"),
        .received("222222"), .said(.received, message: "Your parcel is here"),
        .said(.finished), .said(.finished, code: "111111"), .said(.cancelled),
        .said(.cancelled, code: "222222"), .said(.expired), .said(.expired, code: "111111"),
        .cancelWanted, .cancelHeld(until: now + .seconds(90)), .cancelled(refund: nil),
        .cancelled(refund: price), .cancelled(refund: nothing), .cancelRefused, .finished,
        .resent(known: nil), .swapped(SwappedNumber(phone: "+6289999999999", remoteID: "78")),
        .expired, .closed, .missing, .said(.received),
        .said(.received, code: "111111", revision: 1),
        .said(.received, code: "222222", revision: 2), .attended(run: "R1"), .kept,
        .refundSeen, .refundLate,
    ]
}

extension OrderEvent {
    /// What a provider says.
    static func said(
        _ status: OrderStatus,
        code: String? = nil,
        message: String? = nil,
        revision: Int? = nil,
        after cancelRefusals: Int = 0
    ) -> OrderEvent {
        .observed(
            OrderObservation(
                status: status, code: code, message: message, revision: revision,
                cancelRefusals: cancelRefusals))
    }

    /// A provider says that a code came.
    static func received(_ code: String) -> OrderEvent { said(.received, code: code) }
}
