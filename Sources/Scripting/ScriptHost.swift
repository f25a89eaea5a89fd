import Definitions
package import LuaSandbox
import Moonline
import OrderKernel
import Synchronization
import Transport

/// The host operations behind the script API; the prelude gives them their shape.
final class ScriptHost: Sendable {
    static let names = LuaHost(operations: [
        "host.declare", "host.providers", "host.offers", "host.buy", "host.orders", "host.status",
        "host.balance", "host.wait", "host.next", "host.change", "host.swap", "host.reuse",
        "host.all", "host.race", "host.http", "host.sleep", "host.log", "host.show",
        "host.progress", "host.print", "host.stats",
    ])

    let engine: Engine
    let machine: LuaMachine
    /// What the script may use, with all its tasks.
    let budget: LuaBudget
    private let values: [LuaValue]?
    private let grants: ScriptGrants
    private let output: ScriptOutput
    private let offers = Mutex<[Offer]>([])
    private let bought = Mutex<Set<String>>([])
    let tasks = TaskLedger()
    /// So many lines of the log come as they are written; what follows waits a little for each.
    private let lines = OutputPace(free: 1000, unitsPerSecond: 100)
    /// The largest catalogue that is known fits, at a pace that a terminal or a pipe keeps.
    private let bytes = OutputPace(free: 16 << 20, unitsPerSecond: 1 << 20)

    init(
        engine: Engine,
        machine: LuaMachine,
        budget: LuaBudget,
        values: [LuaValue]?,
        grants: ScriptGrants,
        output: ScriptOutput
    ) {
        self.engine = engine
        self.machine = machine
        self.budget = budget
        self.values = values
        self.grants = grants
        self.output = output
    }

    /// The orders that the script bought.
    var boughtOrders: Set<String> { bought.withLock { $0 } }

    /// Performs an operation; what a script has to expect comes back as a value.
    func perform(_ name: String, _ arguments: [LuaValue]) async throws -> [LuaValue] {
        // A task that lost a race begins nothing more.
        try Task.checkCancellation()
        do throws(MoonlineError) {
            switch name {
            case "host.offers": return [try await offers(arguments)]
            case "host.buy": return [try await buy(arguments)]
            case "host.balance": return [try await balance(arguments)]
            case "host.status": return [try await engine.status(Self.id(arguments)).luaValue]
            case "host.wait", "host.next", "host.change", "host.swap", "host.reuse":
                return [try await number(name, arguments)]
            case "host.http": return try await http(arguments)
            default: break
            }
        } catch {
            switch error.code {
            case .cancelled: throw CancellationError()
            // A mistake of the script, or of whoever called it: nothing to go on with. What one
            // account cannot do, or its provider calls wrong, another one may do.
            case .invalid where error.provider == nil, .internal:
                throw LuaHostError(error.luaValue)
            default: return [.nil, error.luaValue]
            }
        }
        do {
            return try await other(name, arguments)
        } catch let error as MoonlineError {
            if error.code == .cancelled { throw CancellationError() }
            throw LuaHostError(error.luaValue)
        }
    }

    private func other(_ name: String, _ arguments: [LuaValue]) async throws -> [LuaValue] {
        let text = arguments.first?.plainText ?? ""
        switch name {
        case "host.declare":
            guard let values else {
                throw LuaHostError(
                    MoonlineError(
                        .invalid,
                        "script { … } has to stand before the first call that waits, such as "
                            + "otp.buy or sleep"
                    ).luaValue)
            }
            return values
        case "host.stats":
            let groups = try await engine.statistics().map { $0.luaValue }
            return [.table(LuaTable(items: groups, isArray: true))]
        case "host.providers":
            return [.names(engine.accountNames(with: arguments.first?.table?["with"].text))]
        case "host.orders":
            let isOpen = arguments.first?.table?["open"] == true
            let orders = try await engine.orders(openOnly: isOpen).map(\.luaValue)
            return [.table(LuaTable(items: orders, isArray: true))]
        case "host.all": try await all(arguments)
        case "host.race": try await race(arguments)
        case "host.sleep": try await engine.pause(for: try Self.duration(arguments, at: 0))
        case "host.log": try await log(text, arguments.dropFirst().first?.plainText ?? "")
        case "host.progress":
            try await payForLine()
            output.progress(text.cut(to: Self.lineBytes))
        case "host.print":
            try await payForBytes(text.utf8.count)
            output.print(text)
        case "host.show":
            let fields = (arguments.first?.table?.namedFields ?? []).map { name, value in
                (name, (try? JSON(value)) ?? .string(value.plainText ?? value.typeName))
            }
            try await payForBytes(
                fields.reduce(0) { $0 + $1.0.utf8.count + $1.1.serialized.utf8.count })
            output.show(fields)
        default: throw LuaHostError("\(name) is not there")
        }
        return []
    }

