/// Everything that the simulated providers know, changed by one request at a time.
actor SimulatorState {
    /// An interface and one of the keys of its account holder, counted from 0.
    private struct Door: Hashable {
        let provider: SimulatedProvider
        let key: Int
    }

    private let configuration: SimulatorConfiguration
    private let now: @Sendable () -> Int64
    private let startedAt: Int64
    private var accounts: [Account] = []
    /// Positions in `accounts`.
    private var slots: [Door: Int] = [:]
    private var windows: [Door: RateWindow] = [:]
    private var tallies: [Door: InterfaceTally] = [:]
    private var faults: FaultBook

    init(configuration: SimulatorConfiguration, now: @escaping @Sendable () -> Int64) {
        self.configuration = configuration
        self.now = now
        startedAt = now()
        faults = FaultBook(rules: configuration.faults)
        for provider in SimulatedProvider.allCases {
            let holder = provider.accountHolder
            for key in (configuration.keys[holder] ?? []).indices {
                let door = Door(provider: provider, key: key)
                if provider == holder {
                    slots[door] = accounts.count
                    let account = Account(
                        provider: provider, name: "\(provider.rawValue)#\(key)",
                        configuration: configuration, now: startedAt)
                    accounts.append(account)
                } else {
                    slots[door] = slots[Door(provider: holder, key: key)]
                }
                windows[door] = RateWindow(
                    requestsPerMinute: Market(provider).requestsPerMinute,
                    speed: configuration.speed)
            }
        }
    }

    /// Notes a request that has arrived, and says what is to go wrong with it.
    func arrive(_ call: Call, at endpoint: Endpoint, of dialect: any Dialect.Type) -> FaultKind? {
        let operation = endpoint.operation(call)
        let door = door(of: dialect, call) ?? Door(provider: dialect.provider, key: 0)
        tallies[door, default: InterfaceTally()].requests[operation, default: 0] += 1
        if operation == .check, let slot = slots[door] {
            let name = call.id ?? call.parameter("order_id") ?? call.parameter("id") ?? ""
            if let order = find(name, in: accounts[slot]) {
                let elapsed = now() - startedAt
                tallies[door]?.polls[order.id, default: []].append(elapsed)
            }
        }
        return faults.take(for: dialect.provider, operation)
    }

    /// Does what a request asks for.
    func execute(_ call: Call, at endpoint: Endpoint, of dialect: any Dialect.Type) -> Reply {
        var call = call
        call.now = now()
        var door = Door(provider: dialect.provider, key: 0)
        if !endpoint.isPublic {
            guard let known = self.door(of: dialect, call) else {
                return strangerReply(to: call, of: dialect)
            }
            door = known
            if let wait = windows[door]?.admit(at: call.now) {
                tallies[door]?.rateLimited += 1
                return dialect.rateLimited.retrying(afterSeconds: (wait + 999) / 1000)
            }
        }
        guard let slot = slots[door] else { return dialect.unauthorized(keyGiven: false) }
        accounts[slot].advance(to: call.now)
        do {
            return try endpoint.answer(call, &accounts[slot])
        } catch {
            return error
        }
    }

    func add(_ rule: FaultRule) {
        faults.add(rule)
    }

    func clearFaults() {
        faults.clear()
    }

    /// Delivers a message to an order of any key of a provider.
    func deliver(_ text: String, to name: String, of provider: SimulatedProvider) throws(Refusal) {
        let time = now()
        for (door, slot) in slots where door.provider == provider {
            accounts[slot].advance(to: time)
            guard let order = find(name, in: accounts[slot]) else { continue }
            return try accounts[slot].deliver(text, to: order.id, now: time)
        }
        throw .orderNotFound
    }

    /// What tests look at: money, orders and requests of every interface.
    func overview() -> JSONValue {
        let time = now()
        for slot in accounts.indices { accounts[slot].advance(to: time) }
        var rows: [(String, JSONValue)] = []
        for provider in SimulatedProvider.allCases {
            for key in (configuration.keys[provider.accountHolder] ?? []).indices {
                let door = Door(provider: provider, key: key)
                guard let slot = slots[door] else { continue }
                let name = key == 0 ? provider.rawValue : "\(provider.rawValue)#\(key + 1)"
                let tally = tallies[door] ?? InterfaceTally()
                rows.append((name, overview(of: accounts[slot], tally)))
            }
        }
        return [
            "elapsed_ms": .integer(time - startedAt),
            "faults": .array(faults.rules.map(\.json)),
            "providers": .object(rows),
        ]
    }

    private func overview(of account: Account, _ tally: InterfaceTally) -> JSONValue {
        let currency = account.market.currency
        let charges = account.history.map { order in
            [
                "order_id": .string(order.id),
                "service": .string(order.service.slug),
                "country": .string(order.country.iso),
                "amount": .amount(order.price, currency),
                "state": .string(order.state.rawValue),
                "refunded": .boolean(order.refunded > 0),
                "bought_ms": .integer(order.createdAt - startedAt),
            ] as JSONValue
        }
        let requests = tally.requests.sorted { $0.key.rawValue < $1.key.rawValue }
        let polls = tally.polls.sorted { $0.key < $1.key }
        return [
            "currency": .string(currency.rawValue),
            "balance": .amount(account.balance, currency),
            "charges": .array(charges),
            "requests": .object(requests.map { ($0.key.rawValue, .integer(Int64($0.value))) }),
            "rate_limited": .integer(Int64(tally.rateLimited)),
            "polls": .object(polls.map { ($0.key, .array($0.value.map(JSONValue.integer))) }),
        ]
    }

    private func door(of dialect: any Dialect.Type, _ call: Call) -> Door? {
        guard let text = dialect.key(in: call) else { return nil }
        let holder = dialect.provider.accountHolder
        guard let key = configuration.keys[holder]?.firstIndex(of: text) else { return nil }
        return Door(provider: dialect.provider, key: key)
    }

    private func strangerReply(to call: Call, of dialect: any Dialect.Type) -> Reply {
        let text = dialect.key(in: call)
        if let text, configuration.keysWithoutPermission.contains(text),
            let forbidden = dialect.forbidden
        {
            return forbidden
        }
        return dialect.unauthorized(keyGiven: text != nil)
    }

    /// An order by the provider's own name or by its number of the sms-activate protocol.
    private func find(_ name: String, in account: Account) -> Order? {
        (try? account.order(name)) ?? (try? account.order(number: name))
    }
}

extension FaultRule {
    var json: JSONValue {
        [
            "kind": .string(kind.rawValue),
            "provider": .string(provider?.rawValue ?? "any"),
            "operation": .string(operation?.rawValue ?? "any"),
            "count": .integer(Int64(count)),
        ]
    }
}
