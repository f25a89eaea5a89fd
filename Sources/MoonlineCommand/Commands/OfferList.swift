import ArgumentParser
import LuaSandbox
import Moonline
import OrderKernel

/// Offers as a table, or as JSON Lines.
struct OfferList {
    let offers: [Offer]

    func show(_ invocation: Invocation) {
        guard !invocation.console.isJSON else {
            for offer in offers { invocation.console.print(Documents.offer(offer)) }
            return
        }
        var table = Table(
            ["ACCOUNT", "COUNTRY", "SERVICE", "PRICE", "STOCK"], rightAligned: [3, 4]
        )
        for offer in offers {
            table.add([
                offer.account, offer.country, offer.service,
                offer.price.map(\.description) ?? "not told",
                offer.available.map(String.init) ?? "not told",
            ])
        }
        Pager(console: invocation.console, environment: invocation.environment)
            .show(table.lines(invocation.console.style))
    }
}
