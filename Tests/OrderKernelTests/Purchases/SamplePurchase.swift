import OrderKernel

/// A purchase as it was just authorised, and every state and event that there is.
enum SamplePurchase {
    static let createdAt = Instant(milliseconds: 1_774_124_100_000)
    static let notAfter = createdAt + .seconds(10)
    static let price = Money(ExactDecimal(units: 120, scale: 2), "USD")

    static func purchase(
        _ state: PurchaseState = .intended,
        id: String = "P1",
        kind: PurchaseKind = .buy,
        price: Money? = nil,
        createdAt: Instant = createdAt,
        terms: PurchaseTerms = PurchaseTerms()
    ) -> Purchase {
        Purchase(
            id: id, kind: kind, account: "smscode", provider: "smscode", service: "whatsapp",
            country: "ID", price: price, microUSD: SpendCaps.unknownPriceMicroUSD, run: "R1",
            createdAt: createdAt, notAfter: createdAt + .seconds(10), terms: terms, state: state
        )
    }

    /// A purchase whose answer is lost, with the provider's own ids of what it is for.
    static func lost(
        _ id: String = "P1",
        kind: PurchaseKind = .buy,
        ceiling: Money? = price,
        createdAt: Instant = createdAt,
        service: String = "wa",
        phone: String? = nil,
        maximum: String? = nil,
        listedBefore: [String]? = []
    ) -> Purchase {
        var arguments = ["service": service, "country": "6"]
        arguments["phone"] = phone
        arguments["max_price"] = maximum
        return purchase(
            .unknown, id: id, kind: kind, price: ceiling, createdAt: createdAt,
            terms: PurchaseTerms(
                means: .list, arguments: arguments, listedBefore: listedBefore)
        )
    }

    static let states: [PurchaseState] = [
        .intended, .sending, .accepted(order: "A1"), .refused(.noNumbers), .unknown,
        .adopted(order: "A1"), .absent, .unresolved(isCharged: false),
        .unresolved(isCharged: true), .writtenOff,
    ]

    static let events: [PurchaseEvent] = [
        .sending, .accepted(order: "A1"), .refused(.noNumbers), .outcomeLost, .unsent,
        .found(order: "A1"), .provenAbsent, .givenUp(isCharged: false), .givenUp(isCharged: true),
        .stated(isBought: false), .stated(isBought: true),
    ]
}
