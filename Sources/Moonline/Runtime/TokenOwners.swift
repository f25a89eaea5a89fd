import Journal
import OrderKernel

/// One owner for each token: two definitions on one key share it.
actor TokenOwners {
    private let journal: Journal
    private let clock: any EngineClock
    private var owners: [String: TokenOwner] = [:]

    init(journal: Journal, clock: any EngineClock) {
        self.journal = journal
        self.clock = clock
    }

    func owner(of account: Account) async -> TokenOwner {
        if let found = owners[account.token] {
            await found.add(limits: account.limits)
            return found
        }
        let made = TokenOwner(
            token: account.token, limits: account.limits, journal: journal, clock: clock
        )
        owners[account.token] = made
        return made
    }
}
