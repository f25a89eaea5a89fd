import Moonline
import OrderKernel

/// A command on one order: what it does, and how the order is shown afterwards.
struct OrderAction: Sendable {
    let invocation: Invocation
    let spinner: Spinner
    private let id: String

    init(_ id: String, _ options: GlobalOptions, _ what: String) {
        self.id = id
        invocation = Invocation(options)
        spinner = Spinner(console: invocation.console, clock: invocation.clock)
        spinner.set(what)
    }

    /// - Parameter check: throws when the order that is shown is not what was wanted.
    func run(
        _ body: @escaping @Sendable (Engine, String) async throws(MoonlineError) -> Order,
        check: @escaping @Sendable (Order) throws(MoonlineError) -> Void = { _ in }
    ) async throws {
        await invocation.run { (engine) async throws(MoonlineError) in
            let order = try await spinner.spinning { () async throws(MoonlineError) in
                try await body(engine, id)
            }
            show(order)
            await engine.told(order.id, order.revision)
            try check(order)
        }
    }

    private func show(_ order: Order) {
        let console = invocation.console
        guard !console.isJSON else { return console.print(Documents.order(order)) }
        var parts = ["order \(order.id)", order.state.rawValue, order.phone]
        if let code = order.code { parts.append("code \(code)") }
        if order.refund != .none, order.refund != .kept {
            parts.append("refund \(order.refund.rawValue)")
        }
        console.print(parts.joined(separator: "  "))
    }
}
