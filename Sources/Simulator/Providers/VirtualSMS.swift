import HTTPTypes

/// VirtualSMS: `/api/v1/customer/*` with `X-API-Key`, and a public price.
enum VirtualSMS: Dialect {
    static let provider = SimulatedProvider.virtualSMS
    static let customer = "/api/v1/customer"

    static var endpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v1/price", isPublic: true, .offers, price),
            Endpoint(
                .get, "/api/v1/catalog/countries", isPublic: true, .offers, catalogCountries),
            Endpoint(.get, customer + "/services", .services, services),
            Endpoint(.get, customer + "/countries", .countries, countries),
            Endpoint(.get, customer + "/balance", .balance, balance),
            Endpoint(.get, customer + "/profile", .profile, profile),
            Endpoint(.get, customer + "/transactions", .transactions, transactions),
            Endpoint(.post, customer + "/purchase", .buy, buy),
            Endpoint(.get, customer + "/orders", .list, list),
            Endpoint(.get, customer + "/order/:id", .check, check),
            Endpoint(.post, customer + "/swap/:id", .swap, swap),
            Endpoint(.post, customer + "/cancel/:id", .cancel, cancel),
            Endpoint(.post, "/api/v1/orders/:id/retry", .resend, retry),
        ] + webhookEndpoints
    }

    static func key(in call: Call) -> String? {
        call.headers["x-api-key"] ?? call.query["api_key"]
    }

    static func unauthorized(keyGiven: Bool) -> Reply {
        error(401, keyGiven ? "Invalid API key" : "API key required")
    }

    static var rateLimited: Reply { error(429, "Too Many Requests") }

    static func failure(status: Int) -> Reply {
        error(status, "Internal server error", ["code": "internal_error"])
    }

    static func reply(to refusal: Refusal) -> Reply {
        switch refusal {
        case .outOfStock, .listedButGone:
            error(404, "No numbers available", ["code": "no_numbers"])
        case .insufficientBalance(let required, let available):
            error(
                402, "Insufficient balance",
                [
                    "code": "insufficient_balance",
                    "required": .amount(required, .dollar),
                    "current": .amount(available, .dollar),
                ])
        case .orderNotFound:
            error(404, "Order not found")
        case .closed(let state):
            error(400, "Cannot cancel order with status: \(status(of: state))")
        case .codeReceived, .noCodeYet, .notReusable:
            error(400, "Cannot cancel order with status: completed")
        case .noReplacement:
            error(404, "No replacement available")
        case .tooEarly(let milliseconds):
            tooEarly("Cannot cancel within 120 seconds of purchase.", milliseconds)
        }
    }

    static func error(
        _ status: Int, _ message: String, _ more: KeyValuePairs<String, JSONValue> = [:]
    ) -> Reply {
        let rest = more.map { ($0.key, $0.value) }
        return .json(.object([("error", .string(message))] + rest), status: status)
    }

    static func status(of state: Order.State) -> String {
        switch state {
        case .received, .finished: "completed"
        case .waiting, .cancelled, .expired: state.rawValue
        }
    }

    static func tooEarly(_ message: String, _ milliseconds: Int64) -> Reply {
        let seconds = (milliseconds + 999) / 1000
        return error(
            425, "\(message) Please wait \(seconds) seconds.",
            ["seconds_remaining": .integer(seconds)])
    }

    static func service(
        in call: Call, of market: Market
    ) throws(Reply) -> Service {
        guard let code = call.parameter("service") else {
            throw error(400, "Missing parameter: service", ["code": "missing_params"])
        }
        guard let service = market.service(code: code) else {
            throw error(400, "Unknown service: \(code)", ["code": "invalid_service"])
        }
        return service
    }

    static func country(
        in call: Call, of market: Market
    ) throws(Reply) -> Country {
        guard let iso = call.parameter("country") else {
            throw error(400, "Missing parameter: country", ["code": "missing_params"])
        }
        guard let country = market.country(iso: iso) else {
            throw error(400, "Unknown country: \(iso)", ["code": "invalid_country"])
        }
        return country
    }
}

