import OrderKernel

extension ReferenceProvider {
    /// Answers what the account holds.
    mutating func balanceReply() -> ReferenceReply {
        withdraw()
        var object = ReferenceJSON()
        object.add("balance", ledger.balance.amountText)
        object.add("currency", traits.currency)
        return ReferenceReply(body: object.text)
    }

    /// Answers what is sold, narrowed by service and country where they are given.
    func offersReply(_ request: ReferenceRequest) -> ReferenceReply {
        let service = request.parameter("service")
        let country = request.parameter("country")
        let rows = traits.products.filter {
            $0.service == service ?? $0.service && $0.country == country ?? $0.country
        }.map { product in
            var object = ReferenceJSON()
            object.add("service", product.service)
            object.add("country", product.country)
            object.add("price", traits.price.amountText)
            object.add("count", Int64(stockLeft(of: product)))
            return object.text
        }
        return ReferenceReply(body: "[" + rows.joined(separator: ",") + "]")
    }

    /// Answers the open orders, and where it keeps them those with a message.
    func listReply() -> ReferenceReply {
        var body = "{\"orders\":["
        var announcements: [ReferenceAnnouncement] = []
        let listed =
            traits.keepsListed
            ? orders.indices.filter { orders[$0].state.isOpen || !orders[$0].messages.isEmpty }
            : open
        for (row, place) in listed.enumerated() {
            if row > 0 { body += "," }
            if traits.oddRowsPerMille > 0, random() % 1000 < UInt64(traits.oddRowsPerMille) {
                body += #"{"id":"\#(orders[place].id)","status":"archived"}"#
                continue
            }
            body += orders[place].rowJSON
            if !orders[place].messages.isEmpty {
                announcements.append(.evidence(order: orders[place].id))
            }
        }
        return ReferenceReply(body: body + "]}", announcements: announcements)
    }

    /// Answers one order.
    func statusReply(_ place: Int) -> ReferenceReply {
        let order = orders[place]
        if traits.isCurt, !order.state.isOpen, order.messages.isEmpty { return .closed }
        return ReferenceReply(
            body: order.statusJSON,
            announcements: order.messages.isEmpty ? [] : [.evidence(order: order.id)]
        )
    }

    /// Cancels an order that got no message, once its hold is over.
    mutating func cancel(_ place: Int) -> ReferenceReply {
        let order = orders[place]
        guard order.state.isOpen else { return .closed }
        guard order.messages.isEmpty else { return hasMessage(place) }
        guard now >= order.cancelAt else {
            return .refused(
                425, "too_early", seconds: (order.cancelAt - now).wholeSeconds,
                announcements: [.hold(order: order.id, until: order.cancelAt)]
            )
        }
        if traits.refusalsPerMille > 0, random() % 1000 < UInt64(traits.refusalsPerMille) {
            return .refused(409, "not_now")
        }
        end(place, .cancelled)
        guard traits.capabilities.contains(.namesRefund) else { return .done }
        var object = ReferenceJSON()
        object.add("refund", order.price.amountText)
        return ReferenceReply(body: object.text)
    }

    /// Finishes an order that got a message.
    mutating func finish(_ place: Int) -> ReferenceReply {
        guard orders[place].state.isOpen else { return .closed }
        guard !orders[place].messages.isEmpty else { return .refused(409, "no_message") }
        end(place, .finished)
        return .done
    }

    /// Has a further code sent.
    mutating func resend(_ place: Int) -> ReferenceReply {
        guard orders[place].state.isOpen else { return .closed }
        schedule(.resend(seed: random()), for: place)
        return .done
    }

    /// Refuses what a message has made impossible.
    func hasMessage(_ place: Int) -> ReferenceReply {
        .refused(409, "has_message", announcements: [.evidence(order: orders[place].id)])
    }
}
