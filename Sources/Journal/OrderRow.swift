import GRDB
import OrderKernel

/// An order as a row.
struct OrderRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "order"

    var id: String
    var purchase: String
    var account: String
    var provider: String
    var remoteID: String
    var phone: String
    var service: String
    var country: String
    var priceAmount: String?
    var priceCurrency: String?
    var createdAt: Int64
    var expiresAt: Int64
    var cancelNotBefore: Int64
    var swapNotBefore: Int64
    var state: String
    var code: String?
    var message: String?
    var revision: Int
    var baseline: String?
    var refund: String
    var isCancelWanted: Bool
    var awaitedAmount: String?
    var awaitedCurrency: String?
    var isEvidenced: Bool
    var isCancelRefused: Bool
    var providerRevision: Int?
    var endedAt: Int64?
    var attendant: String?
    var isBaselineCleared: Bool
    var toldRevision: Int
    var cancelRefusals: Int

    init(_ order: Order) {
        id = order.id
        purchase = order.purchaseID
        account = order.account
        provider = order.provider
        remoteID = order.remoteID
        phone = order.phone
        service = order.service
        country = order.country
        priceAmount = order.price?.amount.description
        priceCurrency = order.price?.currency
        createdAt = order.createdAt.milliseconds
        expiresAt = order.expiresAt.milliseconds
        cancelNotBefore = order.cancelNotBefore.milliseconds
        swapNotBefore = order.swapNotBefore.milliseconds
        state = order.state.rawValue
        code = order.code
        message = order.message
        revision = order.revision
        baseline = order.baseline
        refund = order.refund.rawValue
        isCancelWanted = order.isCancelWanted
        awaitedAmount = order.awaitedRefund?.amount.description
        awaitedCurrency = order.awaitedRefund?.currency
        isEvidenced = order.isEvidenced
        isCancelRefused = order.isCancelRefused
        providerRevision = order.providerRevision
        endedAt = order.endedAt?.milliseconds
        attendant = order.attendant
        isBaselineCleared = order.isBaselineCleared
        toldRevision = order.toldRevision
        cancelRefusals = order.cancelRefusals
    }

    var order: Order {
        var order = Order(
            id: id, purchaseID: purchase, account: account, provider: provider,
            remoteID: remoteID, phone: phone, service: service, country: country,
            price: Money(priceAmount, priceCurrency),
            createdAt: Instant(milliseconds: createdAt),
            expiresAt: Instant(milliseconds: expiresAt),
            cancelNotBefore: Instant(milliseconds: cancelNotBefore),
            swapNotBefore: Instant(milliseconds: swapNotBefore)
        )
        order.restore(
            state: OrderState(rawValue: state) ?? .lost, code: code, message: message,
            revision: revision, baseline: baseline, refund: Refund(rawValue: refund) ?? .none,
            isCancelWanted: isCancelWanted, awaitedRefund: Money(awaitedAmount, awaitedCurrency),
            isEvidenced: isEvidenced, isCancelRefused: isCancelRefused,
            providerRevision: providerRevision,
            endedAt: endedAt.map { Instant(milliseconds: $0) }, attendant: attendant,
            isBaselineCleared: isBaselineCleared, toldRevision: toldRevision,
            cancelRefusals: cancelRefusals
        )
        return order
    }
}
