import Foundation
import OrderKernel

extension HostTime {
    /// How long the machine has been up, sleep included.
    static func uptime() -> Duration {
        var time = timespec()
        #if os(Linux)
            clock_gettime(CLOCK_BOOTTIME, &time)
        #else
            clock_gettime(CLOCK_MONOTONIC, &time)
        #endif
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// Names the boot; where the system does not, the minute of the boot by the wall clock does.
    static func boot() -> String {
        if let text = try? String(
            contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        {
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        return String((Instant.wallClock() - uptime()).milliseconds / 60_000)
    }
}
