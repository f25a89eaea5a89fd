import Moonline
import OrderKernel

/// The clocks of one simulated process: the wall clock may have been set before it began.
struct ProcessClock: EngineClock {
    let executor: SimulationExecutor
    let process: UInt64
    /// How far the wall clock was off when the process began.
    let skew: Duration

    func now() -> Instant { executor.now + skew }

    func hostTime() -> HostTime {
        HostTime(
            wall: now(), uptime: executor.now - Self.boot, boot: "simulated"
        )
    }

    func sleep(until instant: Instant) async throws {
        let target = instant - skew
        guard target > executor.now else {
            try Task.checkCancellation()
            return
        }
        try await executor.sleep(until: target, process: process)
    }

    /// Some time before everything.
    private static let boot = Instant(milliseconds: 1_793_000_000_000)
}
