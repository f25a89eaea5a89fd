import Journal
import OrderKernel

/// One owner for each token: two definitions on one key share it.
actor TokenOwners {
    private let journal: Journal
    private let host: any ProcessHost
    private let clock: any EngineClock
    private let random: RandomSource
    private var owners: [String: TokenOwner] = [:]
    private var isReleased = false

    init(
        journal: Journal, host: any ProcessHost, clock: any EngineClock, random: RandomSource
    ) {
        self.journal = journal
        self.host = host
        self.clock = clock
        self.random = random
    }

    func owner(of account: Account) async -> TokenOwner {
        if let found = owners[account.token] {
            await found.add(limits: account.limits)
            return found
        }
        let made = TokenOwner(
            token: account.token, limits: account.limits, journal: journal, host: host,
            clock: clock, random: random
        )
        if isReleased {
            await made.release()
        } else {
            owners[account.token] = made
        }
        return made
    }

    /// Gives all tokens back.
    func release() async {
        isReleased = true
        for owner in owners.values { await owner.release() }
        owners = [:]
    }
}
