package import OrderKernel

/// What a request has that costs money: the purchase that it carries out, and its latest time.
package struct PurchaseDeparture: Sendable {
    /// The id of the purchase.
    package let purchase: String
    private let lateness: @Sendable () -> Duration

    /// - Parameter lateness: how long ago its latest time was; below zero while it may leave. By
    ///   the clock of the journal, which goes on while a machine sleeps.
    package init(of purchase: String, lateness: @escaping @Sendable () -> Duration) {
        self.purchase = purchase
        self.lateness = lateness
    }

    /// Looks at the clock once more: a process may be stopped between any two steps, and whoever
    /// settles a lost purchase counts on its request having left by then.
    ///
    /// Invariant M5: no byte leaves after this has thrown.
    ///
    /// - Parameter delay: what may go by since the exchange began in time.
    /// - Throws: `MoonlineError` with `deadline`, `isUnsent`.
    package func check(after delay: Duration = .zero) throws(MoonlineError) {
        guard lateness() > delay else { return }
        throw MoonlineError(
            .deadline, "the purchase was held up on its way, so it was not sent", isUnsent: true)
    }
}
