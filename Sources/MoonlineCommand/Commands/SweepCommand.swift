import ArgumentParser
import LuaSandbox
import Moonline
import OrderKernel

/// Settles what earlier runs left behind.
struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "Settle what earlier runs left behind: lost purchases, numbers nobody waits for.",
        discussion: """
            Finds out what became of purchases whose answer was lost, as far as the provider tells \
            it, gives back every number that no process waits for, also those of `moonline buy`, \
            and closes orders that have expired. The exit status is 0 when nothing is left that a \
            later sweep can settle; purchases that nothing can prove are shown.

            Example: moonline sweep --settle 150s
            """
    )

    @Option(
        help: "How long to stay for holds and answers; 0 makes one attempt.",
        transform: DurationArgument.init)
    var settle = DurationArgument(.seconds(150))

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        let duration = settle.duration
        await invocation.run { (engine) async throws(MoonlineError) in
            let report = SweepReport(invocation: invocation)
            let before = try await Snapshot(engine)
            let left = try await report.watching { () async throws(MoonlineError) in
                let deadline = invocation.clock.now() + duration
                return try await engine.sweep(
                    until: deadline, includesKept: true,
                    onCode: { GivingBack.tell($0, invocation.console) }, onWait: report.wait)
            }
            let after = try await Snapshot(engine)
            report.show(after.changes(since: before), left)
            try report.complain(left)
        }
    }

    /// What the journal held at one moment.
    struct Snapshot: Sendable {
        let orders: [String: Order]

        init(_ engine: Engine) async throws(MoonlineError) {
            orders = Dictionary(
                try await engine.orders().map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        }

        /// The orders that changed or were found, oldest first.
        func changes(since before: Snapshot) -> [Order] {
            orders.values.filter { before.orders[$0.id] != $0 }
                .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
        }
    }
}