    private static func duration(
        _ arguments: [LuaValue],
        at index: Int
    ) throws(LuaHostError) -> Duration {
        let given = arguments.count > index ? arguments[index].plainText ?? "" : ""
        let text = given.cut(to: wordBytes)
        let seconds = ExactDecimal(text)?.millionths.map { Duration.microseconds($0) }
        if let duration = Duration(text: text) ?? seconds, duration >= .zero {
            guard duration <= waitMaximum else {
                throw LuaHostError("'\(text)' is too long, a script waits at most 7 days at once")
            }
            return duration
        }
        throw LuaHostError("'\(text)' is no duration, write \"90s\" or a number of seconds")
    }

    private static func id(_ arguments: [LuaValue]) -> String {
        (arguments.first?.text ?? "").cut(to: wordBytes)
    }

    /// Longer texts are no lines and no names: looking through them takes time that nobody counts.
    private static let lineBytes = 4096
    static let wordBytes = 256
    private static let targetBytes = 8192
    private static let waitMaximum = Duration.seconds(7 * 24 * 3600)

    private func log(_ level: String, _ message: String) async throws {
        try await payForLine()
        output.log(level.cut(to: Self.wordBytes), message.cut(to: Self.lineBytes))
    }

    // Lines of the log and of progress.
    private func payForLine() async throws {
        try await lines.pay(1) { try await engine.pause(for: $0) }
    }

    // What is printed: a list of any length, but not as fast as a loop can.
    private func payForBytes(_ count: Int) async throws {
        try await bytes.pay(count) { try await engine.pause(for: $0) }
    }

    // MARK: Buying

    private func offers(_ arguments: [LuaValue]) async throws(MoonlineError) -> LuaValue {
        let query = try ScriptQuery(arguments.first, of: "otp.offers")
        let found = try await engine.offers(
            service: query.service, countries: query.countries, providers: query.providers,
            operatorName: query.operatorName)
        if found.offers.isEmpty, let failure = found.failures.first { throw failure }
        for failure in found.failures { output.log("warn", "\(failure)") }
        let ranked = try await engine.ranked(found.offers, by: query.strategy)
        let first = try offers.withLock { offers throws(MoonlineError) in
            guard offers.count + ranked.count <= Self.offersMaximum else {
                throw MoonlineError(
                    .invalid,
                    "the script has got more than \(Self.offersMaximum) offers; ask less often, or "
                        + "by country and provider")
            }
            defer { offers += ranked }
            return offers.count
        }
        let rows = ranked.enumerated().map { index, offer in
            row(offer, reference: first + index)
        }
        return .table(LuaTable(items: rows, isArray: true))
    }

    /// They are kept for a `buy` as long as the script runs, at some hundred bytes each.
    private static let offersMaximum = 100_000

    private func row(_ offer: Offer, reference: Int) -> LuaValue {
        var fields: [String: LuaValue] = [
            "reference": .integer(Int64(reference)), "provider": .string(offer.account),
            "service": .string(offer.service), "country": .string(offer.country),
        ]
        fields["price"] = offer.price?.luaValue
        fields["usd"] = engine.inDollars(offer.price)?.luaValue
        fields["available"] = offer.available.map { .integer(Int64($0)) }
        fields["operator"] = offer.operatorName.map { .string($0) }
        return .table(LuaTable(fields))
    }

