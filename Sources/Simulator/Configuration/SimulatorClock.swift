import Foundation

/// The clocks that the simulator can run by.
public enum SimulatorClock {
    /// Makes a clock of milliseconds since 1970 that never steps back.
    ///
    /// The system's date is read once; from then on the monotonic clock counts, so that a
    /// correction of the date moves neither a hold nor an expiry.
    public static func system() -> @Sendable () -> Int64 {
        let epoch = Int64(Date().timeIntervalSince1970 * 1000)
        let start = ContinuousClock.now
        return { epoch + (ContinuousClock.now - start).wholeMilliseconds }
    }
}
