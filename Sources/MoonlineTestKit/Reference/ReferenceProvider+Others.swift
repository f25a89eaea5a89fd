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
    /// - Parameter surcharge: what it costs more than other orders, in millionths. Without one its
    ///   message comes at once: paid back, it would hide the charge of an order in the balance,
    ///   which nobody could tell from an order that was never made.
    /// - Returns: the order's id, or `nil` when there was no money or no number.
    @discardableResult
    public mutating func foreignPurchase(
        of product: ReferenceProduct,
        surcharge: Int64 = 0,
        at instant: Instant
    ) -> String? {
        advance(to: instant)
        let price = traits.price + surcharge
        guard stockLeft(of: product) > 0, ledger.balance >= price else { return nil }
        let place = add(product, price: price, origin: .init(isForeign: true))
        if surcharge == 0 { happen(.message(order: place, exchanges: 0, code: nil)) }
        return orders[place].id
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
