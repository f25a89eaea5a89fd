import OrderKernel

extension ReferenceProvider {
    /// Executes a purchase, or answers it again when its key was seen.
    mutating func performOnce(_ request: ReferenceRequest) -> ReferenceReply {
        guard traits.capabilities.contains(.honoursKey), let key = request.idempotencyKey else {
            return execute(request)
        }
        if let record = keys.record(of: key) {
            guard record.fingerprint == request.fingerprint else {
                return .refused(422, "key_reused")
            }
            return now < record.processingUntil ? .refused(409, "in_progress") : record.reply
        }
        var reply = execute(request)
        // A request that cannot be read was never begun, so its key stays free.
        guard reply.status != 400 else { return reply }
        let processing = reply.processing
        reply.processing = .zero
        let record = ReferenceKeys.Record(
            fingerprint: request.fingerprint, processingUntil: now + processing, reply: reply
        )
        keys.remember(key, record, at: now)
        reply.processing = processing
        return reply
    }

    /// Executes a purchase, and draws how long the work takes.
    private mutating func execute(_ request: ReferenceRequest) -> ReferenceReply {
        var reply = purchase(request)
        let maximum = traits.processingMaximum.milliseconds
        guard maximum > 0 else { return reply }
        var draws = SeededGenerator(seed: random())
        reply.processing = .milliseconds(draws.next(below: UInt64(maximum) + 1))
        return reply
    }

    private mutating func purchase(_ request: ReferenceRequest) -> ReferenceReply {
        switch request.operation {
        case .create: create(request)
        case .reuse(let id): withOrder(id) { $0.reuse($1, request) }
        case .swap(let id): withOrder(id) { $0.swap($1, request) }
        default: .notOffered
        }
    }

    private mutating func create(_ request: ReferenceRequest) -> ReferenceReply {
        guard let fields = ReferenceJSON.texts(in: request.body), let service = fields["service"],
            let country = fields["country"]
        else { return .refused(400, "bad_request") }
        let product = ReferenceProduct(service: service, country: country)
        guard stockLeft(of: product) > 0 else { return .refused(404, "no_numbers") }
        return place(product, from: request)
    }

    private mutating func reuse(_ place: Int, _ request: ReferenceRequest) -> ReferenceReply {
        let old = orders[place]
        // Only a number that worked is sold again, and only once at a time.
        guard old.state == .finished, !phones.contains(old.phone) else {
            return .refused(409, "not_reusable")
        }
        return self.place(old.product, from: request, reusing: old)
    }

    private mutating func place(
        _ product: ReferenceProduct,
        from request: ReferenceRequest,
        reusing old: ReferenceOrder? = nil
    ) -> ReferenceReply {
        guard ledger.balance >= traits.price else { return .refused(402, "balance") }
        let origin = ReferenceOrder.Origin(
            authorisation: request.authorisation, key: request.idempotencyKey,
            reusedFrom: old?.id
        )
        let order = orders[add(product, origin: origin, phone: old?.phone)]
        return ReferenceReply(
            body: order.purchaseJSON(namesHold: namesHold), announcements: hold(of: order)
        )
    }

    private mutating func swap(_ place: Int, _ request: ReferenceRequest) -> ReferenceReply {
        guard orders[place].state.isOpen else { return .closed }
        guard orders[place].messages.isEmpty else { return hasMessage(place) }
        guard stockLeft(of: orders[place].product) > 0 else { return .refused(404, "no_numbers") }
        guard ledger.balance >= traits.swapFee else { return .refused(402, "balance") }
        phones.remove(orders[place].phone)
        orders[place].phone = nextPhone()
        phones.insert(orders[place].phone)
        orders[place].cancelAt = now + traits.cancelHold
        orders[place].exchanges += 1
        orders[place].write(namesHold: namesHold)
        if traits.swapFee > 0 {
            charge(
                traits.swapFee, place, .charge, authorisation: request.authorisation,
                key: request.idempotencyKey
            )
        }
        schedule(plan(random()), for: place)
        var object = ReferenceJSON()
        object.add("phone", orders[place].phone)
        if namesHold { object.add("cancel_at", orders[place].cancelAt.rfc3339) }
        return ReferenceReply(body: object.text, announcements: hold(of: orders[place]))
    }
}
