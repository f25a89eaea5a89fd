import ArgumentParser
import LuaSandbox
import Moonline
import OrderKernel

/// Buys one number and leaves it open.
struct BuyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "buy",
        abstract: "Buy the cheapest number and leave it open for later commands.",
        discussion: "Example: moonline buy --service telegram --country GB --provider virtualsms"
    )

    @OptionGroup var what: BuyOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        let maximum = try what.money()
        let console = invocation.console
        let spinner = Spinner(console: console, clock: invocation.clock)
        spinner.set("buying a \(what.service) number")
        await invocation.run { [what] (engine) async throws(MoonlineError) in
            let number = try await spinner.spinning { () async throws(MoonlineError) in
                let bought = try await engine.buy(
                    anyOf: what.countries, service: what.service, providers: what.providers,
                    operatorName: what.operatorName, maximumPrice: maximum,
                    strategy: what.strategy.strategy
                )
                // Later commands wait for it.
                return try await engine.number(try await engine.keep(bought.id).id)
            }
            if console.isJSON {
                console.print(Documents.number(number.order))
            } else if console.isTerminal {
                for line in NumberCard(order: number.order, style: console.style).lines {
                    console.print(line)
                }
                console.print("  order \(number.id); next: moonline wait \(number.id)")
            } else {
                console.print(number.phone)
                console.print(number.id)
            }
            guard let loss = console.loss else { return }
            // Nobody knows of it, so nobody would give it back.
            _ = try? await engine.cancel(number.id)
            throw loss
        } afterwards: { engine in
            await GivingBack(engine: engine, invocation: invocation).attempt()
        }
    }
}
