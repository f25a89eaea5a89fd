import HTTPTypes

extension SMSCodeContract {
    @Sendable static func create(call: Call, account: inout Account) throws(Reply) -> Reply {
        guard let number = call.json?["catalog_product_id"]?.integer,
            (call.json?["quantity"]?.integer ?? 1) == 1
        else { throw invalid("catalog_product_id must be a whole number, and quantity 1") }
        guard let (service, country) = offer(Int64(number), in: account) else {
            throw error(404, "NOT_FOUND", "Catalog product not found")
        }
        do {
            let order = try account.buy(
                service, country, idempotencyKey: call.headers["idempotency-key"], now: call.now)
            guard order.service == service, order.country == country else {
                throw error(
                    422, "IDEMPOTENCY_KEY_REUSED", "The key was used with another request")
            }
            return success(created([order], account))
        } catch let refusal as Refusal {
            // The network behind it had none: the order failed, and nothing was charged.
            if case .listedButGone = refusal { return success(created([], account)) }
            throw reply(to: refusal)
        } catch let error as Reply {
            throw error
        } catch {
            throw failure(status: 500)
        }
    }

    @Sendable static func reactivate(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let original = try found(call, account)
        let order = try settled { () throws(Refusal) in
            try account.reuse(
                original.id, idempotencyKey: call.headers["idempotency-key"], now: call.now)
        }
        return success(created([order], account))
    }

    @Sendable static func reactivateOptions(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let order = try settled { () throws(Refusal) in
            try account.order(number: call.id ?? "")
        }
        return success(["cost": money(account.market.price(of: order.service, in: order.country))])
    }

    @Sendable static func cancel(call: Call, account: inout Account) throws(Reply) -> Reply {
        let id = try found(call, account).id
        let order = try settled { () throws(Refusal) in try account.cancel(id, now: call.now) }
        return success([
            "order_id": .integer(Int64(order.number)), "status": "CANCELED",
            "refund_amount": money(order.refunded), "new_balance": money(account.balance),
        ])
    }

    @Sendable static func finish(call: Call, account: inout Account) throws(Reply) -> Reply {
        let id = try found(call, account).id
        let order = try settled { () throws(Refusal) in
            try account.finish(id, needsCode: true)
        }
        return success(["order_id": .integer(Int64(order.number)), "status": "COMPLETED"])
    }

    @Sendable static func resend(call: Call, account: inout Account) throws(Reply) -> Reply {
        let id = try found(call, account).id
        let order = try settled { () throws(Refusal) in
            try account.askForAnother(id, now: call.now)
        }
        return success([
            "order_id": .integer(Int64(order.number)), "status": "ACTIVE", "resent": true,
        ])
    }

    @Sendable static func order(call: Call, account: inout Account) throws(Reply) -> Reply {
        let order = try settled { () throws(Refusal) in
            try account.order(number: call.id ?? "")
        }
        return success(row(order, account))
    }

    @Sendable static func orders(call: Call, account: inout Account) -> Reply {
        let count = call.query["limit"].flatMap(Int.init) ?? 20
        let newest = account.history.reversed().prefix(max(0, count))
        return success(.array(newest.map { row($0, account) }))
    }

    @Sendable static func activeOrders(call: Call, account: inout Account) -> Reply {
        let open = account.history.filter(\.state.isOpen)
        return success(
            .array(
                open.map { order in
                    [
                        "id": .integer(Int64(order.number)), "status": .string(status(of: order)),
                    ]
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

    private static func created(_ orders: [Order], _ account: Account) -> JSONValue {
        [
            "orders": .array(
                orders.map { order in
                    guard case .object(var members) = row(order, account) else { return .null }
                    members.removeAll { $0.0 == "amount" }
                    return .object(members + [("amount", money(order.price))])
                }),
            "failed_count": .integer(orders.isEmpty ? 1 : 0),
        ]
    }

    // As `/v1` shows it, with its price in rupiah.
    private static func row(_ order: Order, _ account: Account) -> JSONValue {
        let changeable = order.createdAt + account.terms.hold
        return [
            "id": .integer(Int64(order.number)),
            "status": .string(status(of: order)),
            "phone_number": .string("+" + order.phone),
            "amount": .integer(order.price),
            "product_id": .integer(product(order.service, order.country) * 10),
            "catalog_product_id": .integer(product(order.service, order.country)),
            "otp_code": .optional(order.code),
            "otp_message": .optional(order.messages.last?.text),
            "otp_received_at": order.messages.last.map { .time($0.receivedAt) } ?? .null,
            "sms_revision": .integer(Int64(order.messages.count)),
            "failed_reason": .null,
            "created_at": .time(order.createdAt),
            "expires_at": .deadline(order.expiresAt),
            "cancel_available_at": .deadline(changeable),
            "can_cancel": .boolean(order.state == .waiting),
            "can_finish": .boolean(order.state == .received),
            "can_resend": .boolean(order.state == .received),
        ]
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
