public import OrderKernel
import Synchronization

/// One thread, one queue, virtual time: every job of every actor and task is run by `drain`, in an
/// order that a seed decides.
///
/// A run is the same for the same seed as long as everything inside uses this executor, the
/// simulated clock and seeded randomness, and no task is made without inheriting it.
public final class SimulationExecutor: SerialExecutor, TaskExecutor {
    private enum Wake {
        case task(CheckedContinuation<Void, any Error>)
        case action(@Sendable () -> Void)
    }

    private struct Timer {
        let id: Int
        let at: Instant
        let process: UInt64
        let wake: Wake
    }

    private struct Job {
        let job: UnownedJob
        /// The process that it belongs to; `nil` outside of all.
        let process: ProcessExecutor?
    }

    private struct State {
        var ready: [Job] = []
        var timers: [Timer] = []
        var cancelled: Set<Int> = []
        var stopped: Set<UInt64> = []
        var dead: Set<UInt64> = []
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
    public func enqueue(_ job: consuming ExecutorJob) { enqueue(UnownedJob(job), nil) }

    func enqueue(_ job: UnownedJob, _ process: ProcessExecutor?) {
        state.withLock { $0.ready.append(Job(job: job, process: process)) }
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
    /// - Parameter afterEach: called after every job and every timer.
    /// - Returns: whether it got done; `false` means that everything waits for nothing.
    public func drain(until isDone: () -> Bool, afterEach: () -> Void = {}) -> Bool {
        while !isDone() {
            if let next = nextJob() {
                run(next)
            } else if let timer = nextTimer() {
                switch timer {
                case .task(let continuation): continuation.resume()
                case .action(let action): action()
                }
            } else {
                return false
            }
            afterEach()
        }
        return true
    }

    private func run(_ next: Job) {
        guard let process = next.process else {
            SimulatedDisk.enter(process: 0)
            return next.job.runSynchronously(
                isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
        }
        SimulatedDisk.enter(process: process.number)
        next.job.runSynchronously(
            isolatedTo: process.asUnownedSerialExecutor(),
            taskExecutor: process.asUnownedTaskExecutor())
        SimulatedDisk.enter(process: 0)
    }

    private func nextJob() -> Job? {
        state.withLock { state in
            let runnable = state.ready.indices.filter { index in
                !(state.ready[index].process.map { state.stopped.contains($0.number) } ?? false)
            }
            guard !runnable.isEmpty else { return nil }
            let index = Int(state.generator.next() % UInt64(runnable.count))
            return state.ready.remove(at: runnable[index])
        }
    }

    private func nextTimer() -> Wake? {
        state.withLock { state in
            let first = state.timers.indices.min { left, right in
                (state.timers[left].at, state.timers[left].id)
                    < (state.timers[right].at, state.timers[right].id)
            }
            guard let first else { return nil }
            let timer = state.timers.remove(at: first)
            state.now = max(state.now, timer.at)
            return timer.wake
        }
    }

    /// Does something at a virtual instant, outside of all processes.
    package func schedule(at instant: Instant, _ action: @escaping @Sendable () -> Void) {
        state.withLock { state in
            state.nextID += 1
            state.timers.append(
                Timer(id: state.nextID, at: instant, process: 0, wake: .action(action)))
        }
    }

    /// Whether a process was stopped and does not go on yet.
    package func isStopped(_ process: UInt64) -> Bool {
        state.withLock { $0.stopped.contains(process) }
    }

    /// Stops a process as SIGSTOP does, or lets it go on.
    package func stop(_ process: UInt64, _ isStopped: Bool) {
        state.withLock { state in
            if isStopped { state.stopped.insert(process) } else { state.stopped.remove(process) }
        }
    }

    /// Ends a process: its sleeps end, and it can sleep no more.
    package func kill(_ process: UInt64) {
        let waiting = state.withLock { state in
            state.dead.insert(process)
            state.stopped.remove(process)
            let waiting = state.timers.filter { $0.process == process }
            state.timers.removeAll { $0.process == process }
            return waiting
        }
        for timer in waiting {
            if case .task(let continuation) = timer.wake {
                continuation.resume(throwing: CancellationError())
            }
        }
    }

    /// Waits for a virtual instant.
    ///
    /// - Throws: `CancellationError`.
    func sleep(until instant: Instant, process: UInt64 = 0) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if state.cancelled.remove(id) != nil || state.dead.contains(process) {
                        return true
                    }
                    state.timers.append(
                        Timer(id: id, at: instant, process: process, wake: .task(continuation)))
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
                guard case .task(let continuation) = state.timers.remove(at: index).wake else {
                    return nil
                }
                return continuation
            }
            waiting?.resume(throwing: CancellationError())
        }
    }
}
