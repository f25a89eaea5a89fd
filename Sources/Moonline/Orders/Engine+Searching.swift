import Definitions
import Journal
import Logging
import OrderKernel

extension Engine {
    /// Reads the provider's list of orders and settles all lost purchases of the account by it.
    ///
    /// A row that is there is believed at once; that none is there proves something only when the
    /// list was asked for after the last purchase must have happened, and while an order that was
    /// made would still be open.
    ///
    /// - Returns: when the next look makes sense.
    /// - Throws: `MoonlineError` of the list.
    func searchList(of client: AccountClient) async throws(MoonlineError) -> Instant {
        let account = client.account
        guard try await !lostPurchases(by: account).isEmpty else { return clock.now() }
        let refusals = try await cancelRefusals()
        let later = max(account.polling.every, .seconds(1))
        guard let listing = try await listed(client) else { return clock.now() + later }
        try await takeIn(
            try listing.rows.get(), account, asked: listing.askedAt, after: refusals,
            isWhole: listing.unread == nil)
        if let unread = listing.unread { throw unread }
        return clock.now() + later
    }

    /// Writes down what a list says of the orders that are known, and settles the lost purchases of
    /// the account by it.
    ///
    /// - Parameters:
    ///   - asked: when the list was asked for, or before that.
    ///   - refusals: how many cancels of each order had been refused by then.
    ///   - isWhole: whether each of its rows could be read.
    ///   - sparesKeys: whether those are left alone of which their key may still tell more.
    /// - Throws: `MoonlineError` with `internal`.
    func takeIn(
        _ rows: [Record],
        _ account: Account,
        asked: Instant,
        after refusals: [String: Int],
        isWhole: Bool,
        sparesKeys: Bool = false
    ) async throws(MoonlineError) {
        var failure: MoonlineError?
        do throws(MoonlineError) {
            try await loseSentByTheDead()
        } catch {
            // They go on to count as being sent, so that their rows are withheld.
            failure = error
        }
        // Purchases are read before orders: one that is answered in between is among both.
        let open = try await unsettled(of: account, sparesKeys: sparesKeys)
        let isIdle = open.lost.isEmpty && open.pending.isEmpty
        let ends = isIdle ? [:] : try await remoteEnds(of: account)
        try await observe(rows, of: account, after: refusals)
        if !isIdle {
            try await settle(open, ends, by: rows, account, asked: asked, isWhole: isWhole)
        }
        if let failure { throw failure }
    }

    /// Purchases that a list may tell of.
    private struct Unsettled {
        /// Those whose outcome the list may prove.
        var lost: [Purchase]
        /// Those that one of its rows may serve as well.
        var alike: [Purchase]
        /// Those whose answer is about to name a row, or whose key is to be asked.
        var pending: [Purchase]
    }

    private func unsettled(
        of account: Account,
        sparesKeys: Bool
    ) async throws(MoonlineError) -> Unsettled {
        let siblings = directory.siblings(of: account)
        let names = [account.name] + siblings.map(\.name)
        var open = Unsettled(
            lost: [], alike: [],
            pending: try await journal.openPurchases()
                .filter { names.contains($0.account) && $0.state == .sending })
        open.lost = try await lostPurchases(by: account)
        open.alike = try await lostPurchases(of: account)
        for sibling in siblings { open.alike += try await lostPurchases(of: sibling) }
        guard sparesKeys else { return open }
        let now = clock.now()
        open.pending += open.alike.filter { $0.mayRepeat(at: now) }
        open.lost.removeAll { $0.mayRepeat(at: now) }
        open.alike.removeAll { $0.mayRepeat(at: now) }
        return open
    }

    private func settle(
        _ open: Unsettled,
        _ ends: [String: Instant],
        by rows: [Record],
        _ account: Account,
        asked: Instant,
        isWhole: Bool
    ) async throws(MoonlineError) {
        let records = Dictionary(
            rows.compactMap { row in row.text("id").map { ($0, row) } },
            uniquingKeysWith: { first, _ in first }
        )
        let revived = try await revived(records, ends, open.alike, asked: asked)
        let orphans = records.filter { ends[$0.key] == nil || revived.sure.contains($0.key) }
            .map { Self.orphan($0, $1, account.definition.currency, endedAt: ends[$0]) }
        // What is being bought right now may have made a row that its answer is about to name, and
        // a row that cannot be read may be what a purchase made instead of one that can.
        let unclear = open.pending + (isWhole ? [] : open.alike)
        let withheld = Set(
            orphans.filter { orphan in
                unclear.contains { OrphanMatch.isPossible(orphan, for: $0) }
            }.map(\.remoteID))
        if withheld.count <= Self.orphansMaximum {
            try await keepSightings(records.filter { withheld.contains($0.key) }, account)
        }
        let free = orphans.filter { !withheld.contains($0.remoteID) }
        // Nobody has so many orders: such a list tells nothing.
        let isLost = free.count > Self.orphansMaximum
        let match = OrphanMatch(purchases: open.alike, orphans: isLost ? [] : free)
        let pairs = match.pairs
        for purchase in match.rivals { try await journal.noteRivals(of: purchase) }
        for purchase in open.lost {
            if let orphan = pairs[purchase.id], let record = records[orphan.remoteID] {
                _ = try await adopt(purchase, record, account)
            }
        }
        let isClear = isWhole && withheld.isEmpty && revived.doubtful.isEmpty
        for purchase in open.lost where pairs[purchase.id] == nil && isClear {
            // The list shows open orders: one that has ended since is not in it.
            let isInDoubt =
                isLost || match.isInDoubt(purchase)
                || !Self.reach(rows, account, back: purchase.createdAt)
            try await journal.closeUnlisted(
                purchase.id, asked: asked, isInDoubt: isInDoubt, at: clock.now())
        }
    }

