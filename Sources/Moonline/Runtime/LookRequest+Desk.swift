import OrderKernel

extension LookRequest {
    /// What the desk of a token compares.
    func look(at now: Instant) -> TokenDesk.Look {
        TokenDesk.Look(
            order: subject, every: every, known: knownAgo.map { now - $0 } ?? .distantPast)
    }

    /// How urgent a look at an order is; `nil` for what has no age.
    func candidate(at now: Instant) -> PollIndex.Candidate? {
        guard let age else { return nil }
        return PollIndex.Candidate(
            boughtAt: now - age, lookedAt: now - min(knownAgo ?? age, age))
    }
}
