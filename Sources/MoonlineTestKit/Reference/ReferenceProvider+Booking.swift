import OrderKernel

extension ReferenceProvider {
    /// Whether replies tell from when on an order can be cancelled.
    var namesHold: Bool { traits.capabilities.contains(.namesHold) }

    /// The hold of an order, if replies tell it.
    func hold(of order: ReferenceOrder) -> [ReferenceAnnouncement] {
        namesHold ? [.hold(order: order.id, until: order.cancelAt)] : []
    }

    /// Does something with an order by its id.
    mutating func withOrder(
        _ id: String,
        _ body: (inout Self, Int) -> ReferenceReply
    ) -> ReferenceReply {
        guard let place = places[id] else { return .notFound }
        return body(&self, place)
    }

    /// How many numbers of a product are left.
    func stockLeft(of product: ReferenceProduct) -> Int {
        guard traits.products.contains(product) else { return 0 }
        return max(0, traits.stock - taken[product, default: 0])
    }

    /// A number that nobody had before.
    mutating func nextPhone() -> String {
        numbersGiven += 1
        // The factor has no divisor in common with the modulus, so no number comes twice.
        return "+1555" + String(10_000_000 + numbersGiven * 7919 % 10_000_000).dropFirst()
    }

    /// Adds an order, charges it and plans what becomes of it; returns its place.
    mutating func add(
        _ product: ReferenceProduct,
        price: Int64? = nil,
        origin: ReferenceOrder.Origin,
        phone: String? = nil
    ) -> Int {
        let place = orders.count
        let price = price ?? traits.price
        let expiresAt = now + traits.lifetime
        let number = phone ?? nextPhone()
        var order = ReferenceOrder(
            id: "order-\(place + 1)", product: product, price: price, origin: origin,
            createdAt: now, expiresAt: expiresAt, phone: number,
            cancelAt: now + traits.cancelHold
        )
        order.write(namesHold: namesHold)
        orders.append(order)
        places[order.id] = place
        open.append(place)
        phones.insert(number)
        if phone == nil { taken[product, default: 0] += 1 }
        charge(
            price, place, origin.isForeign ? .foreign : .charge,
            authorisation: origin.authorisation, key: origin.key
        )
        events.schedule(.expiry(order: place), at: expiresAt)
        schedule(plan(random()), for: place)
        return place
    }

    /// Ends an order without a message before its time, now and then: one that was looked at, so
    /// that what the look showed is out of date when the balance is answered.
    mutating func withdraw() {
        guard traits.withdrawalsPerMille > 0 else { return }
        let chance = random()
        let empty = open.filter {
            orders[$0].messages.isEmpty && conduct.looks[orders[$0].id] != nil
        }
        guard chance % 1000 < UInt64(traits.withdrawalsPerMille), !empty.isEmpty else { return }
        let place = empty[Int(chance / 1000 % UInt64(empty.count))]
        end(place, .expired)
    }

    /// Takes money for an order.
    mutating func charge(
        _ amount: Int64,
        _ place: Int,
        _ kind: LedgerEntry.Kind,
        authorisation: String?,
        key: String?
    ) {
        orders[place].charged += amount
        ledger.book(
            LedgerEntry(
                order: orders[place].id, amount: -amount, kind: kind, at: now,
                authorisation: authorisation, key: key
            )
        )
    }

    /// Schedules the messages of a plan, counted from now.
    mutating func schedule(_ plan: ReferencePlan, for place: Int) {
        for message in plan.messages {
            events.schedule(
                .message(
                    order: place, exchanges: orders[place].exchanges, code: message.code
                ),
                at: now + message.delay
            )
        }
    }

    /// Ends an order, and plans the refund of one that got no message.
    mutating func end(_ place: Int, _ state: ReferenceOrder.State) {
        orders[place].state = state
        orders[place].endedAt = now
        orders[place].write(namesHold: namesHold)
        open.removeAll { $0 == place }
        phones.remove(orders[place].phone)
        if orders[place].origin.reusedFrom == nil {
            taken[orders[place].product, default: 0] -= 1
        }
        guard state == .cancelled || state == .expired else { return }
        if traits.refundDelay > .zero {
            events.schedule(.refund(order: place), at: now + traits.refundDelay)
        } else {
            refund(place)
        }
    }

    /// Lets an event happen.
    mutating func happen(_ event: ReferenceEvents.Event) {
        switch event {
        case .message(let place, let exchanges, let code):
            guard orders[place].state.isOpen, orders[place].exchanges == exchanges else { return }
            let text = orders[place].product.text(code: code)
            orders[place].messages.append(.init(at: now, text: text, code: code))
            orders[place].state = .received
            orders[place].write(namesHold: namesHold)
        case .expiry(let place):
            guard orders[place].state.isOpen else { return }
            end(place, orders[place].messages.isEmpty ? .expired : .finished)
        case .refund(let place):
            refund(place)
        }
    }

    private mutating func refund(_ place: Int) {
        let order = orders[place]
        guard order.refundedAt == nil else { return }
        orders[place].refundedAt = now
        orders[place].refunded += order.price
        ledger.book(
            LedgerEntry(
                order: order.id, amount: order.price, kind: .refund, at: now,
                authorisation: order.origin.authorisation, key: order.origin.key
            )
        )
    }
}