    private func buy(_ arguments: [LuaValue]) async throws(MoonlineError) -> LuaValue {
        let table = arguments.first?.table ?? LuaTable()
        if case .integer(let reference) = table["reference"] {
            let offer = offers.withLock { offers in
                offers.indices.contains(Int(reference)) ? offers[Int(reference)] : nil
            }
            guard let offer else {
                throw MoonlineError(.invalid, "otp.buy: this offer is not one of otp.offers")
            }
            let maximum = Money(table["max_price"])
            if table["max_price"] != .nil, maximum == nil {
                throw MoonlineError(.invalid, "otp.buy: max_price is no amount, write \"1.50\"")
            }
            switch await engine.purchase(offer, maximumPrice: maximum) {
            case .bought(let number): return note(number)
            case .refused(let error), .unknown(_, let error): throw error
            }
        }
        let query = try ScriptQuery(arguments.first, of: "otp.buy")
        guard !query.countries.isEmpty else {
            throw MoonlineError(
                .invalid,
                "otp.buy: a country is missing, write country = \"ID\" or "
                    + "countries = { \"ID\", \"GB\" }")
        }
        return note(
            try await engine.buy(
                anyOf: query.countries, service: query.service, providers: query.providers,
                operatorName: query.operatorName, maximumPrice: query.maximumPrice,
                strategy: query.strategy))
    }

    private func note(_ number: Number) -> LuaValue {
        bought.withLock { _ = $0.insert(number.id) }
        return number.order.luaValue
    }

    private func balance(_ arguments: [LuaValue]) async throws(MoonlineError) -> LuaValue {
        let names = arguments.first?.text.map { [$0] } ?? []
        let rows = try await engine.balances(of: names).map { row -> LuaValue in
            var fields: [String: LuaValue] = ["provider": .string(row.account)]
            switch row.result {
            case .success(let money): fields["amount"] = money.luaValue
            case .failure(let error): fields["error"] = error.luaValue
            }
            return .table(LuaTable(fields))
        }
        return .table(LuaTable(items: rows, isArray: true))
    }

    // MARK: One number

    // A message may have come instead: whoever bought another number would pay for two.
    private static func check(isGivenBack order: Order) throws(MoonlineError) {
        guard !order.state.isTerminal, order.hasEvidence else { return }
        throw MoonlineError(
            .refused,
            "a message came on \(order.phone), so it is not given back; "
                + "number:wait_code(\"1s\") gives its code", provider: order.account)
    }

    private func number(
        _ name: String,
        _ arguments: [LuaValue]
    ) async throws(MoonlineError) -> LuaValue {
        switch name {
        case "host.swap": return note(try await engine.swap(Self.id(arguments)))
        case "host.reuse": return note(try await engine.reuse(Self.id(arguments)))
        case "host.change":
            let id = (arguments.dropFirst().first?.text ?? "").cut(to: Self.wordBytes)
            switch arguments.first?.text {
            case "cancel": try Self.check(isGivenBack: try await engine.cancel(id))
            case "resend": _ = try await engine.resendHanded(id)
            default: _ = try await engine.finishHanded(id)
            }
            return true
        default:
            let id = Self.id(arguments)
            let duration: Duration
            do {
                duration = try Self.duration(arguments, at: 1)
            } catch {
                throw MoonlineError(.invalid, error.value.text ?? "")
            }
            if name == "host.next" { _ = try await engine.resendHanded(id) }
            return .string(try await engine.code(of: id, within: duration))
        }
    }

    private func http(_ arguments: [LuaValue]) async throws(MoonlineError) -> [LuaValue] {
        let url = arguments.dropFirst().first?.text ?? ""
        guard url.utf8.count <= Self.targetBytes else {
            throw MoonlineError(.invalid, "http: a URL has at most \(Self.targetBytes) bytes")
        }
        let (request, origin) = try grants.request(
            method: arguments.first?.text ?? "", url: url,
            options: arguments.dropFirst(2).first?.table ?? LuaTable())
        return try await tasks.withRoom { room throws(MoonlineError) in
            [try await engine.fetch(request, from: origin, replyBytesMaximum: room).luaValue]
        }
    }
}

extension LuaLimits {
    /// A script's own computing, waiting left out: it decides and prints, so a minute is a loop.
    ///
    /// A million calls are one each second for eleven days.
    package static let script = LuaLimits(
        processorTime: .seconds(60), hostCallsMaximum: 1_000_000)
}
