public import Moonline
public import OrderKernel

/// The time of a simulation.
public struct SimulatedClock: EngineClock {
    private let executor: SimulationExecutor

    /// The clock of an executor.
    public init(_ executor: SimulationExecutor) { self.executor = executor }

    /// The virtual time.
    public func now() -> Instant { executor.now }

    /// The virtual time on all clocks; the machine never boots again.
    public func hostTime() -> HostTime {
        HostTime(wall: executor.now, uptime: executor.now - .distantPast, boot: "simulated")
    }

    /// Waits in virtual time.
    ///
    /// - Throws: `CancellationError`.
    public func sleep(until instant: Instant) async throws {
        guard instant > executor.now else {
            try Task.checkCancellation()
            return
        }
        try await executor.sleep(until: instant)
    }
}
