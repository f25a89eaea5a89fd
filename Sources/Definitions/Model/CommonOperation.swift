/// The operations that the core knows; a file may declare others beside them.
package enum CommonOperation: String, Sendable, Hashable, CaseIterable {
    case balance, countries, services, operators, offers
    case buy, check, list, cancel, finish, resend, reuse, swap

    /// Whether it spends money: these go through the purchase journal, never through `call`.
    package var costs: Bool { [.buy, .reuse, .swap].contains(self) }

    /// What it is for, in a few words.
    package var summary: String {
        switch self {
        case .balance: "the account's money"
        case .countries: "countries that are sold"
        case .services: "services that are sold"
        case .operators: "mobile operators to choose from"
        case .offers: "prices and numbers on sale; one record or a list"
        case .buy: "buys a number"
        case .check: "looks at an order"
        case .list: "the open orders: for lost purchases, and for all looks without a `check`"
        case .cancel: "gives a number back"
        case .finish: "reports the code as used"
        case .resend: "asks for another code on the number"
        case .reuse: "buys the same number again"
        case .swap: "takes another number for the same order"
        }
    }

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

    /// Whether it is about one order that is paid.
    var isOfOrder: Bool {
        [.buy, .reuse, .swap, .check, .cancel, .finish, .resend].contains(self)
    }

    /// Whether its result is a list.
    package var isList: Bool {
        [.countries, .services, .operators, .offers, .list].contains(self)
    }
}
