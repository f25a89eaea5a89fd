import Definitions
import Journal
public import OrderKernel

extension Engine {
    /// All orders that Moonline made, or the open ones, oldest first.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    public func orders(openOnly: Bool = false) async throws(MoonlineError) -> [Order] {
        try await journal.orders(openOnly: openOnly)
    }

    /// Purchases that may have an order that nobody knows of: those that are being sent, unknown
    /// and unresolved ones.
    ///
    /// - Throws: `MoonlineError` with `internal`.
    public func openPurchases() async throws(MoonlineError) -> [Purchase] {
        try await journal.openPurchases()
    }

    /// Takes in what the user knows of a purchase that nothing settled, from the provider's pages
    /// or its support.
    ///
    /// Where something still may settle it, that is asked once more before.
    ///
    /// - Throws: `MoonlineError` with `closed` when something else has told or may still tell,
    ///   `not_found`, or `internal`.
    @discardableResult
    public func resolve(_ id: String, isBought: Bool) async throws(MoonlineError) -> Purchase {
        if let purchase = try await journal.purchase(id), purchase.state == .unknown {
            try await ask(for: purchase)
        }
        return try await journal.state(id, isBought: isBought, at: clock.now())
    }

    /// Keeps an order for later commands: it is not given back when this process ends.
    ///
    /// - Throws: `MoonlineError` with `not_found` or `internal`.
    @discardableResult
    public func keep(_ id: String) async throws(MoonlineError) -> Order {
        try await apply(.kept, to: try await require(id))
    }

    /// The number of an order that was bought before, perhaps by another process.
    ///
    /// - Throws: `MoonlineError` with `not_found`.
    public func number(_ id: String) async throws(MoonlineError) -> Number {
        Number(order: try await require(id), engine: self)
    }

    /// Looks at an order, as soon as its provider allows it.
    ///
    /// - Throws: `MoonlineError`.
    public func status(_ id: String) async throws(MoonlineError) -> Order {
        let order = try await require(id)
        let client = try await client(of: order)
        guard !order.state.isTerminal else { return await lateLook(at: order, client) }
        return try await observe(try await look(at: order, with: client), order, client.account)
    }

    // A code may still have come to an order that is over; a failure to tell is none here.
    private func lateLook(at order: Order, _ client: AccountClient) async -> Order {
        guard order.code == nil, let endedAt = order.endedAt,
            clock.now() < endedAt + Self.lateWithin, client.account.definition.showsOrders,
            let look = try? await look(at: order, with: client)
        else { return (try? await require(order.id)) ?? order }
        return (try? await observe(look, order, client.account)) ?? order
    }

    /// How long after its end a code of an order is asked for.
    private static let lateWithin = Duration.seconds(3600)

    /// Reports an order's code as used.
    ///
    /// - Throws: `MoonlineError`; a provider without such an operation is no failure.
    @discardableResult
    public func finish(_ id: String) async throws(MoonlineError) -> Order {
        await confirmHanded(id)
        return try await finishHanded(id)
    }

    /// Reports a code as used that was handed to a script, which may not have shown it yet.
    ///
    /// - Throws: as `finish` does.
    @discardableResult
    package func finishHanded(_ id: String) async throws(MoonlineError) -> Order {
        let order = try await require(id)
        guard !order.state.isTerminal else {
            if order.state == .finished { return order }
            throw Self.closed(order)
        }
        let client = try await client(of: order)
        guard client.account.definition.has(.finish) else {
            // Its time ends it, and pays it back where no message came.
            return try await finishUnasked(order, client)
        }
        do throws(MoonlineError) {
            _ = try await client.change(.finish, order, lane: .finish)
        } catch {
            // The provider ended it before us, perhaps so long ago that it forgot it.
            let isForgotten = error.code == .notFound && order.expiresAt < clock.now()
            guard error.code == .closed || isForgotten else { throw error }
            // Without a message it was paid back.
            return try await apply(.closed, to: order)
        }
        return try await apply(.finished, to: order)
    }

    // Where the provider has no such operation, an order without a message is paid back at the end
    // of its time.
    private func finishUnasked(
        _ order: Order,
        _ client: AccountClient
    ) async throws(MoonlineError) -> Order {
        let definition = client.account.definition
        guard !order.hasEvidence, definition.showsOrders else {
            return try await apply(.finished, to: order)
        }
        let seen = try await observe(look(at: order, with: client), order, client.account)
        if seen.state.isTerminal { return seen }
        guard seen.hasEvidence else {
            let wayOut =
                definition.has(.cancel)
                ? "`moonline cancel \(order.id)` gives the number back"
                : "its time ends it, at \(order.expiresAt.rfc3339)"
            throw MoonlineError(
                .refused,
                "no message came on \(order.phone), so that there is nothing to finish; \(wayOut)",
                provider: order.account)
        }
        return try await apply(.finished, to: seen)
    }

    /// Asks for another code on the same number.
    ///
    /// - Throws: `MoonlineError` with `unsupported` where the provider cannot.
    @discardableResult
    public func resend(_ id: String) async throws(MoonlineError) -> Order {
        await confirmHanded(id)
        return try await resendHanded(id)
    }

    /// Asks for another code after one that was handed to a script.
    ///
    /// - Throws: as `resend` does.
    @discardableResult
    package func resendHanded(_ id: String) async throws(MoonlineError) -> Order {
        let order = try await require(id)
        guard !order.state.isTerminal else { throw Self.closed(order) }
        let client = try await client(of: order)
        try Self.require(.resend, client.account)
        _ = try await client.change(.resend, order, lane: .finish)
        return try await apply(.resent(known: order.code), to: order)
    }

    /// Buys another verification on a number that was used before.
    ///
    /// - Throws: `MoonlineError`; `unknown_purchase` when the outcome is not known.
    public func reuse(_ id: String) async throws(MoonlineError) -> Number {
        let order = try await require(id)
        let client = try await client(of: order)
        try Self.require(.reuse, client.account)
        if let within = client.account.definition.reuseWithin,
            order.createdAt + within < clock.now()
        {
            throw MoonlineError(
                .refused,
                "\(order.account) lets a number be used again within "
                    + "\(within.text) only", provider: order.account)
        }
        let cost = order.price.flatMap { settings.rates.microUSD($0) }
        let draft = PurchaseDraft(
            kind: .reuse, service: order.service, country: order.country, price: order.price,
            microUSD: cost ?? SpendCaps.unknownPriceMicroUSD,
            arguments: await remoteArguments(of: order), subject: order.id
        )
        switch try await send(draft, client.account) {
        case .bought(let number): return number
        case .refused(let error), .unknown(_, let error): throw error
        }
    }

    // The provider's own ids of service and country are those that the order was bought with.
    func remoteArguments(of order: Order) async -> [String: String] {
        let bought = try? await journal.purchase(order.purchaseID)
        return [
            "id": order.remoteID, "phone": order.phone,
            "service": bought?.terms.arguments["service"] ?? order.service,
            "country": bought?.terms.arguments["country"] ?? order.country,
        ]
    }

    static func require(
        _ operation: CommonOperation,
        _ account: Account
    ) throws(MoonlineError) {
        guard !account.definition.has(operation) else { return }
        throw MoonlineError(
            .unsupported, "\(account.definition.name) has no \(operation.rawValue)",
            provider: account.name)
    }

    static func closed(_ order: Order) -> MoonlineError {
        MoonlineError(
            .closed, "the order \(order.id) is over (\(order.state.rawValue))",
            provider: order.account)
    }
}
