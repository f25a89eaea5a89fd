import Journal
import OrderKernel

extension TokenOwner {
    /// Takes the token where no other process has it; with the pace that the last owner left.
    ///
    /// - Throws: `MoonlineError` with `internal`, with `cancelled` once the engine has ended.
    func claim() async throws(MoonlineError) {
        try checkGoesOn()
        let claimed = try await host.claim(token) { [weak self] message in
            await self?.answer(message) ?? .wait(Self.guestPatience)
        }
        var note: PaceRecord?
        switch claimed {
        case .owner(let left): note = left
        case .taken where PlantedFault.forgetsOwnership.isPlanted: break
        case .taken:
            if case .none = role { role = .guest }
            return
        }
        let time = clock.hostTime()
        let kept: PaceRecord?
        do throws(MoonlineError) {
            kept = try await journal.pace(of: token)?.translated(to: time)
            try checkGoesOn()
        } catch {
            // Others would wait for an owner that decides nothing, this process among them.
            await host.release(token)
            throw error
        }
        // Another task of this process may have been faster, and sent on its desk since.
        if case .owner = role { return }
        let noted = note?.translated(to: time)
        let record = kept.map { kept in noted.map { kept.merged(with: $0) } ?? kept } ?? noted
        let isLost = PlantedFault.losesPaceAtRestart.isPlanted
        role = .owner(TokenDesk(limits: limits, record: isLost ? nil : record))
    }

    // Whoever still waits when the engine ends must not take the token back.
    private func checkGoesOn() throws(MoonlineError) {
        guard !isReleased else {
            throw MoonlineError(.cancelled, "the engine was shut down", isUnsent: true)
        }
    }
}
