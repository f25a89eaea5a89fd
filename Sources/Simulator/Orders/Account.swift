/// The state behind one key: money, stock and orders.
///
/// A value without clock or I/O: every verb is given the time, and `advance(to:)` brings about what
/// has happened by itself since then.
struct Account: Sendable {
    let market: Market
    let terms: Terms
    private(set) var balance: Int64
    private(set) var ledger: [LedgerEntry] = []
    private(set) var names: [String] = []
    var webhooks = WebhookBook()
    /// Where SMSCode's events go; nil where no address is set.
    var webhookURL: String?
    var webhookSecret: String?
    /// What was asked for under an idempotency key, where a provider compares that.
    var requests: [String: String] = [:]

    private var stock: [Offer: Int] = [:]
    private var orders: [String: Order] = [:]
    /// Orders that time alone still changes.
    private var moving: Set<String> = []
    /// The earliest time at which one of them may change.
    private var nextMove = Int64.max
    private var purchases: [String: String] = [:]
    private var generator: SeededGenerator

    init(
        provider: SimulatedProvider,
        name: String,
        configuration: SimulatorConfiguration,
        now: Int64
    ) {
        market = Market(provider)
        terms = Terms(configuration: configuration, market: market)
        generator = SeededGenerator(seed: configuration.seed, name: name)
        balance = market.minorUnits(cents: configuration.openingBalanceUSDCents(of: provider))
        for service in market.services {
            for country in market.countries {
                let offer = Offer(service, country)
                let usual = market.openingStock(of: service, in: country)
                stock[offer] = configuration.stock[offer.name] ?? usual
            }
        }
        record(.deposit, amount: balance, order: nil, at: now)
    }

    /// All orders, oldest first.
    var history: [Order] { names.compactMap { orders[$0] } }

    func stock(of service: Service, in country: Country) -> Int {
        stock[Offer(service, country), default: 0]
    }

    func order(_ id: String) throws(Refusal) -> Order {
        guard let order = orders[id] else { throw .orderNotFound }
        return order
    }

    /// The order with this number of the sms-activate protocol.
    func order(number: String) throws(Refusal) -> Order {
        guard let order = Int(number).map({ $0 - Self.firstNumber }),
            names.indices.contains(order)
        else { throw .orderNotFound }
        return try self.order(names[order])
    }

    /// Delivers the messages that are due and lets orders expire that waited too long.
    mutating func advance(to now: Int64) {
        guard nextMove <= now else { return }
        nextMove = .max
        for id in moving.sorted() {
            guard var order = orders[id] else { continue }
            if let message = order.pending, message.receivedAt <= now {
                receive(message, in: &order)
            }
            if order.state == .waiting && order.expiresAt <= now {
                close(&order, as: .expired, at: order.expiresAt)
                webhooks.record(.orderExpired, order: order, at: order.expiresAt)
            }
            store(order)
        }
    }

    /// Sells a number; a purchase with the same idempotency key is the same purchase.
    mutating func buy(
        _ service: Service,
        _ country: Country,
        idempotencyKey: String? = nil,
        now: Int64
    ) throws(Refusal) -> Order {
        if let idempotencyKey, let earlier = purchases[idempotencyKey] {
            return try order(earlier)
        }
        let offer = Offer(service, country)
        guard stock[offer, default: 0] > 0 else { throw .outOfStock }
        guard !terms.emptiedOffers.contains(offer.name) else { throw .listedButGone }
        try requireBalance(for: market.price(of: service, in: country))
        stock[offer, default: 0] -= 1
        let phone = country.phone(using: &generator)
        let order = open(
            service, country, phone: phone, numberSince: now, usesStock: true, now: now)
        if let idempotencyKey { purchases[idempotencyKey] = order.id }
        return order
    }

    /// Sells the number of an earlier order once more.
    mutating func reuse(
        _ id: String,
        idempotencyKey: String? = nil,
        now: Int64
    ) throws(Refusal) -> Order {
        if let idempotencyKey, let earlier = purchases[idempotencyKey] {
            return try order(earlier)
        }
        let original = try order(id)
        guard original.state == .finished || original.state == .received,
            now - original.numberSince <= terms.reuseLimit
        else { throw .notReusable }
        try requireBalance(for: market.price(of: original.service, in: original.country))
        let order = open(
            original.service, original.country, phone: original.phone,
            numberSince: original.numberSince, usesStock: false, now: now)
        if let idempotencyKey { purchases[idempotencyKey] = order.id }
        return order
    }

    /// Gives an order back; its money and its number return.
    mutating func cancel(_ id: String, now: Int64) throws(Refusal) -> Order {
        var order = try order(id)
        guard order.state.isOpen else { throw .closed(order.state) }
        guard order.state == .waiting else { throw .codeReceived }
        try requireHoldOver(of: order, now: now)
        close(&order, as: .cancelled, at: now)
        webhooks.record(.orderCancelled, order: order, at: now)
        store(order)
        return order
    }

