import ArgumentParser
import Moonline
import OrderKernel

/// The main job.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Buy the cheapest number, wait for its code, report it as used.",
        discussion: """
            The next offer is tried when a number is not in stock or brings no code in time; \
            numbers without a code are given back. In a pipe each phone that is tried is a line, \
            and the code is the last.

            Example: moonline verify --service whatsapp --country ID,GB --max-price 1.50
            """
    )

    @OptionGroup var what: BuyOptions
    @OptionGroup var options: GlobalOptions

    @Option(
        help: "How long a number is waited for before the next offer, such as 90s.",
        transform: DurationArgument.init)
    var wait = DurationArgument(.seconds(90))

    @Option(help: "When the whole job gives up, such as 10m.", transform: DurationArgument.init)
    var deadline = DurationArgument(.seconds(600))

    @Option(
        help: "How long to stay for numbers that cannot be given back yet; 0 leaves them.",
        transform: DurationArgument.init)
    var settle = DurationArgument(.seconds(150))

    func run() async throws {
        let request = VerificationRequest(
            service: what.service, countries: what.countries, providers: what.providers,
            operatorName: what.operatorName, maximumPrice: try what.money(),
            strategy: what.strategy.strategy,
            wait: wait.duration, deadline: deadline.duration
        )
        let invocation = Invocation(options)
        let settleWithin = settle.duration
        let report = VerificationReport(invocation)
        await invocation.run { (engine) async throws(MoonlineError) in
            try await report.spinning { () async throws(MoonlineError) in
                report.verified(try await engine.verify(request) { await report.show($0) })
            }
        } afterwards: { engine in
            await GivingBack(engine: engine, invocation: invocation).settle(
                own: report.orders, within: settleWithin
            )
            report.finish()
        }
    }
}
