import Synchronization

/// The purchases whose answers are on their way, and are still to be written down.
final class UnderwayBook: Sendable {
    private struct State {
        var count = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// One of them; it ends once, at the latest when nobody holds it any more.
    final class Passage: Sendable {
        private let book: UnderwayBook
        private let hasEnded = Mutex(false)

        fileprivate init(_ book: UnderwayBook) { self.book = book }

        deinit { end() }

        func end() {
            let isFirst = hasEnded.withLock { hasEnded in
                defer { hasEnded = true }
                return !hasEnded
            }
            if isFirst { book.endOne() }
        }
    }

    func begin() -> Passage {
        state.withLock { $0.count += 1 }
        return Passage(self)
    }

    /// Waits until all have ended, also in a task that was cancelled.
    func allEnded() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.count > 0 { state.waiting.append(continuation) }
                return state.count == 0
            }
            if isOver { continuation.resume() }
        }
    }

    private func endOne() {
        let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.count -= 1
            guard state.count == 0 else { return [] }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
