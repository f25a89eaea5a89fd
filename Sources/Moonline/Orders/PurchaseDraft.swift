import Definitions
import Journal
import OrderKernel

/// What is to be bought, before it is authorised and written down.
struct PurchaseDraft: Sendable {
    let kind: PurchaseKind
    let service: String
    let country: String
    let price: Money?
    /// What it counts for the caps.
    let microUSD: Int64
    /// As they are sent.
    let arguments: [String: String]
    /// For a reuse or a swap: the order that it is about.
    var subject: String?
    /// The rows that the list has, where they do not say when their orders were made.
    var listedBefore: [String]?
    /// Whether another account spends from the same balance, which then proves nothing.
    var sharesBalance = false

    /// How long a request may take from its permit to its first byte.
    private static let departWithin = Duration.seconds(5)
    /// The requests of a function of a definition may go on for longer, since it may
    /// sleep for 15 s.
    private static let functionWithin = Duration.seconds(20)

    /// The strongest proof that a definition offers for this kind of purchase.
    func means(_ definition: ProviderDefinition) -> SettlementMeans {
        if definition.idempotency != nil { return .sameKey }
        // A swap makes no new row, and what it costs is not said.
        if kind == .swap { return .nothing }
        if definition.has(.list) { return .list }
        if definition.has(.balance), price != nil, !sharesBalance { return .balance }
        return .nothing
    }

    /// The purchase, authorised now.
    ///
    /// - Parameter key: the idempotency key, used where the definition has one.
    func purchase(
        id: String, key: String, account: Account, run: String, at now: Instant
    ) -> Purchase {
        let definition = account.definition
        let isFunction = definition.operations[kind.rawValue]?.isFunction ?? false
        let terms = PurchaseTerms(
            means: means(definition),
            idempotencyKey: definition.idempotency == nil ? nil : key,
            keyLifetime: definition.idempotency?.within ?? PurchaseTerms.keyLifetimeDefault,
            settlesWithin: definition.settlesWithin, lifetime: definition.lifetime,
            arguments: arguments, subject: subject, listedBefore: listedBefore,
            payer: account.payer
        )
        return Purchase(
            id: id, kind: kind, account: account.name, provider: definition.id, service: service,
            country: country, price: price, microUSD: microUSD, run: run, createdAt: now,
            notAfter: now + (isFunction ? Self.functionWithin : Self.departWithin), terms: terms
        )
    }
}

extension Account {
    /// The definition's text with its hash, for the journal.
    var journalDefinition: JournalDefinition {
        JournalDefinition(
            hash: SourceHash.hexadecimal(definition.source), source: definition.source)
    }
}
