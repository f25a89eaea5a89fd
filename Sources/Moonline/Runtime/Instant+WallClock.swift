import Foundation
import OrderKernel

extension Instant {
    /// The wall clock's time; the only place that reads it.
    static func wallClock() -> Instant {
        Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
}