    // When the orders of accounts with one key ended, by the provider's ids.
    private func remoteEnds(
        of account: Account
    ) async throws(MoonlineError) -> [String: Instant] {
        let origin = account.baseURL.origin
        var ends: [String: Instant] = [:]
        for name in [account.name] + directory.siblings(of: account).map(\.name) {
            ends.merge(try await journal.remoteEnds(of: name, at: origin)) { max($0, $1) }
        }
        return ends
    }

    /// Rows that no order of the journal has: a hundred times the usual cap of orders at once.
    private static let orphansMaximum = 5000

    /// A full page shows what is newer than its oldest row, and nothing of what was made before.
    static func reach(
        _ rows: [Record],
        _ account: Account,
        back instant: Instant
    ) -> Bool {
        guard let page = account.definition.operations[CommonOperation.list.rawValue]?.page,
            rows.count >= page
        else { return true }
        return rows.contains { row in
            row.instant("created_at")
                .map { $0 < instant - OrphanMatch.clockSkewMaximum } ?? false
        }
    }

    // Rows with the id of an order that is over and that are another order all the same: one that
    // was made later, or that waits again since its number is used again. A list that is a little
    // old shows the order that has just ended.
    private func revived(
        _ records: [String: Record],
        _ ends: [String: Instant],
        _ lost: [Purchase],
        asked: Instant
    ) async throws(MoonlineError) -> (sure: Set<String>, doubtful: Set<String>) {
        var reused: Set<String> = []
        for purchase in lost where purchase.kind == .reuse {
            guard let id = purchase.terms.subject, let order = try await journal.order(id),
                let end = ends[order.remoteID], end <= purchase.createdAt
            else { continue }
            reused.insert(order.remoteID)
        }
        var (sure, doubtful): (Set<String>, Set<String>) = ([], [])
        for (id, record) in records {
            guard let end = ends[id], end <= asked, record.text("status") == "waiting" else {
                continue
            }
            if let made = record.instant("created_at"), made > end + OrphanMatch.clockSkewMaximum {
                sure.insert(id)
            } else if reused.contains(id) {
                let isOld = asked - end >= PurchaseTerms.settlesWithinDefault
                if isOld { sure.insert(id) } else { doubtful.insert(id) }
            }
        }
        return (sure, doubtful)
    }

    // Whose they are, the answers will tell; what is known of their messages is known.
    private func keepSightings(
        _ records: [String: Record],
        _ account: Account
    ) async throws(MoonlineError) {
        let accounts = [account.name] + directory.siblings(of: account).map(\.name)
        let now = clock.now()
        let sightings = records.compactMapValues { record in
            record.text("status").flatMap(OrderStatus.init(rawValue:)).map {
                Self.observation(record, $0, account.definition.currency, at: now)
            }
        }
        do throws(MoonlineError) {
            try await journal.keepSightings(sightings, of: accounts, at: now)
        } catch {
            for (remoteID, sighting) in sightings {
                for name in accounts { observations.keep(.observed(sighting), of: remoteID, name) }
            }
            throw error
        }
    }

    private func listed(_ client: AccountClient) async throws(MoonlineError) -> Listing? {
        let isPlanted = PlantedFault.takesFailedListsForEmpty.isPlanted
        let asked = clock.now()
        do throws(MoonlineError) {
            let listing = try await client.readList()
            guard isPlanted, case .failure? = listing?.rows else { return listing }
        } catch {
            guard isPlanted else { throw error }
        }
        return Listing(askedAt: asked, rows: .success([]))
    }

