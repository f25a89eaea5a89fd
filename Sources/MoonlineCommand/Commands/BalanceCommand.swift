import ArgumentParser
import LuaSandbox
import Moonline
import OrderKernel

/// What is left on the accounts.
struct BalanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "balance",
        abstract: "Show what is left on the accounts.",
        discussion: "Example: moonline balance smscode legitsms"
    )

    @Argument(help: "Accounts or providers; all by default.")
    var providers: [String] = []

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        await invocation.run { [providers] (engine) async throws(MoonlineError) in
            let balances = try await engine.balances(of: providers)
            try Invocation.checkGoesOn()
            // Alone, or when all fail, a failure is the result.
            let failures = balances.compactMap(\.result.failure)
            let verdict =
                failures.count == balances.count && !failures.isEmpty
                ? FallbackRule.verdict(failures) : nil
            var table = Table(["ACCOUNT", "BALANCE"], rightAligned: [1])
            for (account, result) in balances {
                switch result {
                case .success(let money):
                    table.add([account, money.description])
                    guard invocation.console.isJSON else { continue }
                    invocation.console.print(
                        .object([
                            .init("account", .string(account)),
                            .init("balance", Documents.money(money)),
                        ])
                    )
                case .failure(let error):
                    if error == verdict { continue }
                    guard invocation.console.isJSON else {
                        invocation.console.note("\(account): \(error.message)")
                        continue
                    }
                    invocation.console.print(
                        .object([
                            .init("account", .string(account)), .init("balance", .null),
                            .init("error", Documents.error(error)),
                        ])
                    )
                }
            }
            if let verdict { throw verdict }
            guard !invocation.console.isJSON else { return }
            for line in table.lines(invocation.console.style) { invocation.console.print(line) }
        }
    }
}

extension Result {
    fileprivate var failure: Failure? { if case .failure(let error) = self { error } else { nil } }
}
