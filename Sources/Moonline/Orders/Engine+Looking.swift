import Definitions
import Journal
import Logging
import OrderKernel

extension Engine {
    /// Looks at an order: by itself, or where its definition has no such operation, in the list of
    /// all that are open.
    ///
    /// One list is read for all that wait, and tells of each of them.
    ///
    /// - Parameter instant: a list is new enough that was asked for since; that is now without one.
    /// - Returns: `nil` when another process looked meanwhile: the journal may know more then.
    /// - Throws: `MoonlineError` with the account's name; `not_found` when the list does not show
    ///   the order, `unavailable` when it could not be read, or is too long to tell.
    func look(
        at order: Order,
        with client: AccountClient,
        since instant: Instant? = nil
    ) async throws(MoonlineError) -> AccountClient.Look? {
        let account = client.account
        guard !account.definition.has(.check), account.definition.has(.list) else {
            return try await client.look(at: order)
        }
        try await client.owner.awaitLook(at: order, polling: account.polling)
        let list = "\(account.name)/\(account.sourceHash)"
        var listing: Listing?
        // Who waits comes again at once. The rounds of a sweep are seconds apart, so that another
        // process would always be faster: it lets this one go first at the second attempt.
        for _ in 0..<(instant == nil ? 1 : Self.listAttempts) where listing == nil {
            listing = try await listings.listing(of: list, since: instant ?? clock.now()) {
                () async throws(MoonlineError) in
                try await readList(of: client)
            }
        }
        guard let listing else { return nil }
        let rows = try listing.rows.get()
        if let row = rows.first(where: { $0.text("id") == order.remoteID }) { return .record(row) }
        if let unread = listing.unread, listing.hides(order.remoteID) { throw unread }
        guard Self.reach(rows, account, back: order.createdAt) else {
            throw MoonlineError(
                .unavailable,
                "\(account.name)'s list is full and does not reach back to \(order.id)",
                provider: account.name)
        }
        throw MoonlineError(
            .notFound, "\(account.name)'s list does not show \(order.id)", provider: account.name)
    }

    /// Reads the list once, and takes in what it says of all orders.
    ///
    /// - Returns: `nil` when another process read it meanwhile.
    /// - Throws: `MoonlineError` with the account's name when it was not asked for.
    func readList(of client: AccountClient) async throws(MoonlineError) -> Listing? {
        let refusals = try await cancelRefusals()
        guard let listing = try await client.readList() else { return nil }
        switch listing.rows {
        case .success(let rows):
            do throws(MoonlineError) {
                try await takeIn(
                    rows, client.account, asked: listing.askedAt, after: refusals,
                    isWhole: listing.unread == nil, sparesKeys: true)
            } catch {
                // Who looks writes down what is its own, and fails where that is impossible.
                logger.debug("\(client.account.name): its list was not taken in, \(error)")
            }
            return listing
        case .failure(var error):
            // That there is no list says nothing of an order.
            if [.notFound, .closed].contains(error.code) { error.code = .unavailable }
            return Listing(askedAt: listing.askedAt, rows: .failure(error))
        }
    }
}
