import ArgumentParser
import LuaSandbox
import Moonline
import OrderKernel

/// Takes in what became of a purchase that nothing could prove.
struct ResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Say what became of a purchase that nothing settled.",
        discussion: """
            `moonline sweep` shows purchases whose answer was lost and of which neither the list \
            nor the balance of the provider told anything, or could be read. What its pages or \
            its support say is taken in here: a purchase that bought nothing frees the caps, one \
            that bought a number goes on to count as spent. Neither is shown as open any more.

            Example: moonline resolve k3v9x2qd7m --not-bought
            """
    )

    @Argument(help: "Moonline's id of the purchase, as `moonline orders --open` shows it.")
    var purchase: String

    @Flag(help: "What the provider says of it.")
    var verdict: Verdict

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        let (id, verdict) = (purchase, verdict)
        await invocation.run { (engine) async throws(MoonlineError) in
            let purchase = try await engine.resolve(id, isBought: verdict == .bought)
            guard !invocation.console.isJSON else {
                return invocation.console.print(Documents.purchase(purchase))
            }
            let price = purchase.price.map { " \($0)" } ?? ""
            let effect =
                verdict == .bought
                ? "counts as spent\(price)" : "nothing was spent, the caps are free of it"
            invocation.console.print(
                "purchase \(purchase.id)  \(purchase.state.name)  \(purchase.account)  \(effect)")
        }
    }

    /// The two things that a provider may say.
    enum Verdict: EnumerableFlag {
        case bought, notBought

        static func help(for value: Self) -> ArgumentHelp? {
            switch value {
            case .bought: "The provider sold and charged it."
            case .notBought: "The provider knows nothing of it, and charged nothing."
            }
        }
    }
}
