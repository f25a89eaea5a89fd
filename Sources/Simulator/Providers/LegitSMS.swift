import HTTPTypes

/// LegitSMS: WordPress REST under `/wp-json/legitsms/v1`, key in the query, amounts in dollars.
enum LegitSMS: Dialect {
    static let provider = SimulatedProvider.legitSMS

    static var endpoints: [Endpoint] {
        let base = "/wp-json/legitsms/v1"
        return [
            Endpoint(.get, base + "/countries", .countries, countries),
            Endpoint(.get, base + "/services", .services, services),
            Endpoint(.get, base + "/operators", .operators, operators),
            Endpoint(.get, base + "/prices", .offers, prices),
            Endpoint(.get, base + "/balance", .balance, balance),
            Endpoint(.post, base + "/order", .buy, buy),
            Endpoint(.get, base + "/status", .check, status),
            Endpoint(
                .post, base + "/set_status",
                operationOf: { $0.parameter("status") == "6" ? .finish : .cancel }, setStatus),
            Endpoint(.post, base + "/reuse", .reuse, reuse),
        ]
    }

    static func key(in call: Call) -> String? { call.query["api_key"] }

    static func unauthorized(keyGiven: Bool) -> Reply {
        error(401, "invalid_key", "The API Key provided is missing or incorrect.")
    }

    static var rateLimited: Reply {
        error(429, "rate_limited", "Too many requests. Please slow down.")
    }

    static func failure(status: Int) -> Reply {
        status == 500
            ? error(500, "system_error", "Internal system error. Contact support.")
            : error(status, "provider_error", "Failed to connect to the upstream provider.")
    }

    static func reply(to refusal: Refusal) -> Reply {
        switch refusal {
        case .outOfStock:
            error(404, "stock_error", "No numbers available for this country.")
        case .listedButGone:
            error(400, "order_failed", "NO_NUMBERS")
        case .insufficientBalance:
            error(402, "insufficient_funds", "Your balance is too low to afford this number.")
        case .orderNotFound:
            error(404, "not_found", "Order ID not found in your history.")
        case .closed:
            error(400, "already_closed", "Order is already Cancelled or Finished.")
        case .codeReceived, .noCodeYet, .tooEarly:
            error(400, "cancel_failed", "Provider refused cancellation.")
        case .notReusable, .noReplacement:
            error(400, "reuse_failed", "Number is offline or time limit expired.")
        }
    }

    private static func error(_ status: Int, _ code: String, _ message: String) -> Reply {
        let data: JSONValue = ["status": .integer(Int64(status))]
        return .json(
            ["code": .string(code), "message": .string(message), "data": data], status: status)
    }

    private static func required(_ name: String, in call: Call) throws(Reply) -> String {
        guard let value = call.parameter(name) else {
            throw error(400, "missing_params", "Missing parameter: \(name)")
        }
        return value
    }
}

extension LegitSMS {
    @Sendable private static func countries(call: Call, account: inout Account) -> Reply {
        let rows = account.market.countries.map { country in
            (
                String(country.number),
                [
                    "id": .integer(Int64(country.number)),
                    "eng": .string(country.name),
                    "rus": .string(country.russianName),
                ] as JSONValue
            )
        }
        return .json(.object(rows))
    }

    @Sendable private static func services(call: Call, account: inout Account) -> Reply {
        let rows = account.market.services.map { service in
            ["id": .string(service.code), "name": .string(service.name)] as JSONValue
        }
        return .json(["status": "success", "services": .array(rows)])
    }

    @Sendable private static func operators(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let number = try required("country", in: call)
        let operators = account.market.country(number: number)?.operators ?? []
        guard !operators.isEmpty else {
            throw error(400, "provider_error", "OPERATORS_NOT_FOUND")
        }
        return .json([
            "status": "success",
            "country": .string(number),
            "operators": .array(operators.map(JSONValue.string)),
        ])
    }

    /// The documents name no error for an unknown service; this is their form for a bad country.
    private static func offer(
        in call: Call, of market: Market
    ) throws(Reply) -> (Service, Country) {
        let code = try required("service", in: call)
        let number = try required("country", in: call)
        guard let service = market.service(code: code) else {
            throw error(400, "provider_error", "BAD_SERVICE")
        }
        guard let country = market.country(number: number) else {
            throw reply(to: .outOfStock)
        }
        return (service, country)
    }

    @Sendable private static func prices(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let (service, country) = try offer(in: call, of: account.market)
        let price = account.market.price(of: service, in: country)
        return .json([
            "country": "\(country.number)",
            "service": .string(service.code),
            "cost": .amount(price, account.market.currency),
            "count": .integer(Int64(account.stock(of: service, in: country))),
        ])
    }

    @Sendable private static func balance(call: Call, account: inout Account) -> Reply {
        let currency = account.market.currency
        return .json([
            "balance": .amount(account.balance, currency),
            "currency": .string(currency.rawValue),
        ])
    }

    @Sendable private static func buy(call: Call, account: inout Account) throws(Reply) -> Reply {
        let (service, country) = try offer(in: call, of: account.market)
        let order = try settled { () throws(Refusal) in
            try account.buy(service, country, now: call.now)
        }
        return sold(order, message: "Waiting for SMS")
    }

    @Sendable private static func reuse(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let id = try required("order_id", in: call)
        let order = try settled { () throws(Refusal) in try account.reuse(id, now: call.now) }
        return sold(order, message: "Reuse successful. Waiting for SMS.")
    }

    private static func sold(_ order: Order, message: String) -> Reply {
        .json([
            "status": "success",
            "order_id": .string(order.id),
            "phone": .string(order.phone),
            "cost": .amount(order.price, .dollar),
            "msg": .string(message),
        ])
    }

    /// An order finished without a code answers like a cancelled one: no code will come.
    @Sendable private static func status(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let id = try required("order_id", in: call)
        let order = try settled { () throws(Refusal) in try account.order(id) }
        switch (order.state, order.code) {
        case (.waiting, _):
            return .json(["status": "STATUS_WAIT_CODE"])
        case (.received, let code?), (.finished, let code?):
            return .json(["status": "STATUS_OK", "code": .string(code)])
        default:
            return .json(["status": "STATUS_CANCELLED"])
        }
    }

    @Sendable private static func setStatus(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        let id = try required("order_id", in: call)
        switch try required("status", in: call) {
        case "6":
            _ = try settled { () throws(Refusal) in try account.finish(id) }
            return .json(["status": "success", "message": "Order finished"])
        case "8":
            _ = try settled { () throws(Refusal) in try account.cancel(id, now: call.now) }
            return .json(["status": "success", "message": "Order cancelled and refunded"])
        default:
            throw error(400, "invalid_status", "Status must be 6 or 8.")
        }
    }
}
