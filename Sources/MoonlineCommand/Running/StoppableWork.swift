import OrderKernel
import Synchronization

/// Work that can be cancelled from outside its task, while its group goes on.
final class StoppableWork: Sendable {
    private let stopped = AsyncStream.makeStream(of: Never.self)
    private let done = Mutex(false)

    /// Whether it has run, whatever came of it.
    var isDone: Bool { done.withLock(\.self) }

    func stop() { stopped.continuation.finish() }

    /// Runs the work; when it is stopped, the work is cancelled and still awaited.
    func run(
        _ body: @escaping @Sendable () async throws(MoonlineError) -> Void
    ) async -> MoonlineError? {
        defer { done.withLock { $0 = true } }
        return await withTaskGroup(of: Ending.self, returning: MoonlineError?.self) { group in
            group.addTask {
                do throws(MoonlineError) {
                    try await body()
                    return .worked(nil)
                } catch {
                    return .worked(error)
                }
            }
            group.addTask {
                for await _ in self.stopped.stream {}
                return .stopped
            }
            for await ending in group {
                group.cancelAll()
                if case .worked(let error) = ending { return error }
            }
            return nil
        }
    }

    private enum Ending: Sendable {
        case worked(MoonlineError?)
        case stopped
    }
}
