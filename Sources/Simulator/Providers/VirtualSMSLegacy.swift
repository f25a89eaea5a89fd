import HTTPTypes

/// VirtualSMS's sms-activate protocol: one path, seven actions, refusals as words with status 200.
enum VirtualSMSLegacy: Dialect {
    static let provider = SimulatedProvider.virtualSMSLegacy

    static var endpoints: [Endpoint] {
        let path = "/stubs/handler_api.php"
        return [
            Endpoint(.get, path, operationOf: operation, answer),
            Endpoint(.post, path, operationOf: operation, answer),
        ]
    }

    static func key(in call: Call) -> String? { call.parameter("api_key") }

    static func unauthorized(keyGiven: Bool) -> Reply { .text(keyGiven ? "BAD_KEY" : "NO_KEY") }

    static var rateLimited: Reply { .text("Too Many Requests", status: 429) }

    static func failure(status: Int) -> Reply { .text("SERVER_ERROR", status: status) }

    static func reply(to refusal: Refusal) -> Reply {
        switch refusal {
        case .outOfStock, .listedButGone, .noReplacement: .text("NO_NUMBERS")
        case .insufficientBalance: .text("NO_BALANCE")
        case .orderNotFound: .text("NO_ACTIVATION")
        case .tooEarly: .text("EARLY_CANCEL_DENIED")
        case .closed, .codeReceived, .noCodeYet, .notReusable: .text("BAD_STATUS")
        }
    }

    @Sendable private static func operation(of call: Call) -> SimulatedOperation {
        switch call.parameter("action") {
        case "getNumber": .buy
        case "getStatus": .check
        case "getBalance": .balance
        case "getServices": .services
        case "getCountries": .countries
        case "getPrices": .offers
        case "setStatus":
            switch call.parameter("status") {
            case "3": .resend
            case "6": .finish
            case "8", "-1": .cancel
            default: .other
            }
        default: .other
        }
    }

    @Sendable private static func answer(
        call: Call, account: inout Account
    ) throws(Reply) -> Reply {
        switch call.parameter("action") {
        case "getNumber": try buy(call, &account)
        case "getStatus": try status(call, account)
        case "setStatus": try setStatus(call, &account)
        case "getBalance": .text("ACCESS_BALANCE:\(JSONValue.decimal(account.balance, digits: 2))")
        case "getServices": services(account.market)
        case "getCountries": countries(account.market)
        case "getPrices": try prices(call, account)
        default: .text("BAD_ACTION")
        }
    }
}

extension VirtualSMSLegacy {
    private static func service(_ code: String, in market: Market) throws(Reply) -> Service {
        guard let service = market.service(code: code) else { throw .text("BAD_SERVICE") }
        return service
    }

    private static func country(_ number: String, in market: Market) throws(Reply) -> Country {
        guard let country = market.country(number: number) else { throw .text("BAD_COUNTRY") }
        return country
    }

    private static func buy(_ call: Call, _ account: inout Account) throws(Reply) -> Reply {
        let service = try service(call.parameter("service") ?? "", in: account.market)
        let country = try country(call.parameter("country") ?? "", in: account.market)
        let order = try settled { () throws(Refusal) in
            try account.buy(service, country, now: call.now)
        }
        return .text("ACCESS_NUMBER:\(order.number):\(order.phone)")
    }

    private static func order(_ call: Call, in account: Account) throws(Reply) -> Order {
        try settled { () throws(Refusal) in
            try account.order(number: call.parameter("id") ?? "")
        }
    }

    private static func status(_ call: Call, _ account: Account) throws(Reply) -> Reply {
        let order = try order(call, in: account)
        switch (order.state, order.code) {
        case (.waiting, _): return .text("STATUS_WAIT_CODE")
        case (.received, let code?) where order.asksForAnother:
            return .text("STATUS_WAIT_RETRY:\(code)")
        case (.received, let code?), (.finished, let code?): return .text("STATUS_OK:\(code)")
        default: return .text("STATUS_CANCEL")
        }
    }

    /// 1 message sent, 3 another message, 6 finish, 8 cancel; some clients send -1 for 8.
    private static func setStatus(_ call: Call, _ account: inout Account) throws(Reply) -> Reply {
        let order = try order(call, in: account)
        return try settled { () throws(Refusal) in
            switch call.parameter("status") {
            case "1":
                guard order.state == .waiting else { throw .closed(order.state) }
                return .text("ACCESS_READY")
            case "3":
                _ = try account.askForAnother(order.id, now: call.now)
                return .text("ACCESS_RETRY_GET")
            case "6":
                _ = try account.finish(order.id, needsCode: true)
                return .text("ACCESS_ACTIVATION")
            case "8", "-1":
                _ = try account.cancel(order.id, now: call.now)
                return .text("ACCESS_CANCEL")
            default:
                return .text("BAD_STATUS")
            }
        }
    }

    private static func services(_ market: Market) -> Reply {
        let rows = market.services.map { service in
            ["code": .string(service.code), "name": .string(service.name)] as JSONValue
        }
        return .json(["status": "success", "services": .array(rows)])
    }

    private static func countries(_ market: Market) -> Reply {
        let rows = market.countries.map { country in
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

    /// By country number, then by service code; both may be narrowed to one.
    private static func prices(_ call: Call, _ account: Account) throws(Reply) -> Reply {
        let market = account.market
        var countries = market.countries
        var services = market.services
        if let number = call.parameter("country") { countries = [try country(number, in: market)] }
        if let code = call.parameter("service") { services = [try service(code, in: market)] }
        let rows = countries.map { country in
            let row = services.map { service in
                let stock = JSONValue.integer(Int64(account.stock(of: service, in: country)))
                let cost = JSONValue.amount(market.price(of: service, in: country), .dollar)
                let offer: JSONValue = ["cost": cost, "count": stock, "physicalCount": stock]
                return (service.code, offer)
            }
            return (String(country.number), JSONValue.object(row))
        }
        return .json(.object(rows))
    }
}
