/// The operations that the core knows; a file may declare others beside them.
package enum CommonOperation: String, Sendable, Hashable, CaseIterable {
    case balance, countries, services, operators, offers
    case buy, check, list, cancel, finish, resend, reuse, swap

    /// Whether it spends money: these go through the purchase journal, never through `call`.
    package var costs: Bool { [.buy, .reuse, .swap].contains(self) }

    /// Whether sending it twice does no harm.
    package var isRead: Bool {
        [.balance, .countries, .services, .operators, .offers, .check, .list].contains(self)
    }

    /// The arguments that the core may give.
    package var arguments: [String] {
        switch self {
        case .balance, .list: []
        case .countries: ["service"]
        case .services: ["country"]
        case .operators, .offers: ["country", "service", "operator"]
        case .buy: ["country", "service", "operator", "max_price"]
        case .check, .cancel, .finish, .resend, .reuse, .swap:
            ["id", "service", "country", "phone"]
        }
    }

    /// The fields without which its reply makes no sense.
    package var requiredFields: [String] {
        switch self {
        case .balance: ["amount"]
        case .countries, .services, .operators, .list: ["id"]
        case .offers: ["price"]
        case .buy, .reuse: ["id", "phone"]
        case .swap: ["phone"]
        case .check, .cancel, .finish, .resend: []
        }
    }

    /// Whether its result is a list.
    package var isList: Bool {
        [.countries, .services, .operators, .offers, .list].contains(self)
    }
}