    /// The orders in the list before a purchase, where its rows do not say when they were made; a
    /// failure is no reason not to buy.
    ///
    /// - Throws: `MoonlineError` with `cancelled` or `internal`.
    func idsInList(_ client: AccountClient) async throws(MoonlineError) -> [String]? {
        do throws(MoonlineError) {
            // Another process may read it again and again.
            for _ in 0..<Self.listAttempts {
                guard let listing = try await readList(of: client) else { continue }
                guard listing.unread == nil else { return nil }
                let ids = try listing.rows.get().compactMap { $0.text("id") }
                return ids.count > Self.orphansMaximum ? nil : ids
            }
            return nil
        } catch {
            guard error.code != .cancelled, error.code != .internal else { throw error }
            return nil
        }
    }

    /// Attempts at a list that other processes read, too.
    static let listAttempts = 3

    /// How many cancels of each open order were refused so far.
    func cancelRefusals() async throws(MoonlineError) -> [String: Int] {
        Dictionary(
            uniqueKeysWithValues: try await journal.orders(openOnly: true).map {
                ($0.id, $0.cancelRefusals)
            })
    }

    // The list speaks of the orders that are known, too, and of what was known of their cancels
    // when it was asked for.
    private func observe(
        _ rows: [Record],
        of account: Account,
        after refusals: [String: Int]
    ) async throws(MoonlineError) {
        var known = try await journal.orders(openOnly: true).filter { $0.account == account.name }
        known += try await journal.endedWithoutCode(
            of: account.name, since: clock.now() - SpendCaps.day)
        let reused = Set(
            try await journal.openPurchases().filter { $0.kind == .reuse }
                .compactMap(\.terms.subject))
        var failure: MoonlineError?
        for order in known {
            guard let row = rows.first(where: { $0.text("id") == order.remoteID }) else { continue }
            let its = try await shelf.account(named: order.account, madeFor: order.purchaseID)
            guard its.missing == nil, its.baseURL.origin == account.baseURL.origin,
                !order.state.isTerminal
                    || Self.isLateCode(row, of: order) && !reused.contains(order.id)
            else { continue }
            do throws(MoonlineError) {
                if its.sourceHash == account.sourceHash, !its.isUncertain {
                    _ = try await observe(row, order, account, after: refusals[order.id] ?? 0)
                } else {
                    try await suspect(row, of: order, account)
                }
            } catch {
                // What cannot be written down is known of all of them all the same.
                failure = error
            }
        }
        if let failure { throw failure }
    }

    // Another definition may read the same row differently: a message that it tells of is looked
    // for by the order's own before its cancel leaves (O4), and nothing else is believed.
    private func suspect(
        _ row: Record,
        of order: Order,
        _ account: Account
    ) async throws(MoonlineError) {
        guard !order.state.isTerminal, !order.hasEvidence, !order.isCancelRefused,
            let status = row.text("status").flatMap(OrderStatus.init(rawValue:)),
            Self.observation(row, status, account.definition.currency, at: clock.now()).isEvidence
        else { return }
        _ = try await note(.cancelRefused, of: order)
    }

    // Whether a row tells a code of an order that is over, and not of another one with its id.
    private static func isLateCode(_ row: Record, of order: Order) -> Bool {
        guard row.text("code") != nil, let end = order.endedAt else { return false }
        return row.instant("created_at").map { $0 <= end } ?? true
    }

    // Those that were made with the account's definition: the list of another one says nothing.
    private func lostPurchases(by account: Account) async throws(MoonlineError) -> [Purchase] {
        var made: [Purchase] = []
        for purchase in try await lostPurchases(of: account) {
            let its = try await shelf.account(named: account.name, madeFor: purchase.id)
            if its.sourceHash == account.sourceHash, !its.isUncertain { made.append(purchase) }
        }
        return made
    }

    private func lostPurchases(of account: Account) async throws(MoonlineError) -> [Purchase] {
        try await journal.openPurchases().filter { purchase in
            guard purchase.account == account.name, purchase.kind != .swap,
                purchase.terms.payer.map({ $0 == account.payer }) ?? true
            else { return false }
            switch purchase.state {
            case .unknown: return true
            // A later list may still prove what nothing proved before.
            case .unresolved(let isCharged):
                return isCharged || clock.now() < purchase.settlesAt + account.definition.lifetime
            default: return false
            }
        }
    }

    private static func orphan(
        _ id: String,
        _ record: Record,
        _ currency: String?,
        endedAt end: Instant?
    ) -> OrphanMatch.Orphan {
        // A number that is used again may show when it was bought first.
        let made = record.instant("created_at").flatMap { made in
            end.map { made <= $0 } == true ? nil : made
        }
        return OrphanMatch.Orphan(
            remoteID: id, service: record.text("service"), country: record.text("country"),
            phone: record.text("phone"), price: record.money("price", currency: currency),
            createdAt: made
        )
    }
}
