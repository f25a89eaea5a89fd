public import OrderKernel
import Synchronization

/// One thread, one queue, virtual time: every job of every actor and task is run by `drain`, in an
/// order that a seed decides.
///
/// A run is the same for the same seed as long as everything inside uses this executor, the
/// simulated clock and seeded randomness, and no task is made without inheriting it.
public final class SimulationExecutor: SerialExecutor, TaskExecutor {
    private struct Timer {
        let id: Int
        let at: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var ready: [UnownedJob] = []
        var timers: [Timer] = []
        var cancelled: Set<Int> = []
        var now: Instant
        var nextID = 0
        var generator: SeededGenerator
    }

    private let state: Mutex<State>

    /// An executor whose time begins at `start`.
    public init(seed: UInt64, start: Instant) {
        state = Mutex(State(now: start, generator: SeededGenerator(seed: seed)))
    }

    /// The virtual time.
    public var now: Instant { state.withLock { $0.now } }

    /// A random number that the seed decides.
    public func random() -> UInt64 { state.withLock { $0.generator.next() } }

    /// Takes a job; the runtime calls it.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.ready.append(job) }
    }

    /// How the runtime names the executor.
    public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    /// How the runtime names the executor of a task.
    public func asUnownedTaskExecutor() -> UnownedTaskExecutor {
        UnownedTaskExecutor(ordinary: self)
    }

    /// Runs jobs, and lets time pass when there are none, until `isDone`.
    ///
    /// - Returns: whether it got done; `false` means that everything waits for nothing.
    public func drain(until isDone: () -> Bool) -> Bool {
        while !isDone() {
            if let job = nextJob() {
                job.runSynchronously(
                    isolatedTo: asUnownedSerialExecutor(),
                    taskExecutor: asUnownedTaskExecutor()
                )
            } else if let timer = nextTimer() {
                timer.resume()
            } else {
                return false
            }
        }
        return true
    }

    private func nextJob() -> UnownedJob? {
        state.withLock { state in
            guard !state.ready.isEmpty else { return nil }
            let index = Int(state.generator.next() % UInt64(state.ready.count))
            return state.ready.remove(at: index)
        }
    }

    private func nextTimer() -> CheckedContinuation<Void, any Error>? {
        state.withLock { state in
            let first = state.timers.indices.min { left, right in
                (state.timers[left].at, state.timers[left].id)
                    < (state.timers[right].at, state.timers[right].id)
            }
            guard let first else { return nil }
            let timer = state.timers.remove(at: first)
            state.now = max(state.now, timer.at)
            return timer.continuation
        }
    }

    /// Waits for a virtual instant.
    ///
    /// - Throws: `CancellationError`.
    func sleep(until instant: Instant) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if state.cancelled.remove(id) != nil { return true }
                    state.timers.append(Timer(id: id, at: instant, continuation: continuation))
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let waiting = state.withLock { state -> CheckedContinuation<Void, any Error>? in
                guard let index = state.timers.firstIndex(where: { $0.id == id }) else {
                    state.cancelled.insert(id)
                    return nil
                }
                return state.timers.remove(at: index).continuation
            }
            waiting?.resume(throwing: CancellationError())
        }
    }
}

/// SplitMix64: a small generator that a seed decides.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
