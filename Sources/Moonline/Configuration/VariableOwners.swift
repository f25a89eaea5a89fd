import Definitions
import OrderKernel

/// Whose a variable is that several accounts would read: `MOONLINE_ACME_EU_KEY` is `acme`'s for its
/// credential `eu_key`, and `acme_eu`'s for `key`.
///
/// A shipped file's account has it, then the one whose key has gone to its provider before. Where
/// that does not tell, nobody gets it: one of them may be a stranger's file that wants it.
struct VariableOwners {
    private let contenders: [String: [String]]
    private let winners: [String: String]

    /// What variables may be meant for, beside the accounts.
    struct Claims {
        /// Accounts of which only the names are known, since their files cannot be read.
        var unread: Set<String>
        /// Variables of files that others stand in front of, by account.
        var covered: [String: [String]]
    }

    /// - Parameters:
    ///   - shipped: providers whose files come with Moonline.
    ///   - pinned: providers whose key has gone somewhere before.
    init(_ accounts: [Account], _ claims: Claims, shipped: Set<String>, pinned: Set<String>) {
        var readers: [String: Set<String>] = [:]
        for account in accounts {
            for variable in account.variables {
                readers[variable, default: []].insert(account.name)
            }
        }
        for (name, variables) in claims.covered {
            for variable in variables { readers[variable]?.insert(name) }
        }
        let providers = Dictionary(
            accounts.map { ($0.name, $0.definition.id) }, uniquingKeysWith: { first, _ in first })
        var contenders: [String: [String]] = [:]
        var winners: [String: String] = [:]
        for (variable, names) in readers {
            let unread = claims.unread.filter {
                variable.hasPrefix(EnvironmentReader.prefix(of: $0))
            }
            contenders[variable] = names.union(unread).sorted()
            guard names.union(unread).count > 1 else { continue }
            let first = names.sorted().first { shipped.contains(providers[$0] ?? "") }
            let before = names.filter { pinned.contains(providers[$0] ?? "") }
            winners[variable] = first ?? (before.count == 1 ? before.first : nil)
        }
        self.contenders = contenders
        self.winners = winners
    }

    /// Why the account gets no credential; `nil` when its variables are its own.
    func refusal(of account: Account) -> MoonlineError? {
        for variable in account.variables {
            let others = (contenders[variable] ?? []).filter { $0 != account.name }
            guard let other = others.first, winners[variable] != account.name else { continue }
            let reason =
                winners[variable].map { "which belongs to '\($0)', so it gets no credential" }
                ?? "which may belong to '\(other)' as well, so neither gets it"
            return MoonlineError(
                .auth,
                "'\(account.name)' would read \(variable), \(reason); rename the credential or "
                    + "the account",
                provider: account.name)
        }
        return nil
    }
}
