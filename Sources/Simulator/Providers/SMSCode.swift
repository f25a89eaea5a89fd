import HTTPTypes

/// SMSCode: JSON envelope under `/v1`, bearer token, whole rupiah.
enum SMSCode: Dialect {
    static let provider = SimulatedProvider.smsCode

    static var endpoints: [Endpoint] {
        [
            Endpoint(.get, "/v1/balance", .balance, balance),
            Endpoint(.get, "/v1/catalog/countries", .countries, countries),
            Endpoint(.get, "/v1/catalog/products", .offers, products),
            Endpoint(.post, "/v1/orders", .buy, buy),
            Endpoint(.get, "/v1/orders/:id", .check, check),
            Endpoint(.delete, "/v1/orders/:id", .cancel, cancel),
        ]
    }

    static func key(in call: Call) -> String? { call.bearer }

    static func unauthorized(keyGiven: Bool) -> Reply {
        error(401, "UNAUTHORIZED", "The token is wrong or missing.")
    }

    static var forbidden: Reply? {
        error(403, "FORBIDDEN", "The token lacks the required permissions.")
    }

    static var rateLimited: Reply {
        error(429, "RATE_LIMIT_EXCEEDED", "Rate limit of 300 requests per minute exceeded.")
    }

    static func failure(status: Int) -> Reply {
        error(status, "INTERNAL_ERROR", "A transient server error. Please try again.")
    }

    static func reply(to refusal: Refusal) -> Reply {
        switch refusal {
        case .insufficientBalance:
            error(402, "INSUFFICIENT_BALANCE", "Balance too low to create order.")
        case .orderNotFound:
            error(404, "ORDER_NOT_FOUND", "Order doesn't exist or doesn't belong to your token.")
        case .closed(let state):
            invalid("The order is \(state.rawValue) already.")
        case .codeReceived:
            invalid("The order is completed already.")
        default:
            error(404, "PRODUCT_UNAVAILABLE", "No numbers in stock for this country/platform.")
        }
    }

    private static func invalid(_ message: String) -> Reply {
        error(400, "INVALID_PARAMETERS", message)
    }

    private static func error(_ status: Int, _ code: String, _ message: String) -> Reply {
        let error: JSONValue = ["code": .string(code), "message": .string(message)]
        return .json(["success": false, "error": error], status: status)
    }

    private static func success(_ data: JSONValue) -> Reply {
        .json(["success": true, "data": data])
    }
}

extension SMSCode {
    @Sendable private static func balance(call: Call, account: inout Account) -> Reply {
        let currency = account.market.currency
        return success([
            "currency": .string(currency.rawValue),
            "balance": .amount(account.balance, currency),
        ])
    }

    @Sendable private static func countries(call: Call, account: inout Account) -> Reply {
        let rows = account.market.countries.map { country in
            [
                "id": .integer(Int64(country.number)),
                "name": .string(country.name),
                "code": .string(country.iso),
            ] as JSONValue
        }
        return success(.array(rows))
    }

    @Sendable private static func products(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let countryID = try filter("country_id", in: call)
        let platformID = try filter("platform_id", in: call)
        var rows: [JSONValue] = []
        for country in account.market.countries
        where (countryID ?? country.number) == country.number {
            for service in account.market.services
            where (platformID ?? service.platform) == service.platform {
                rows.append(product(service, country, in: account))
            }
        }
        return success(.array(rows))
    }

    private static func filter(_ name: String, in call: Call) throws(Reply) -> Int? {
        guard let text = call.query[name] else { return nil }
        guard let number = Int(text) else { throw invalid("\(name) must be a whole number.") }
        return number
    }

    private static func product(
        _ service: Service, _ country: Country, in account: Account
    ) -> JSONValue {
        let price = account.market.price(of: service, in: country)
        return [
            "country_id": .integer(Int64(country.number)),
            "platform_id": .integer(Int64(service.platform)),
            "platform_name": .string(service.name),
            "price": .amount(price, account.market.currency),
            "available_count": .integer(Int64(account.stock(of: service, in: country))),
        ]
    }

    @Sendable private static func buy(call: Call, account: inout Account) throws(Reply) -> Reply {
        guard let countryID = call.json?["country_id"]?.integer,
            let platformID = call.json?["platform_id"]?.integer
        else { throw invalid("country_id and platform_id must be whole numbers.") }
        guard let country = account.market.country(number: String(countryID)),
            let service = account.market.services.first(where: { $0.platform == platformID })
        else { throw reply(to: .outOfStock) }
        let order = try settled { () throws(Refusal) in
            try account.buy(service, country, now: call.now)
        }
        return success([
            "order_id": .string(order.id),
            "phone_number": "+\(order.phone)",
            "status": .string(status(of: order, in: account, now: call.now)),
            "expires_at": .deadline(order.expiresAt),
        ])
    }

    @Sendable private static func check(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let order = try settled { () throws(Refusal) in try account.order(call.id ?? "") }
        return success([
            "order_id": .string(order.id),
            "phone_number": "+\(order.phone)",
            "status": .string(status(of: order, in: account, now: call.now)),
            "otp_code": .optional(order.code),
            "expires_at": .deadline(order.expiresAt),
        ])
    }

    @Sendable private static func cancel(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let order = try settled { () throws(Refusal) in
            try account.cancel(call.id ?? "", now: call.now)
        }
        return success(["order_id": .string(order.id), "status": "cancelled"])
    }

    private static func status(of order: Order, in account: Account, now: Int64) -> String {
        switch order.state {
        case .waiting:
            now - order.createdAt < account.terms.pendingPhase ? "pending" : "active"
        case .received, .finished: "completed"
        case .cancelled, .expired: order.state.rawValue
        }
    }
}
