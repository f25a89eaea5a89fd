import Synchronization

/// What all tasks of a script put out together: so much at once, and what follows at a pace.
final class OutputPace: Sendable {
    private struct State {
        var total = 0
        var waiting = 0
    }

    private let free: Int
    private let unitsPerSecond: Int
    private let state = Mutex(State())

    init(free: Int, unitsPerSecond: Int) {
        self.free = free
        self.unitsPerSecond = unitsPerSecond
    }

    /// Waits until so many more may be put out, behind those of other tasks that wait already.
    func pay(_ units: Int, pause: (Duration) async throws -> Void) async throws {
        let owed = state.withLock { state in
            state.total += units
            guard state.total > free else { return 0 }
            state.waiting += units
            return state.waiting
        }
        guard owed > 0 else { return }
        defer { state.withLock { $0.waiting -= units } }
        try await pause(.seconds(1) * owed / unitsPerSecond)
    }
}
