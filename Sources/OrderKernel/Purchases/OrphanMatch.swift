/// Finds the orders of lost purchases in a provider's list.
///
/// Purchases of the same product are alike: any order that nobody knows may belong to any of them,
/// so they are matched as multisets, oldest first.
public struct OrphanMatch: Sendable {
    /// A row of the list that the journal does not hold.
    public struct Orphan: Sendable, Hashable {
        /// The provider's id.
        public var remoteID: String
        /// The provider's id of the service, where the row names it.
        public var service: String?
        /// The provider's id of the country, where the row names it.
        public var country: String?
        /// The number, where the row names it.
        public var phone: String?
        /// What it cost, where the row names it.
        public var price: Money?
        /// When the provider made it, where the row names it.
        public var createdAt: Instant?

        /// A row; most of it need not be there.
        public init(
            remoteID: String, service: String? = nil, country: String? = nil,
            phone: String? = nil, price: Money? = nil, createdAt: Instant? = nil
        ) {
            self.remoteID = remoteID
            self.service = service
            self.country = country
            self.phone = phone
            self.price = price
            self.createdAt = createdAt
        }
    }

    /// The clocks of a provider and of a machine may differ by that much.
    public static let clockSkewMaximum = Duration.seconds(120)

    private let purchases: [Purchase]
    private let orphans: [Orphan]
    // For each purchase, the rows that the list had before it; `nil` where nobody looked.
    private let listedBefore: [Set<String>?]
    // For each purchase, how many rows without a time are new to it, by what they name.
    private let newRows: [[Product: Int]]

    private struct Product: Hashable {
        let service: String?
        let country: String?
    }

    /// - Parameters:
    ///   - purchases: those of one account whose outcome is not known.
    ///   - orphans: the rows of its list that no order of the journal has.
    public init(purchases: [Purchase], orphans: [Orphan]) {
        self.purchases = purchases.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
        self.orphans = orphans.sorted {
            ($0.createdAt ?? .distantPast, $0.remoteID)
                < ($1.createdAt ?? .distantPast, $1.remoteID)
        }
        listedBefore = self.purchases.map { $0.terms.listedBefore.map { Set($0) } }
        let untimed = self.orphans.filter { $0.createdAt == nil }
        newRows = zip(self.purchases, listedBefore).map { purchase, before in
            untimed.reduce(into: [:]) { counts, orphan in
                guard Self.isNew(orphan, to: purchase, before) else { return }
                let product = Product(service: orphan.service, country: orphan.country)
                counts[product, default: 0] += 1
            }
        }
    }

