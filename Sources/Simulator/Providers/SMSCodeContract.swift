import HTTPTypes

/// SMSCode as its official client libraries speak to it: `/v2` in dollars, idempotency keys, and
/// orders that `/v1` shows in rupiah.
enum SMSCodeContract: Dialect {
    static let provider = SimulatedProvider.smsCode

    static var endpoints: [Endpoint] {
        [
            Endpoint(.get, "/v2/balance", .balance, balance),
            Endpoint(.get, "/v2/catalog/countries", .countries, countries),
            Endpoint(.get, "/v2/catalog/products", .offers, products),
            Endpoint(.get, "/v2/catalog/operators", .operators, operators),
            Endpoint(.get, "/v2/catalog/exchange-rate", .other, exchangeRate),
            Endpoint(.post, "/v2/orders/create", .buy, create),
            Endpoint(.post, "/v2/orders/cancel", .cancel, cancel),
            Endpoint(.post, "/v2/orders/finish", .finish, finish),
            Endpoint(.post, "/v2/orders/resend", .resend, resend),
            Endpoint(.post, "/v2/orders/reactivate", .reuse, reactivate),
            Endpoint(.get, "/v2/orders/:id/reactivate-options", .other, reactivateOptions),
            Endpoint(.get, "/v1/orders", .list, orders),
            Endpoint(.get, "/v1/orders/active", .list, activeOrders),
            Endpoint(.get, "/v1/orders/:id", .check, order),
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
        case .outOfStock, .listedButGone, .noReplacement:
            error(404, "NO_OFFER_AVAILABLE", "No offer is available for this product")
        }
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

    static func invalid(_ message: String) -> Reply { error(400, "VALIDATION_ERROR", message) }

    static func success(_ data: JSONValue) -> Reply {
        .json(["success": true, "data": data])
    }

    /// Rupiah for a dollar: those of the simulated accounts, 150 for a cent.
    static let rate: Int64 = 15_000

    /// An amount of rupiah as `/v2` tells it: dollars with four decimals beside it.
    static func money(_ rupiah: Int64) -> JSONValue {
        [
            "amount": .string(JSONValue.decimal(rupiah * 10_000 / rate, digits: 4)),
            "currency": "USD",
            "canonical_amount": .integer(rupiah),
            "canonical_currency": "IDR",
        ]
    }

    /// The number that stands for a service in a country.
    static func product(_ service: Service, _ country: Country) -> Int64 {
        Int64(1000 + country.number * 10 + service.platform)
    }
}

extension SMSCodeContract {
    @Sendable private static func balance(call: Call, account: inout Account) -> Reply {
        success(["balance": money(account.balance)])
    }

    @Sendable private static func exchangeRate(call: Call, account: inout Account) -> Reply {
        success(["pair": "USD/IDR", "rate": .integer(rate), "rate_as_of": .time(call.now)])
    }

    @Sendable private static func countries(call: Call, account: inout Account) -> Reply {
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

    @Sendable private static func operators(call: Call, account: inout Account) -> Reply {
        let country = call.query["country_id"].flatMap { account.market.country(number: $0) }
        let names = country?.operators ?? []
        let rows = names.enumerated().map { index, name in
            ["operator_id": .integer(Int64(index + 1)), "code": .string(name)] as JSONValue
        }
        return success(.array([["operator_id": .null, "code": "any"]] + rows))
    }

    @Sendable private static func products(call: Call, account: inout Account) -> Reply {
        let wanted = call.query["country_id"]
        var rows: [JSONValue] = []
        for country in account.market.countries
        where wanted == nil || wanted == String(country.number) {
            for service in account.market.services {
                let price = account.market.price(of: service, in: country)
                let number = product(service, country)
                rows.append([
                    "id": .integer(number * 10),
                    "name": .string("\(service.name) - \(country.name)"),
                    "country_id": .integer(Int64(country.number)),
                    "platform_id": .integer(Int64(service.platform)),
                    "available": .integer(Int64(account.stock(of: service, in: country))),
                    "price": money(price), "active": true,
                    "catalog_product_id": .integer(number),
                ])
            }
        }
        return success(.array(rows))
    }
}
