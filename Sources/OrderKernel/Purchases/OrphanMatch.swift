/// Finds the orders of lost purchases in a provider's list.
///
/// Purchases of the same product are alike: any order that nobody knows may belong to any of them,
/// so they are matched as multisets, oldest first (`reliability.md` §3.2).
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

    /// Clocks of providers may be off by that much.
    public static let clockSkewMaximum = Duration.seconds(5)

    private let purchases: [Purchase]
    private let orphans: [Orphan]

    /// - Parameters:
    ///   - purchases: those of one account whose outcome is not known.
    ///   - orphans: the rows of its list that no order of the journal has.
    public init(purchases: [Purchase], orphans: [Orphan]) {
        self.purchases = purchases.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
        self.orphans = orphans.sorted {
            ($0.createdAt ?? .distantPast, $0.remoteID)
                < ($1.createdAt ?? .distantPast, $1.remoteID)
        }
    }

    /// Which row belongs to which purchase, by the ids of the purchases.
    ///
    /// A row that does not say when it was made is believed only if there are no more such rows
    /// than lost purchases; else it may be somebody else's.
    public var pairs: [String: Orphan] {
        var free = orphans
        var pairs: [String: Orphan] = [:]
        for purchase in purchases {
            guard let index = free.firstIndex(where: { fits($0, purchase) }) else { continue }
            pairs[purchase.id] = free.remove(at: index)
        }
        return pairs
    }

    private func fits(_ orphan: Orphan, _ purchase: Purchase) -> Bool {
        guard Self.agree(orphan.service, purchase.terms.arguments["service"]),
            Self.agree(orphan.country, purchase.terms.arguments["country"]),
            Self.agree(orphan.phone, Self.phone(of: purchase)),
            isAffordable(orphan, purchase)
        else { return false }
        guard let createdAt = orphan.createdAt else {
            let alike = orphans.count {
                $0.createdAt == nil && Self.agree($0.service, orphan.service)
                    && Self.agree($0.country, orphan.country)
            }
            return alike <= purchases.count
        }
        return createdAt >= purchase.createdAt - Self.clockSkewMaximum
            && createdAt <= purchase.settlesAt + Self.clockSkewMaximum
    }

    private func isAffordable(_ orphan: Orphan, _ purchase: Purchase) -> Bool {
        guard let cost = orphan.price, let ceiling = purchase.price,
            cost.currency == ceiling.currency
        else { return true }
        return cost.amount <= ceiling.amount
    }

    private static func phone(of purchase: Purchase) -> String? {
        purchase.kind == .reuse ? purchase.terms.arguments["phone"] : nil
    }

    private static func agree(_ left: String?, _ right: String?) -> Bool {
        guard let left, let right else { return true }
        return left.lowercased() == right.lowercased()
    }
}