    /// Which row belongs to which purchase, by the ids of the purchases.
    ///
    /// A row that does not say when it was made is believed only if the list did not have it
    /// before, and if there are no more such rows than lost purchases; else it may be somebody
    /// else's.
    public var pairs: [String: Orphan] {
        Dictionary(
            owners.map { (purchases[$0.value].id, orphans[$0.key]) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The purchases without a row to whom one that another purchase has could belong, directly or
    /// by an exchange among several, after they gave way to those.
    public var rivals: [Purchase] {
        let owners = owners
        var after = purchases
        var isMoving = true
        while isMoving {
            isMoving = false
            for (row, owner) in owners {
                for index in purchases.indices
                where index != owner && fits(orphans[row], index) {
                    let before = after[index]
                    after[index].giveWay(to: after[owner])
                    isMoving = isMoving || after[index] != before
                }
            }
        }
        let paired = Set(owners.values)
        return purchases.indices
            .filter { !paired.contains($0) && after[$0] != purchases[$0] }.map { after[$0] }
    }

    // The purchase of each row that has one.
    private var owners: [Int: Int] {
        var owners: [Int: Int] = [:]
        for index in purchases.indices {
            var tried: Set<Int> = []
            _ = place(index, &owners, &tried)
        }
        return owners
    }

    // Gives a purchase a row; whoever had it moves on to another one, so that as many as possible
    // get one.
    private func place(_ index: Int, _ owners: inout [Int: Int], _ tried: inout Set<Int>) -> Bool {
        let rows = orphans.indices.filter { fits(orphans[$0], index) }
        if let free = rows.first(where: { owners[$0] == nil }) {
            owners[free] = index
            return true
        }
        for row in rows where tried.insert(row).inserted {
            guard let other = owners[row], place(other, &owners, &tried) else { continue }
            owners[row] = index
            return true
        }
        return false
    }

    /// Whether a row without a purchase could, by its product, be of this one: then nothing proves
    /// that the purchase is absent, however its times look.
    public func isInDoubt(_ purchase: Purchase) -> Bool {
        let taken = Set(pairs.values.map(\.remoteID))
        let before = Set(purchase.terms.listedBefore ?? [])
        return orphans.contains { orphan in
            !taken.contains(orphan.remoteID) && Self.isOfProduct(orphan, purchase)
                && !before.contains(orphan.remoteID)
        }
    }

    // Its price is no part of it: a provider may have raised it since the offer.
    private static func isOfProduct(_ orphan: Orphan, _ purchase: Purchase) -> Bool {
        agree(orphan.service, purchase.terms.arguments["service"])
            && agree(orphan.country, purchase.terms.arguments["country"])
            && agree(orphan.phone, phone(of: purchase))
    }

    private func fits(_ orphan: Orphan, _ index: Int) -> Bool {
        let purchase = purchases[index]
        guard Self.isOfProduct(orphan, purchase), isAffordable(orphan, purchase),
            purchase.kind == .reuse || !isReused(orphan)
        else { return false }
        guard let createdAt = orphan.createdAt else {
            guard Self.isNew(orphan, to: purchase, listedBefore[index]) else { return false }
            let alike = newRows[index].reduce(0) { count, row in
                let isAlike =
                    Self.agree(row.key.service, orphan.service)
                    && Self.agree(row.key.country, orphan.country)
                return isAlike ? count + row.value : count
            }
            let lost = purchases.count {
                Self.agree(orphan.service, $0.terms.arguments["service"])
                    && Self.agree(orphan.country, $0.terms.arguments["country"])
            }
            return alike <= lost
        }
        return Self.isInTime(createdAt, purchase)
    }

    // Whether the list is known not to have had the row before. A number that is used again is
    // known by itself.
    private static func isNew(
        _ orphan: Orphan,
        to purchase: Purchase,
        _ before: Set<String>?
    ) -> Bool {
        if purchase.kind == .reuse { return true }
        return before.map { !$0.contains(orphan.remoteID) } ?? false
    }

    // A number that a lost purchase would use again is no new one's.
    private func isReused(_ orphan: Orphan) -> Bool {
        guard let phone = orphan.phone else { return false }
        return purchases.contains { Self.phone(of: $0) == phone }
    }

    private static func isInTime(_ createdAt: Instant, _ purchase: Purchase) -> Bool {
        createdAt >= purchase.createdAt - clockSkewMaximum
            && createdAt <= purchase.settlesAt + clockSkewMaximum
    }

    /// Whether a row may be of a purchase whose answer is on its way, whatever it cost.
    public static func isPossible(_ orphan: Orphan, for purchase: Purchase) -> Bool {
        isOfProduct(orphan, purchase)
            && orphan.createdAt.map { isInTime($0, purchase) } ?? true
    }

    private func isAffordable(_ orphan: Orphan, _ purchase: Purchase) -> Bool {
        // What a number costs when it is used again, nobody has said.
        guard purchase.kind != .reuse, let cost = orphan.price, let offered = purchase.price,
            cost.currency == offered.currency
        else { return true }
        // A bare number is in the currency of the offer.
        let maximum = purchase.terms.arguments["max_price"].flatMap { ExactDecimal($0) }
        return cost.amount <= offered.amount || maximum.map { cost.amount <= $0 } ?? false
    }

    private static func phone(of purchase: Purchase) -> String? {
        purchase.kind == .reuse ? purchase.terms.arguments["phone"] : nil
    }

    private static func agree(_ left: String?, _ right: String?) -> Bool {
        guard let left, let right else { return true }
        return left.lowercased() == right.lowercased()
    }
}
