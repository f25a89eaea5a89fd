import Foundation
import Synchronization

/// A serial executor on a thread of its own: SQLite's synchronous calls would block a shared one.
package final class ThreadExecutor: SerialExecutor {
    private struct Queue {
        var jobs: [UnownedJob] = []
        var isStopped = false
    }

    private let queue = Mutex(Queue())
    private let signal = DispatchSemaphore(value: 0)

    /// Starts the thread.
    package init(name: String) {
        let thread = Thread { [weak self, signal] in
            while true {
                signal.wait()
                guard let executor = self, executor.runNext() else { return }
            }
        }
        thread.name = name
        thread.start()
    }

    deinit { signal.signal() }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.withLock { $0.jobs.append(job) }
        signal.signal()
    }

    private func runNext() -> Bool {
        let job = queue.withLock { $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() }
        job?.runSynchronously(on: asUnownedSerialExecutor())
        return true
    }
}
