import Definitions
import LuaSandbox
import Moonline
import OrderKernel

extension LuaValue {
    /// A list of texts.
    static func names(_ names: [String]) -> LuaValue {
        .table(LuaTable(items: names.map { .string($0) }, isArray: true))
    }
}

extension Money {
    /// As the prelude makes a money value of it.
    var luaValue: LuaValue {
        .table(LuaTable(["amount": .string("\(amount)"), "currency": .string(currency)]))
    }

    init?(_ value: LuaValue) {
        if let text = value.plainText {
            self.init(argument: text)
        } else if let amount = value.table?["amount"].plainText.flatMap({ ExactDecimal($0) }),
            let currency = value.table?["currency"].text
        {
            self.init(amount, currency)
        } else {
            return nil
        }
    }
}

extension Order {
    /// A number as a script sees it.
    var luaValue: LuaValue {
        var fields: [String: LuaValue] = [
            "id": .string(id), "phone": .string(phone), "provider": .string(account),
            "service": .string(service), "country": .string(country),
            "state": .string(state.rawValue), "refund": .string(refund.rawValue),
            "created_at": .string(createdAt.rfc3339), "expires_at": .string(expiresAt.rfc3339),
        ]
        fields["code"] = code.map { .string($0) }
        fields["message"] = message.map { .string($0) }
        fields["price"] = price?.luaValue
        return .table(LuaTable(fields))
    }
}

extension MoonlineError {
    /// An expected failure as a script sees it.
    var luaValue: LuaValue {
        var fields: [String: LuaValue] = [
            "code": .string(code.rawValue), "message": .string(message),
            "retry": .string(code.retry.rawValue),
        ]
        fields["provider"] = provider.map { .string($0) }
        fields["after"] = retryAfter.map { .integer(($0.milliseconds + 999) / 1000) }
        return .table(LuaTable(fields))
    }
}

extension OrderStatistics {
    /// What numbers brought, as a script sees it: money in US dollars, times in seconds.
    var luaValue: LuaValue {
        func dollars(_ microUSD: Int64) -> LuaValue {
            Money(ExactDecimal(units: microUSD, scale: 6), "USD").luaValue
        }
        func seconds(_ duration: Duration?) -> LuaValue {
            duration.map { .number(Double($0.milliseconds) / 1000) } ?? .nil
        }
        var fields: [String: LuaValue] = [
            "provider": .string(account), "service": .string(service),
            "country": .string(country), "numbers": .integer(Int64(attempts.count)),
            "codes": .integer(Int64(codes)), "spent": dollars(spentMicroUSD),
        ]
        fields["p50"] = seconds(timeToCode(percent: 50))
        fields["p95"] = seconds(timeToCode(percent: 95))
        fields["cost_per_code"] = costPerCodeMicroUSD.map(dollars)
        return .table(LuaTable(fields.filter { $0.value != .nil }))
    }
}
