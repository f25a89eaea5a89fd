import GRDB
import OrderKernel

/// A purchase as a row.
struct PurchaseRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "purchase"

    var id: String
    var kind: String
    var account: String
    var provider: String
    var service: String
    var country: String
    var priceAmount: String?
    var priceCurrency: String?
    var microUSD: Int64
    var run: String
    var createdAt: Int64
    var notAfter: Int64
    var state: String
    /// The order's id, or the code of the refusal.
    var detail: String?
    /// The hash of the definition that it was made with.
    var definition: String

    init(_ purchase: Purchase, definition: String) {
        id = purchase.id
        kind = purchase.kind.rawValue
        account = purchase.account
        provider = purchase.provider
        service = purchase.service
        country = purchase.country
        priceAmount = purchase.price?.amount.description
        priceCurrency = purchase.price?.currency
        microUSD = purchase.microUSD
        run = purchase.run
        createdAt = purchase.createdAt.milliseconds
        notAfter = purchase.notAfter.milliseconds
        state = purchase.state.name
        detail = Self.detail(of: purchase.state)
        self.definition = definition
    }

    private static func detail(of state: PurchaseState) -> String? {
        switch state {
        case .accepted(let order): order
        case .refused(let code): code.rawValue
        case .intended, .sending, .unknown: nil
        }
    }

    /// The purchase. One that was being sent when the program ended is unknown.
    var purchase: Purchase {
        let state: PurchaseState =
            switch self.state {
            case "intended": .intended
            case "accepted": .accepted(order: detail ?? "")
            case "refused": .refused(detail.flatMap(ErrorCode.init(rawValue:)) ?? .refused)
            default: .unknown
            }
        return Purchase(
            id: id, kind: PurchaseKind(rawValue: kind) ?? .buy, account: account,
            provider: provider, service: service, country: country,
            price: Money(priceAmount, priceCurrency), microUSD: microUSD, run: run,
            createdAt: Instant(milliseconds: createdAt), notAfter: Instant(milliseconds: notAfter),
            state: state
        )
    }
}

extension Money {
    /// Two columns of a row.
    init?(_ amount: String?, _ currency: String?) {
        guard let amount = amount.flatMap({ ExactDecimal($0) }), let currency else { return nil }
        self.init(amount, currency)
    }
}
