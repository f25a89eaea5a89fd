public import OrderKernel

extension ReferenceProvider {
    /// Pays money in, in millionths.
    public mutating func topUp(_ amount: Int64, at instant: Instant) {
        advance(to: instant)
        ledger.book(
            LedgerEntry(
                order: nil, amount: amount, kind: .topUp, at: now, authorisation: nil, key: nil
            )
        )
    }

    /// Somebody else buys with the same account; the order is listed like any other.
    ///
    /// - Returns: the order's id, or `nil` when there was no money or no number.
    @discardableResult
    public mutating func foreignPurchase(
        of product: ReferenceProduct,
        at instant: Instant
    ) -> String? {
        advance(to: instant)
        guard stockLeft(of: product) > 0, ledger.balance >= traits.price else { return nil }
        return orders[add(product, origin: .init(isForeign: true))].id
    }

    /// Somebody else spends money that has nothing to do with orders, in millionths.
    public mutating func foreignSpending(_ amount: Int64, at instant: Instant) {
        advance(to: instant)
        ledger.book(
            LedgerEntry(
                order: nil, amount: -amount, kind: .foreign, at: now, authorisation: nil,
                key: nil
            )
        )
    }

    /// Somebody else sends a request with the same credential, which the limit counts.
    ///
    /// - Returns: whether the limit let it through.
    @discardableResult
    public mutating func foreignRequest(at instant: Instant) -> Bool {
        advance(to: instant)
        guard admitted.count(at: now) < traits.limit else { return false }
        admitted.add(now)
        return true
    }
}
