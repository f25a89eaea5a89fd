import HTTPTypes

/// iSMScode: three endpoints under `/api/v3`, no prices, no balance, no cancellation.
enum ISMScode: Dialect {
    static let provider = SimulatedProvider.iSMScode

    static var endpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v3/countries", .countries, countries),
            Endpoint(.get, "/api/v3/services", .services, services),
            Endpoint(.post, "/api/v3/numbers/request", .buy, buy),
            Endpoint(.get, "/api/v3/numbers/:id/sms", .check, messages),
        ]
    }

    static func key(in call: Call) -> String? { call.bearer ?? call.headers["api-key"] }

    static func unauthorized(keyGiven: Bool) -> Reply {
        error(401, "unauthorized", "No valid API key provided. Check your Authorization header.")
    }

    static var rateLimited: Reply {
        error(429, "rate_limit_exceeded", "You have exceeded the rate limits.")
    }

    static func failure(status: Int) -> Reply {
        error(status, "server_error", "Something went wrong on our side.")
    }

    /// The document has no code for an unknown number; 404 is the standard status it points to.
    static func reply(to refusal: Refusal) -> Reply {
        switch refusal {
        case .insufficientBalance:
            error(402, "insufficient_balance", "Not enough balance to request this number.")
        case .orderNotFound:
            error(404, "number_not_found", "No such number on your account.")
        default:
            error(
                404, "no_numbers_available",
                "Currently out of stock for the requested country/service combination.")
        }
    }

    private static func error(_ status: Int, _ code: String, _ message: String) -> Reply {
        .json(
            ["status": "error", "code": .string(code), "message": .string(message)],
            status: status)
    }
}

extension ISMScode {
    @Sendable private static func countries(call: Call, account: inout Account) -> Reply {
        let rows = account.market.countries.map { country in
            [
                "code": .string(country.iso),
                "name": .string(country.name),
                "prefix": .string(country.prefix),
            ] as JSONValue
        }
        return .json(["status": "success", "countries": .array(rows)])
    }

    @Sendable private static func services(call: Call, account: inout Account) -> Reply {
        let slugs = account.market.services.map { JSONValue.string($0.slug) }
        return .json(["status": "success", "services": .array(slugs)])
    }

    @Sendable private static func buy(call: Call, account: inout Account) throws(Reply) -> Reply {
        let market = account.market
        guard let iso = call.json?["country"]?.string, let country = market.country(iso: iso) else {
            throw error(400, "invalid_country", "The country is missing or not supported.")
        }
        let slug = call.json?["service"]?.string
        guard let service = market.services.first(where: { $0.slug == slug }) else {
            throw error(400, "invalid_service", "The service is missing or not supported.")
        }
        let order = try settled { () throws(Refusal) in
            try account.buy(service, country, now: call.now)
        }
        return .json([
            "status": "success",
            "number": [
                "id": .string(order.id),
                "phone": "+\(order.phone)",
                "country": .string(country.iso),
                "service": .string(service.slug),
                "expires_at": .deadline(order.expiresAt),
            ],
        ])
    }

    @Sendable private static func messages(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let order = try settled { () throws(Refusal) in try account.order(call.id ?? "") }
        let rows = order.messages.map { message in
            [
                "from": .string(message.sender),
                "text": .string(message.text),
                "received_at": .time(message.receivedAt),
            ] as JSONValue
        }
        return .json(["status": "success", "sms": .array(rows)])
    }
}
