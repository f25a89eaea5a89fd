import Foundation
import HTTPTypes

extension SMSCodeContract {
    /// Sells the numbers of one catalogue product, or of one tier of it.
    @Sendable static func create(
        surface: Surface, call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let wanted = call.json?["catalog_product_id"]?.integer
        let tier = call.json?["product_id"]?.integer
        guard (wanted == nil) != (tier == nil) else {
            throw invalid("exactly one of product_id and catalog_product_id must be given")
        }
        let quantity = call.json?["quantity"].map { $0.integer ?? 0 } ?? 1
        guard (1...100).contains(quantity) else { throw invalid("quantity must be 1 to 100") }
        let price = try ceiling(call, on: surface)
        guard tier == nil || price == nil else {
            throw invalid("max_price is valid only with catalog_product_id")
        }
        let number = wanted ?? tier.map { $0 / 10 } ?? 0
        guard let (service, country) = offer(number, in: account) else { throw noOffer }
        guard isWithin(price, account.market.price(of: service, in: country), on: surface) else {
            throw noOffer
        }
        let key = call.headers["idempotency-key"]
        let request = "\(number) \(quantity) \(price?.description ?? "any price")"
        try requireSame(request, under: key, in: account)
        var orders: [Order] = []
        for index in 0..<quantity {
            do {
                // No key has a `#`, so that none is the name of another one's further order.
                let name = key.map { index == 0 ? $0 : "\($0)#\(index)" }
                orders.append(
                    try account.buy(service, country, idempotencyKey: name, now: call.now))
            } catch {
                // The network behind it had none: the order failed, and nothing was charged.
                if case .listedButGone = error { break }
                guard orders.isEmpty else { break }
                throw reply(to: error)
            }
        }
        if let key, !orders.isEmpty { account.requests[key] = request }
        return created(
            orders, failed: quantity - Int64(orders.count), account, on: surface, at: call.now)
    }

    /// Sells the number of an order once more; a key of a purchase is no key of this.
    @Sendable static func reactivate(
        surface: Surface, call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let original = try found(call, account)
        let price = try ceiling(call, on: surface)
        let cost = account.market.price(of: original.service, in: original.country)
        guard isWithin(price, cost, on: surface) else {
            throw invalid("the cost is above max_price")
        }
        let key = call.headers["idempotency-key"].map { "react:" + $0 }
        let request = "\(original.number) \(price?.description ?? "any price")"
        try requireSame(request, under: key, in: account)
        let order = try settled { () throws(Refusal) in
            try account.reuse(original.id, idempotencyKey: key, now: call.now)
        }
        if let key { account.requests[key] = request }
        return created([order], failed: 0, account, on: surface, at: call.now)
    }

    @Sendable static func reactivateOptions(
        surface: Surface, call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let order = try settled { () throws(Refusal) in
            let order = try account.order(number: call.id ?? "")
            guard isReusable(order, account, at: call.now) else { throw .notReusable }
            return order
        }
        let cost = account.market.price(of: order.service, in: order.country)
        return success(["cost": money(cost, on: surface)], on: surface, at: call.now)
    }

    @Sendable static func cancel(
        surface: Surface, call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let id = try found(call, account).id
        let order = try settled { () throws(Refusal) in try account.cancel(id, now: call.now) }
        let data: JSONValue = [
            "order_id": .integer(Int64(order.number)), "status": "CANCELED",
            "refund_amount": money(order.refunded, on: surface),
            "new_balance": money(account.balance, on: surface, digits: 2),
        ]
        return success(data, on: surface, at: call.now)
    }

    @Sendable static func finish(
        surface: Surface, call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let id = try found(call, account).id
        let order = try settled { () throws(Refusal) in
            try account.finish(id, needsCode: true)
        }
        return success(["order_id": .integer(Int64(order.number)), "status": "COMPLETED"])
    }

    @Sendable static func resend(
        surface: Surface, call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let id = try found(call, account).id
        let order = try settled { () throws(Refusal) in
            try account.askForAnother(id, now: call.now)
        }
        return success([
            "order_id": .integer(Int64(order.number)), "status": "ACTIVE", "resent": true,
        ])
    }

    @Sendable static func order(
        surface: Surface, call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let order = try settled { () throws(Refusal) in
            try account.order(number: call.id ?? "")
        }
        let row = row(order, account, on: surface, at: call.now)
        return success(row, on: surface, at: call.now)
    }

    /// Newest first.
    @Sendable static func orders(surface: Surface, call: Call, account: inout Account) -> Reply {
        let limit = min(100, max(1, call.query["limit"].flatMap(Int.init) ?? 20))
        let offset = max(0, call.query["offset"].flatMap(Int.init) ?? 0)
        let wanted = call.query["status"]
        let rows = account.history.reversed()
            .filter { wanted == nil || wanted == status(of: $0) }
            .dropFirst(offset).prefix(limit)
            .map { row($0, account, on: surface, at: call.now) }
        return success(.array(rows), on: surface, at: call.now)
    }

    /// Alike on both surfaces: without money, and without the number.
    @Sendable static func activeOrders(
        surface: Surface, call: Call, account: inout Account
    ) -> Reply {
        let open = account.history.reversed().filter(\.state.isOpen)
        return success(
            .array(
                open.map { order in
                    .object(
                        [
                            ("id", .integer(Int64(order.number))),
                            ("status", .string(status(of: order))),
                        ] + message(of: order) + capabilities(of: order, account, at: call.now))
                }))
    }
}

