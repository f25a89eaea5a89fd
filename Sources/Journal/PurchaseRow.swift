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
    var terms: PurchaseTerms?
    var settlesAt: Int64

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
        terms = purchase.terms
        settlesAt = purchase.settlesAt.milliseconds
        self.definition = definition
    }

    /// Takes over where a purchase stands, and what it cost in the end.
    mutating func update(_ purchase: Purchase, microUSD: Int64?) {
        state = purchase.state.name
        detail = Self.detail(of: purchase.state)
        settlesAt = purchase.settlesAt.milliseconds
        self.microUSD = microUSD ?? self.microUSD
    }

    private static func detail(of state: PurchaseState) -> String? {
        switch state {
        case .accepted(let order), .adopted(let order): order
        case .refused(let code): code.rawValue
        case .unresolved(let isCharged): isCharged ? charged : nil
        case .intended, .sending, .unknown, .absent, .writtenOff: nil
        }
    }

    private static let charged = "charged"

    /// The purchase as it stands.
    var purchase: Purchase {
        let state: PurchaseState =
            switch self.state {
            case "intended": .intended
            case "sending": .sending
            case "accepted": .accepted(order: detail ?? "")
            case "refused": .refused(detail.flatMap(ErrorCode.init(rawValue:)) ?? .refused)
            case "adopted": .adopted(order: detail ?? "")
            case "absent": .absent
            case "unresolved": .unresolved(isCharged: detail == Self.charged)
            case "written_off": .writtenOff
            default: .unknown
            }
        return Purchase(
            id: id, kind: PurchaseKind(rawValue: kind) ?? .buy, account: account,
            provider: provider, service: service, country: country,
            price: Money(priceAmount, priceCurrency), microUSD: microUSD, run: run,
            createdAt: Instant(milliseconds: createdAt), notAfter: Instant(milliseconds: notAfter),
            terms: terms ?? PurchaseTerms(), settlesAt: Instant(milliseconds: settlesAt),
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