extension VirtualSMS {
    @Sendable private static func price(call: Call, account: inout Account) throws(Reply) -> Reply {
        let service = try service(in: call, of: account.market)
        let country = try country(in: call, of: account.market)
        return .json([
            "success": true,
            "price": .amount(account.market.price(of: service, in: country), .dollar),
            "service": .string(service.code),
            "country": .string(country.iso),
            "service_name": .string(service.name),
            "country_name": .string(country.name),
            "estimated": false,
        ])
    }

    @Sendable private static func services(call: Call, account: inout Account) -> Reply {
        let market = account.market
        let rows = market.services.map { service in
            let price = lowestPrice(of: [service], in: market.countries, market)
            return [
                "service_id": .string(service.code),
                "service_name": .string(service.name),
                "base_price": .amount(price, .dollar),
            ] as JSONValue
        }
        return .json(["services": .array(rows)])
    }

    @Sendable private static func countries(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let market = account.market
        var services = market.services
        if call.query["service"] != nil {
            services = [try service(in: call, of: market)]
        }
        let rows = market.countries.map { country in
            [
                "country_id": .string(country.iso),
                "country_name": .string(country.name),
                "min_price": .amount(lowestPrice(of: services, in: [country], market), .dollar),
                "services": .array(services.map { .string($0.code) }),
            ] as JSONValue
        }
        return .json(["countries": .array(rows)])
    }

    /// Price and stock of a service by country; the official clients look here for stock, which
    /// the price alone does not tell.
    @Sendable private static func catalogCountries(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let service = try service(in: call, of: account.market)
        let rows = account.market.countries.map { country in
            [
                "id": .string(country.iso),
                "name": .string(country.name),
                "price": .amount(account.market.price(of: service, in: country), .dollar),
                "count": .integer(Int64(account.stock(of: service, in: country))),
            ] as JSONValue
        }
        return .json(["countries": .array(rows)])
    }

    private static func lowestPrice(
        of services: [Service], in countries: [Country], _ market: Market
    ) -> Int64 {
        let prices = services.flatMap { service in
            countries.map { market.price(of: service, in: $0) }
        }
        return prices.min() ?? 0
    }

    @Sendable private static func balance(call: Call, account: inout Account) -> Reply {
        .json(["success": true, "balance": .amount(account.balance, .dollar)])
    }

    /// The document names what is in it, the official clients name the fields.
    @Sendable private static func profile(call: Call, account: inout Account) -> Reply {
        let orders = account.history
        let spent = orders.reduce(0) { $0 + $1.price - $1.refunded }
        return .json([
            "success": true,
            "id": "1",
            "email": "simulated@example.com",
            "telegram_linked": false,
            "telegram_username": .null,
            "balance_usd": .amount(account.balance, .dollar),
            "total_spent_usd": .amount(spent, .dollar),
            "total_credits_usd": .amount(account.ledger.first?.amount ?? 0, .dollar),
            "total_orders": .integer(Int64(orders.count)),
            "active_api_keys": 1,
            "created_at": account.ledger.first.map { .time($0.at) } ?? .null,
        ])
    }

    /// Newest first, like every statement of an account.
    @Sendable private static func transactions(call: Call, account: inout Account) -> Reply {
        let limit = min(200, max(1, call.query["limit"].flatMap(Int.init) ?? 50))
        let offset = max(0, call.query["offset"].flatMap(Int.init) ?? 0)
        let wanted = call.query["type"]
        let entries = account.ledger.indices.reversed().filter { index in
            wanted == nil || wanted == account.ledger[index].kind.rawValue
        }
        let rows = entries.dropFirst(offset).prefix(limit).map { index in
            let entry = account.ledger[index]
            return [
                "id": .integer(Int64(index + 1)),
                "type": .string(entry.kind.rawValue),
                "amount": .amount(entry.amount, .dollar),
                "balance_after": .amount(entry.balance, .dollar),
                "order_id": .optional(entry.order),
                "created_at": .time(entry.at),
            ] as JSONValue
        }
        return .json([
            "success": true,
            "transactions": .array(rows),
            "count": .integer(Int64(entries.count)),
            "limit": .integer(Int64(limit)),
            "offset": .integer(Int64(offset)),
        ])
    }
}
