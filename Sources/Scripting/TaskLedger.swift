import Synchronization
import Transport

/// The tasks of a script that run at the same time, and the memory that the replies which they wait
/// for share.
final class TaskLedger: Sendable {
    private struct State {
        // The script itself, and what it has begun.
        var tasks = 1
        var readers = 0
        var takenBytes = 0
    }

    /// Tasks that run at the same time, those within others included.
    static let tasksMaximum = 64
    /// As much as a script's machine may hold: replies go there.
    private static let repliesBytesMaximum = 32 << 20

    private let state = Mutex(State())

    /// The places of tasks that run at once.
    ///
    /// Each is left when no other task follows in it, and what is left over with the group.
    final class Places: Sendable {
        private let ledger: TaskLedger
        private let taken: Mutex<Int>

        fileprivate init(_ ledger: TaskLedger, _ count: Int) {
            self.ledger = ledger
            taken = Mutex(count)
        }

        func leaveOne() { leave { min(1, $0) } }
        func leaveAll() { leave { $0 } }

        private func leave(_ count: (Int) -> Int) {
            let left = taken.withLock { taken in
                let left = count(taken)
                taken -= left
                return left
            }
            ledger.state.withLock { $0.tasks -= left }
        }
    }

    /// Takes places for so many tasks.
    ///
    /// - Returns: `nil` when there are not so many.
    func begin(_ tasks: Int) -> Places? {
        let isWithin = state.withLock { state in
            guard state.tasks + tasks <= Self.tasksMaximum + 1 else { return false }
            state.tasks += tasks
            return true
        }
        return isWithin ? Places(self, tasks) : nil
    }

    /// Reads a reply into the task's part of what is free.
    ///
    /// - Throws: what reading throws.
    func withRoom<Reply, Failure: Error>(
        _ read: (_ bytesMaximum: Int) async throws(Failure) -> Reply
    ) async throws(Failure) -> Reply {
        let room = state.withLock { state in
            let free = Self.repliesBytesMaximum - state.takenBytes
            let share = free / max(1, state.tasks - state.readers)
            let room = min(WireRequest.replyBytesMaximumDefault, share)
            state.takenBytes += room
            state.readers += 1
            return room
        }
        defer {
            state.withLock { state in
                state.takenBytes -= room
                state.readers -= 1
            }
        }
        return try await read(room)
    }
}
