import HTTPTypes

/// SMSCode as its official client libraries speak to it: `/v1` in rupiah and `/v2` in dollars,
/// idempotency keys, and what an order allows told by the order itself.
enum SMSCodeContract: Dialect {
    /// The two surfaces, which differ in their money alone.
    enum Surface: String, CaseIterable {
        case rupiah = "/v1"
        case dollars = "/v2"
    }

    typealias Answer = @Sendable (Surface, Call, inout Account) throws(Reply) -> Reply

    static let provider = SimulatedProvider.smsCode

    static var endpoints: [Endpoint] { Surface.allCases.flatMap(endpoints) }

    private static func endpoints(of surface: Surface) -> [Endpoint] {
        func endpoint(
            _ method: HTTPRequest.Method,
            _ path: String,
            _ operation: SimulatedOperation,
            _ answer: @escaping Answer
        ) -> Endpoint {
            Endpoint(method, surface.rawValue + path, operation) { call, account throws(Reply) in
                try answer(surface, call, &account)
            }
        }
        return [
            endpoint(.get, "/balance", .balance, balance),
            endpoint(.get, "/catalog/countries", .countries, countries),
            endpoint(.get, "/catalog/services", .services, services),
            endpoint(.get, "/catalog/products", .offers, products),
            endpoint(.get, "/catalog/operators", .operators, operators),
            endpoint(.get, "/catalog/exchange-rate", .other, exchangeRate),
            endpoint(.post, "/orders/create", .buy, create),
            endpoint(.post, "/orders/cancel", .cancel, cancel),
            endpoint(.post, "/orders/finish", .finish, finish),
            endpoint(.post, "/orders/resend", .resend, resend),
            endpoint(.post, "/orders/reactivate", .reuse, reactivate),
            endpoint(.get, "/orders/:id/reactivate-options", .other, reactivateOptions),
            endpoint(.get, "/orders", .list, orders),
            endpoint(.get, "/orders/active", .list, activeOrders),
            endpoint(.get, "/orders/:id", .check, order),
            endpoint(.get, "/webhook", .webhooks, webhook),
            endpoint(.patch, "/webhook", .webhooks, changeWebhook),
            endpoint(.post, "/webhook/test", .webhooks, testWebhook),
        ]
    }

    static func key(in call: Call) -> String? { call.bearer }

    static func unauthorized(keyGiven: Bool) -> Reply {
        error(401, "UNAUTHORIZED", "Invalid or missing API token")
    }

    static var forbidden: Reply? { error(403, "FORBIDDEN", "The token lacks the permission") }

    static var rateLimited: Reply {
        var reply = error(
            429, "RATE_LIMIT_EXCEEDED", "Rate limit exceeded",
            details: ["retry_after_seconds": 1])
        reply.retryAfter = 1
        return reply
    }

    static func failure(status: Int) -> Reply {
        let code = status == 503 ? "SERVICE_UNAVAILABLE" : "INTERNAL_ERROR"
        return error(status, code, "A transient error, try again")
    }

    static func reply(to refusal: Refusal) -> Reply {
        switch refusal {
        case .insufficientBalance: error(409, "INSUFFICIENT_BALANCE", "Balance is too low")
        case .orderNotFound: error(404, "NOT_FOUND", "Order not found")
        case .closed, .codeReceived, .noCodeYet, .notReusable:
            error(409, "CONFLICT", "The order is not in a state for this")
        case .tooEarly(let milliseconds):
            error(
                409, "CANCEL_TOO_EARLY", "The order cannot be cancelled yet",
                details: ["retry_after_seconds": .integer((milliseconds + 999) / 1000)])
        case .outOfStock, .listedButGone, .noReplacement: noOffer
        }
    }

    static var noOffer: Reply {
        error(422, "NO_OFFER_AVAILABLE", "No offer is available for this product")
    }

    static func error(
        _ status: Int,
        _ code: String,
        _ message: String,
        details: JSONValue? = nil
    ) -> Reply {
        var members: [(String, JSONValue)] = [
            ("code", .string(code)), ("message", .string(message)),
        ]
        if let details { members.append(("details", details)) }
        return .json(["success": false, "error": .object(members)], status: status)
    }

    static func invalid(_ message: String) -> Reply { error(422, "VALIDATION_ERROR", message) }

    static func success(_ data: JSONValue) -> Reply {
        .json(["success": true, "data": data])
    }

    /// An answer with money in it, to which `/v2` adds the rate that it converted by.
    static func success(
        _ data: JSONValue,
        meta: [(String, JSONValue)] = [],
        on surface: Surface,
        at now: Int64
    ) -> Reply {
        let receipt = surface == .dollars ? [("fx", fx(at: now))] : []
        guard !(meta + receipt).isEmpty else { return success(data) }
        return .json(["success": true, "data": data, "meta": .object(meta + receipt)])
    }

    /// Rupiah for a dollar: those of the simulated accounts, 150 for a cent.
    static let rate: Int64 = 15_000

    static func fx(at now: Int64) -> JSONValue {
        ["pair": "USD/IDR", "rate": .integer(rate), "rate_as_of": .time(now)]
    }

    /// An amount of rupiah: as it is on `/v1`, with the dollars beside it on `/v2`.
    static func money(_ rupiah: Int64, on surface: Surface, digits: Int = 4) -> JSONValue {
        switch surface {
        case .rupiah: .integer(rupiah)
        case .dollars:
            [
                "amount": .string(dollars(rupiah, digits: digits)),
                "currency": "USD",
                "canonical_amount": .integer(rupiah),
                "canonical_currency": "IDR",
            ]
        }
    }