    /// Closes an order for good; a message that was still to come is not delivered any more.
    mutating func finish(_ id: String, needsCode: Bool = false) throws(Refusal) -> Order {
        var order = try order(id)
        guard order.state.isOpen else { throw .closed(order.state) }
        guard order.state == .received || !needsCode else { throw .noCodeYet }
        order.state = .finished
        order.pending = nil
        store(order)
        return order
    }

    /// Lets a further message come to an order that has one.
    mutating func askForAnother(_ id: String, now: Int64) throws(Refusal) -> Order {
        var order = try order(id)
        guard order.state.isOpen else { throw .closed(order.state) }
        guard order.state == .received else { throw .noCodeYet }
        order.asksForAnother = true
        order.pending = nextMessage(for: order.service, order.country, now: now)
        store(order)
        return order
    }

    /// Exchanges the number of an open order that has no message yet.
    mutating func swap(_ id: String, now: Int64) throws(Refusal) -> Order {
        var order = try order(id)
        guard order.state == .waiting else { throw .closed(order.state) }
        try requireHoldOver(of: order, now: now)
        guard stock[order.offer, default: 0] > 0 else { throw .noReplacement }
        order.phone = order.country.phone(using: &generator)
        order.expiresAt = now + terms.lifetime
        order.pending = nextMessage(for: order.service, order.country, now: now)
        webhooks.record(.orderSwapped, order: order, at: now)
        store(order)
        return order
    }

    /// Delivers a message from outside at once; also to an order that has one already.
    mutating func deliver(_ text: String, to id: String, now: Int64) throws(Refusal) {
        var order = try order(id)
        guard order.state.isOpen else { throw .closed(order.state) }
        let message = Message(sender: order.service.name, text: text, receivedAt: now)
        receive(message, in: &order)
        store(order)
    }
}

extension Account {
    /// The first order's number in the sms-activate protocol.
    private static var firstNumber: Int { 610_000_001 }

    private func requireBalance(for price: Int64) throws(Refusal) {
        guard balance >= price else {
            throw .insufficientBalance(required: price, available: balance)
        }
    }

    private func requireHoldOver(of order: Order, now: Int64) throws(Refusal) {
        let left = order.createdAt + terms.hold - now
        guard left <= 0 else { throw .tooEarly(left) }
    }

    private mutating func open(
        _ service: Service,
        _ country: Country,
        phone: String,
        numberSince: Int64,
        usesStock: Bool,
        now: Int64
    ) -> Order {
        let serial = names.count
        var order = Order(
            id: market.orderNames.name(serial: serial, using: &generator),
            number: Self.firstNumber + serial,
            service: service,
            country: country,
            phone: phone,
            price: market.price(of: service, in: country),
            createdAt: now,
            numberSince: numberSince,
            usesStock: usesStock,
            expiresAt: now + terms.lifetime
        )
        order.pending = nextMessage(for: service, country, now: now)
        names.append(order.id)
        store(order)
        let before = balance
        balance -= order.price
        record(.purchase, amount: -order.price, order: order.id, at: now)
        webhooks.recordBalance(from: before, to: balance, at: now)
        return order
    }

    /// Draws delay and code also for silent offers, so that silence does not move later draws.
    private mutating func nextMessage(
        for service: Service,
        _ country: Country,
        now: Int64
    ) -> Message? {
        let delay = Int64.random(in: terms.codeDelay, using: &generator)
        let text = service.message(code: generator.digits(count: 6))
        guard !terms.isSilent(Offer(service, country)) else { return nil }
        return Message(sender: service.name, text: text, receivedAt: now + delay)
    }

    private mutating func receive(_ message: Message, in order: inout Order) {
        order.messages.append(message)
        order.state = .received
        order.pending = nil
        order.asksForAnother = false
        webhooks.record(.messageReceived, order: order, at: message.receivedAt)
    }

    private mutating func close(_ order: inout Order, as state: Order.State, at time: Int64) {
        order.state = state
        order.pending = nil
        order.refunded = order.price
        balance += order.price
        if order.usesStock { stock[order.offer, default: 0] += 1 }
        record(.refund, amount: order.price, order: order.id, at: time)
    }

    private mutating func record(
        _ kind: LedgerEntry.Kind, amount: Int64, order: String?, at time: Int64
    ) {
        ledger.append(
            LedgerEntry(kind: kind, amount: amount, balance: balance, order: order, at: time))
    }

    private mutating func store(_ order: Order) {
        orders[order.id] = order
        if order.state == .waiting || order.pending != nil {
            moving.insert(order.id)
            let expiry = order.state == .waiting ? order.expiresAt : .max
            nextMove = min(nextMove, expiry, order.pending?.receivedAt ?? .max)
        } else {
            moving.remove(order.id)
        }
    }
}
