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

    /// Takes in that so many tasks will run at once.
    ///
    /// - Returns: whether they may; when they do, their end has to be told.
    func begin(_ tasks: Int) -> Bool {
        state.withLock { state in
            guard state.tasks + tasks <= Self.tasksMaximum + 1 else { return false }
            state.tasks += tasks
            return true
        }
    }

    func end(_ tasks: Int) { state.withLock { $0.tasks -= tasks } }

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