    /// Dollars as decimal text; a price has four decimals, a balance two.
    static func dollars(_ rupiah: Int64, digits: Int = 4) -> String {
        JSONValue.decimal(rupiah * (digits == 4 ? 10_000 : 100) / rate, digits: digits)
    }

    /// The number that stands for a service in a country.
    static func product(_ service: Service, _ country: Country) -> Int64 {
        Int64(1000 + country.number * 10 + service.platform)
    }
}

extension SMSCodeContract {
    @Sendable private static func balance(
        surface: Surface, call: Call, account: inout Account
    ) -> Reply {
        let balance = money(account.balance, on: surface, digits: 2)
        switch surface {
        case .rupiah: return success(["currency": "IDR", "balance": balance])
        case .dollars: return success(["balance": balance], on: surface, at: call.now)
        }
    }

    @Sendable private static func exchangeRate(
        surface: Surface, call: Call, account: inout Account
    ) -> Reply {
        guard surface == .rupiah else { return success(fx(at: call.now)) }
        return success([
            "pair": "USD/IDR", "base_currency": "USD", "quote_currency": "IDR",
            "rate": .integer(rate), "rate_as_of": .time(call.now),
        ])
    }

    @Sendable private static func countries(
        surface: Surface, call: Call, account: inout Account
    ) -> Reply {
        let rows = account.market.countries.map { country in
            [
                "id": .integer(Int64(country.number)), "code": .string(country.iso.lowercased()),
                "name": .string(country.name),
                "dial_code": .string(String(country.prefix.dropFirst())),
                "active": true,
            ] as JSONValue
        }
        return success(.array(rows))
    }

    @Sendable private static func services(
        surface: Surface, call: Call, account: inout Account
    ) -> Reply {
        let wanted = call.query["country_id"]
        let countries = account.market.countries.filter { wanted == String($0.number) }
        let services = account.market.services.filter { service in
            wanted == nil || countries.contains { account.stock(of: service, in: $0) > 0 }
        }
        let rows = services.map { service in
            [
                "id": .integer(Int64(service.platform)), "code": .string(service.slug),
                "name": .string(service.name), "active": true,
            ] as JSONValue
        }
        return success(.array(rows))
    }

    @Sendable private static func operators(
        surface: Surface, call: Call, account: inout Account
    ) -> Reply {
        let country = call.query["country_id"].flatMap { account.market.country(number: $0) }
        let names = country?.operators ?? []
        let rows = names.enumerated().map { index, name in
            ["operator_id": .integer(Int64(index + 1)), "code": .string(name)] as JSONValue
        }
        return success(.array([["operator_id": .null, "code": "any"]] + rows))
    }

    /// Only what is in stock, page by page; an operator has the stock of all of them.
    @Sendable private static func products(
        surface: Surface, call: Call, account: inout Account
    ) -> Reply {
        let limit = min(10_000, max(1, call.query["limit"].flatMap(Int.init) ?? 1000))
        let page = max(1, call.query["page"].flatMap(Int.init) ?? 1)
        var offers: [(service: Service, country: Country)] = []
        for country in account.market.countries
        where (call.query["country_id"] ?? String(country.number)) == String(country.number) {
            for service in account.market.services
            where (call.query["platform_id"] ?? String(service.platform))
                == String(service.platform) && account.stock(of: service, in: country) > 0
            {
                offers.append((service, country))
            }
        }
        sort(&offers, by: call.query["sort"], account)
        let rows = offers.dropFirst((page - 1) * limit).prefix(limit).map { service, country in
            [
                "id": .integer(product(service, country) * 10),
                "name": .string(name(service, country)),
                "country_id": .integer(Int64(country.number)),
                "platform_id": .integer(Int64(service.platform)),
                "available": .integer(Int64(account.stock(of: service, in: country))),
                "price": money(account.market.price(of: service, in: country), on: surface),
                "active": true,
                "catalog_product_id": .integer(product(service, country)),
            ] as JSONValue
        }
        let meta: [(String, JSONValue)] = [
            ("page", .integer(Int64(page))), ("limit", .integer(Int64(limit))),
            ("count", .integer(Int64(rows.count))),
        ]
        return success(.array(rows), meta: meta, on: surface, at: call.now)
    }

    private static func name(_ service: Service, _ country: Country) -> String {
        "\(service.name) - \(country.name)"
    }

    private static func sort(
        _ offers: inout [(service: Service, country: Country)],
        by order: String?,
        _ account: Account
    ) {
        let market = account.market
        offers.sort { first, second in
            switch order {
            case "price_asc", "price_desc":
                let prices = [first, second].map { market.price(of: $0.service, in: $0.country) }
                return order == "price_asc" ? prices[0] < prices[1] : prices[0] > prices[1]
            case "available_asc", "available_desc":
                let stocks = [first, second].map { account.stock(of: $0.service, in: $0.country) }
                return order == "available_asc" ? stocks[0] < stocks[1] : stocks[0] > stocks[1]
            case "name_asc", "name_desc":
                let names = [first, second].map { name($0.service, $0.country) }
                return order == "name_asc" ? names[0] < names[1] : names[0] > names[1]
            default:
                return false
            }
        }
    }
}
