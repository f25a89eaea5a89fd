import Synchronization

/// Runs asynchronous work to its end on the thread that asks for it: libFuzzer gives one input at a
/// time, and what goes on behind its back would count for the next one.
final class DrainingExecutor: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
    }

    /// The result of the work; `nil` when it waits for something that never comes.
    func run<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Value? {
        let result = Mutex<Value?>(nil)
        // The one task that no other task holds.
        Task(executorPreference: self) {
            let value = await work()
            result.withLock { $0 = value }
        }
        while let job = jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
            unsafe job.runSynchronously(on: asUnownedTaskExecutor())
        }
        return result.withLock { $0 }
    }
}
