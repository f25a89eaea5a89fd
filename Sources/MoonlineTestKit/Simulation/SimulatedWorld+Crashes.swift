import OrderKernel
import Synchronization

extension SimulatedWorld {
    /// Counts an event towards a crash; the process is ended when the present job is over.
    static func countDown(
        _ point: WorldState.CrashPoint,
        _ process: UInt64,
        _ state: inout WorldState
    ) {
        guard let left = state.crashes[point], process != 0 else { return }
        state.crashes[point] = left > 1 ? left - 1 : nil
        if left <= 1 { state.doomed = process }
    }

    /// Ends the process that a crash point has struck.
    func carryOutDoom() {
        let doomed = state.withLock { state in
            defer { state.doomed = nil }
            return state.doomed
        }
        guard let doomed else { return }
        disk.kill(doomed)
        end(doomed, "killed")
        state.withLock { $0.struck.append(doomed) }
    }

    /// The processes that crash points have ended since the last call.
    func takeStruck() -> [UInt64] {
        carryOutDoom()
        return state.withLock { state in
            defer { state.struck = [] }
            return state.struck
        }
    }

    /// Ends a process as SIGKILL does: from now on it meets walls everywhere, and its work unwinds
    /// without effect.
    func end(_ process: UInt64, _ how: String) {
        let isNew = state.withLock { state in
            guard !state.dead.contains(process) else { return false }
            state.tally.kills += 1
            state.isHalfCommitted = !disk.isSynced
            state.note(executor.now, process, how)
            return true
        }
        guard isNew else { return }
        machine.kill(Int(process))
        cutOff(process)
        executor.kill(process)
    }

    /// The power goes: all processes end, and what was not synced is at the mercy of the disk.
    func losePower(_ processes: [UInt64]) {
        state.withLock { state in
            state.tally.powerLosses += 1
            state.snapshotOperations = nil
            state.note(executor.now, 0, "power lost")
        }
        for process in processes { end(process, "without power") }
        reader.withLock { $0.close() }
    }

    /// Whether a process has been ended.
    func isDead(_ process: UInt64) -> Bool { state.withLock { $0.dead.contains(process) } }
}