extension SMSCodeContract {
    private static func found(_ call: Call, _ account: Account) throws(Reply) -> Order {
        guard let number = call.json?["id"]?.integer else {
            throw invalid("id must be a whole number")
        }
        return try settled { () throws(Refusal) in try account.order(number: String(number)) }
    }

    private static func offer(
        _ number: Int64, in account: Account
    ) -> (service: Service, country: Country)? {
        for country in account.market.countries {
            for service in account.market.services where product(service, country) == number {
                return (service, country)
            }
        }
        return nil
    }

    /// The highest price that is paid: whole rupiah on `/v1`, dollars as decimal text on `/v2`.
    private static func ceiling(_ call: Call, on surface: Surface) throws(Reply) -> Decimal? {
        guard let field = call.json?["max_price"] else { return nil }
        let price: Decimal? =
            switch surface {
            case .rupiah: field.integer.map { Decimal($0) }
            case .dollars: field.string.flatMap { Decimal(string: $0) }
            }
        guard let price, price > 0 else { throw invalid("max_price is not a price") }
        return price
    }

    private static func isWithin(
        _ ceiling: Decimal?, _ rupiah: Int64, on surface: Surface
    ) -> Bool {
        guard let ceiling else { return true }
        switch surface {
        case .rupiah: return Decimal(rupiah) <= ceiling
        case .dollars: return Decimal(string: dollars(rupiah)) ?? 0 <= ceiling
        }
    }

    private static func requireSame(
        _ request: String, under key: String?, in account: Account
    ) throws(Reply) {
        guard let key, let earlier = account.requests[key], earlier != request else { return }
        throw error(422, "IDEMPOTENCY_KEY_REUSED", "The key was used with another request")
    }

    private static func created(
        _ orders: [Order],
        failed: Int64,
        _ account: Account,
        on surface: Surface,
        at now: Int64
    ) -> Reply {
        let data: JSONValue = [
            "orders": .array(
                orders.map { order in
                    let members = members(of: order, account, on: surface, at: now)
                    return .object(members.filter { !laterMembers.contains($0.0) })
                }),
            "failed_count": .integer(failed),
        ]
        return success(data, on: surface, at: now)
    }

    /// What an order that was just made does not show.
    private static let laterMembers: Set = [
        "created_at", "otp_message", "sms_revision", "canceled_at",
    ]

    private static func row(
        _ order: Order, _ account: Account, on surface: Surface, at now: Int64
    ) -> JSONValue {
        .object(members(of: order, account, on: surface, at: now))
    }

    private static func members(
        of order: Order, _ account: Account, on surface: Surface, at now: Int64
    ) -> [(String, JSONValue)] {
        let cancelled = account.ledger.last {
            order.state == .cancelled && $0.kind == .refund && $0.order == order.id
        }
        let members: [(String, JSONValue)] = [
            ("id", .integer(Int64(order.number))),
            ("status", .string(status(of: order))),
            ("created_at", .time(order.createdAt)),
            ("product_id", .integer(product(order.service, order.country) * 10)),
            ("catalog_product_id", .integer(product(order.service, order.country))),
            ("phone_number", .string("+" + order.phone)),
            ("amount", money(order.price, on: surface)),
            ("canceled_at", cancelled.map { .time($0.at) } ?? .null),
        ]
        return members + message(of: order) + capabilities(of: order, account, at: now)
    }

    private static func message(of order: Order) -> [(String, JSONValue)] {
        [
            // The last one that was recognized, whatever came after it.
            ("otp_code", .optional(order.messages.last { !$0.code.isEmpty }?.code)),
            ("otp_message", .optional(order.messages.last?.text)),
            ("otp_received_at", order.messages.first.map { .time($0.receivedAt) } ?? .null),
            ("sms_revision", .integer(Int64(order.messages.count))),
            ("expires_at", .deadline(order.expiresAt)),
            ("failed_reason", .null),
            ("operator_id", .null),
            ("operator_name", .null),
        ]
    }

    /// What may be done with an order, and from when on.
    private static func capabilities(
        of order: Order, _ account: Account, at now: Int64
    ) -> [(String, JSONValue)] {
        let holdEnd = order.createdAt + account.terms.hold
        let isHeld = order.state == .waiting && now < holdEnd
        let canCancel = JSONValue.boolean(order.state == .waiting && !isHeld)
        let available = isHeld ? JSONValue.deadline(holdEnd) : .null
        return [
            ("can_finish", .boolean(order.state == .received)),
            ("can_resend", .boolean(order.state == .received)),
            ("can_cancel", canCancel),
            ("can_replace", canCancel),
            ("can_reactivate", .boolean(isReusable(order, account, at: now))),
            ("resend_available_at", .null),
            ("cancel_available_at", available),
            ("replace_available_at", available),
        ]
    }

    private static func isReusable(_ order: Order, _ account: Account, at now: Int64) -> Bool {
        order.state == .finished && now - order.numberSince <= account.terms.reuseLimit
    }

    private static func status(of order: Order) -> String {
        switch order.state {
        case .waiting: "ACTIVE"
        case .received: order.asksForAnother ? "ACTIVE" : "OTP_RECEIVED"
        case .finished: "COMPLETED"
        case .cancelled: "CANCELED"
        case .expired: "EXPIRED"
        }
    }
}
