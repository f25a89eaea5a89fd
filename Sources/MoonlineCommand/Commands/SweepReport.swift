import Moonline
import OrderKernel

/// Tells what a sweep did and what it left.
struct SweepReport: Sendable {
    let invocation: Invocation
    private let spinner: Spinner

    init(invocation: Invocation) {
        self.invocation = invocation
        spinner = Spinner(console: invocation.console, clock: invocation.clock)
        spinner.set("settling what is open")
    }

    func watching(
        _ work: () async throws(MoonlineError) -> Leftovers
    ) async throws(MoonlineError) -> Leftovers {
        try await spinner.spinning(work)
    }

    func wait(_ left: Leftovers) {
        let count = left.orders.count + left.purchases.count
        spinner.set("\(count) still open, next attempt", until: left.next)
        guard !invocation.console.hasLiveProgress else { return }
        let wait = Spinner.clockText(max(left.next - invocation.clock.now(), .zero))
        invocation.console.note("\(count) still open, next attempt in \(wait)")
    }

    func show(_ changed: [Order], _ left: Leftovers) {
        let console = invocation.console
        if console.isJSON {
            for order in changed { console.print(Documents.order(order)) }
            for purchase in left.absent {
                console.print(Documents.purchase(purchase))
            }
            for purchase in left.purchases { console.print(Documents.purchase(purchase)) }
            return
        }
        for order in changed {
            let code = order.code.map { ", code \($0)" } ?? ""
            let refund = order.refund == .none ? "" : ", refund \(order.refund.rawValue)"
            console.print("\(order.id)  \(order.state.rawValue)  \(order.phone)\(code)\(refund)")
        }
        for purchase in left.absent {
            console.print(
                "\(purchase.id)  absent  \(purchase.account) did not carry it out, "
                    + "nothing was spent")
        }
        for order in left.orders where !changed.contains(where: { $0.id == order.id }) {
            console.print("\(order.id)  \(order.state.rawValue)  \(order.phone), still open")
        }
        for purchase in left.purchases {
            let wayOut =
                left.unreachable.contains(purchase.id)
                ? Self.wayBack(purchase) : Self.wayOut(purchase, at: invocation.clock.now())
            console.print("\(purchase.id)  \(purchase.state.name)  \(wayOut)")
        }
        if changed.isEmpty, left.absent.isEmpty, left.orders.isEmpty, left.purchases.isEmpty {
            console.note("nothing was left to settle")
        }
    }

    /// - Throws: `MoonlineError` with `too_early` or `unavailable` when something is left that a
    ///   later sweep can settle.
    func complain(_ left: Leftovers) throws(MoonlineError) {
        guard !left.isSettled else { return }
        let count =
            left.orders.count
            + left.purchases.count {
                $0.state == .unknown && !left.unreachable.contains($0.id)
            }
        let now = invocation.clock.now()
        let isHeld =
            left.orders.contains { $0.cancelNotBefore > now }
            || left.purchases.contains { $0.settlesAt > now }
        let when =
            left.next > now && left.next < now + .seconds(86_400)
            ? "after \(left.next.rfc3339)" : "later"
        throw MoonlineError(
            isHeld ? .tooEarly : .unavailable,
            "\(count) could not be settled yet; run `moonline sweep` again \(when)")
    }

    // No list or answer that its account gets now says anything of it.
    private static func wayBack(_ purchase: Purchase) -> String {
        let isLeft = if case .unresolved = purchase.state { true } else { false }
        let origin = purchase.terms.payer?.origin ?? "another address"
        return "was made with another key or definition of \(purchase.account) than now, at "
            + "\(origin); "
            + (isLeft
                ? "look there, then `moonline resolve \(purchase.id)`"
                : "set that one again, and `moonline sweep` settles it")
    }

    static func wayOut(_ purchase: Purchase, at now: Instant) -> String {
        switch purchase.state {
        case .unknown where purchase.mayBeStated(at: now):
            "could not be settled for long; look at \(purchase.account)'s own list of orders, then "
                + "`moonline resolve \(purchase.id)` with --bought or --not-bought"
        case .unresolved(isCharged: true):
            "\(purchase.account) charged it, its number is not known; ask the provider's support, "
                + "then `moonline resolve \(purchase.id)`"
        case .unresolved:
            "counts as spent; look at \(purchase.account)'s own list of orders, then "
                + "`moonline resolve \(purchase.id)` with --bought or --not-bought"
        default: "is settled after \(purchase.settlesAt.rfc3339) at the earliest"
        }
    }
}
