/// Orders of VirtualSMS: purchase, state, exchange and cancellation.
extension VirtualSMS {
    /// The official clients send `X-Idempotency-Key`; a repeated one gets the same order.
    @Sendable static func buy(call: Call, account: inout Account) throws(Reply) -> Reply {
        let service = try service(in: call, of: account.market)
        let country = try country(in: call, of: account.market)
        let order = try settled { () throws(Refusal) in
            try account.buy(
                service, country, idempotencyKey: call.headers["x-idempotency-key"], now: call.now)
        }
        return .json(.object(members(of: order, account)))
    }

    /// What a purchase tells and a look at the order repeats: before they cancel or swap, the
    /// official clients look whether the hold is over.
    private static func members(of order: Order, _ account: Account) -> [(String, JSONValue)] {
        let holdEnd = JSONValue.deadline(order.createdAt + account.terms.hold)
        return [
            ("success", true),
            ("order_id", .string(order.id)),
            ("phone_number", "+\(order.phone)"),
            ("service", .string(order.service.code)),
            ("country", .string(order.country.iso)),
            ("price", .amount(order.price, .dollar)),
            ("status", .string(status(of: order.state))),
            ("created_at", .time(order.createdAt)),
            ("expires_at", .deadline(order.expiresAt)),
            ("cancel_available_at", holdEnd),
            ("swap_available_at", holdEnd),
            ("rules", ["cancel_cooldown_seconds": 120, "swap_cooldown_seconds": 120]),
        ]
    }

    /// At most 50 rows, newest first, with field names of their own.
    @Sendable static func list(call: Call, account: inout Account) -> Reply {
        let limit = min(50, max(1, call.query["limit"].flatMap(Int.init) ?? 50))
        let wanted = call.query["status"]
        let orders = account.history.reversed().filter { order in
            wanted == nil || wanted == status(of: order.state)
        }
        let rows = orders.prefix(limit).map { order in
            [
                "id": .string(order.id),
                "phone_number": "+\(order.phone)",
                "service_id": .string(order.service.code),
                "country_id": .string(order.country.iso),
                "status": .string(status(of: order.state)),
                "price_charged": .amount(order.price, .dollar),
                "created_at": .time(order.createdAt),
                "expires_at": .deadline(order.expiresAt),
            ] as JSONValue
        }
        return .json(["count": .integer(Int64(rows.count)), "orders": .array(rows)])
    }

    @Sendable static func check(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let order = try settled { () throws(Refusal) in try account.order(call.id ?? "") }
        let messages = order.messages.map { message in
            [
                "sender": .string(message.sender),
                "content": .string(message.text),
                "received_at": .time(message.receivedAt),
            ] as JSONValue
        }
        return .json(
            .object(
                members(of: order, account) + [
                    ("sms_received", .boolean(!messages.isEmpty)), ("messages", .array(messages)),
                ]))
    }

    /// Asks for the message once more, on the same number; only while none has come.
    @Sendable static func retry(call: Call, account: inout Account) throws(Reply) -> Reply {
        let order = try settled { () throws(Refusal) in try account.order(call.id ?? "") }
        let status = status(of: order.state)
        guard order.state == .waiting else {
            throw error(400, "Cannot retry order with status: \(status)")
        }
        return .json([
            "success": true, "order_id": .string(order.id), "status": .string(status),
        ])
    }

    @Sendable static func cancel(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let order = try settled { () throws(Refusal) in
            try account.cancel(call.id ?? "", now: call.now)
        }
        return .json([
            "success": true,
            "order_id": .string(order.id),
            "refunded": true,  // what the client libraries look for; the service tells the amount
            "status": .string(status(of: order.state)),
            "refund_amount": .amount(order.refunded, .dollar),
        ])
    }

    @Sendable static func swap(call: Call, account: inout Account) throws(Reply) -> Reply {
        let before = try settled { () throws(Refusal) in try account.order(call.id ?? "") }
        let order: Order
        do {
            order = try account.swap(before.id, now: call.now)
        } catch {
            throw replyToSwap(error)
        }
        return .json([
            "success": true,
            "order_id": .string(order.id),
            "phone_number": "+\(order.phone)",
            "previous_number": "+\(before.phone)",
            "service": .string(order.service.code),
            "country": .string(order.country.iso),
            "status": "pending",
            "expires_at": .deadline(order.expiresAt),
        ])
    }

    private static func replyToSwap(_ refusal: Refusal) -> Reply {
        switch refusal {
        case .tooEarly(let milliseconds):
            tooEarly("Swap not allowed within 2 minute hold period.", milliseconds)
        case .closed(let state):
            error(400, "Cannot swap order with status: \(status(of: state))")
        default:
            reply(to: refusal)
        }
    }
}
