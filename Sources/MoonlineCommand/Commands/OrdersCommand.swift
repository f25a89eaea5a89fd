import ArgumentParser
import LuaSandbox
import Moonline
import OrderKernel

/// Lists the orders.
struct OrdersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orders",
        abstract: "List the orders that Moonline made, and purchases with an unknown outcome.",
        discussion: "Example: moonline orders --open --json"
    )

    @Flag(help: "Only those that are not settled yet.")
    var open = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        await invocation.run { [open] (engine) async throws(MoonlineError) in
            let orders = try await engine.orders(openOnly: open)
            let purchases = try await engine.openPurchases()
            guard !invocation.console.isJSON else {
                for order in orders { invocation.console.print(Documents.order(order)) }
                for purchase in purchases { invocation.console.print(Documents.purchase(purchase)) }
                return
            }
            guard !orders.isEmpty || !purchases.isEmpty else {
                invocation.console.note(open ? "no order is open" : "there are no orders yet")
                return
            }
            var table = Table([
                "ORDER", "STATE", "PHONE", "CODE", "SERVICE", "COUNTRY", "ACCOUNT",
                "PRICE", "REFUND", "BOUGHT",
            ])
            for order in orders {
                table.add([
                    order.id, order.state.rawValue, order.phone, order.code ?? "",
                    order.service, order.country, order.account,
                    order.price?.description ?? "", Self.cell(order.refund),
                    order.createdAt.rfc3339,
                ])
            }
            for purchase in purchases {
                table.add([
                    purchase.id, Documents.state(of: purchase), "", "", purchase.service,
                    purchase.country,
                    purchase.account, purchase.price?.description ?? "", "",
                    purchase.createdAt.rfc3339,
                ])
            }
            Pager(console: invocation.console, environment: invocation.environment)
                .show(table.lines(invocation.console.style))
        }
    }

    // What is earned needs no word.
    private static func cell(_ refund: Refund) -> String {
        [.none, .kept].contains(refund) ? "" : refund.rawValue
    }
}
