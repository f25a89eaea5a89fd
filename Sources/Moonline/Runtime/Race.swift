import OrderKernel

/// Runs a piece of work, but not beyond an instant.
enum Race {
    /// The work's result, or `nil` when the instant came first; the work is cancelled then.
    ///
    /// - Throws: what the work throws.
    static func first<Value: Sendable>(
        until deadline: Instant,
        clock: any EngineClock,
        _ work: @escaping @Sendable () async throws(MoonlineError) -> Value
    ) async throws(MoonlineError) -> Value? {
        let result = await withTaskGroup(of: Result<Value, MoonlineError>?.self) { group in
            group.addTask {
                do throws(MoonlineError) {
                    return .success(try await work())
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                try? await clock.sleep(until: deadline)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        if result == nil, Task.isCancelled {
            throw MoonlineError(.cancelled, "the wait was stopped")
        }
        return try result?.get()
    }
}
