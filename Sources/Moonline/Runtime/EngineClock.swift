public import OrderKernel

/// Time, as the engine sees it: tests put a simulated one in its place.
public protocol EngineClock: Sendable {
    /// The present instant; it never goes backwards.
    func now() -> Instant
    /// All clocks of the machine, so that a later process can tell how much time really passed.
    func hostTime() -> HostTime
    /// Waits until an instant.
    ///
    /// - Throws: `CancellationError`.
    func sleep(until instant: Instant) async throws
}

/// The machine's clock: the wall clock at the start, and the steady clock from then on, so that a
/// jump of the wall clock neither hurries nor delays anything.
public struct SystemClock: EngineClock {
    private let steady = ContinuousClock()
    private let origin: ContinuousClock.Instant
    private let start: Instant
    private let uptime: Duration
    private let boot: String

    /// A clock that begins at the wall clock's time.
    public init() {
        origin = steady.now
        start = Instant.wallClock()
        (uptime, boot) = (HostTime.uptime(), HostTime.boot())
    }

    /// The present instant.
    public func now() -> Instant { start + (steady.now - origin) }

    /// The wall clock at the start, moved on by the steady clock, and the time since the boot.
    public func hostTime() -> HostTime {
        let elapsed = steady.now - origin
        return HostTime(wall: start + elapsed, uptime: uptime + elapsed, boot: boot)
    }

    /// Waits until an instant.
    ///
    /// - Throws: `CancellationError`.
    public func sleep(until instant: Instant) async throws {
        try await steady.sleep(until: origin + (instant - start))
    }
}
