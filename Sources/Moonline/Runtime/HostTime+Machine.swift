import Foundation
import OrderKernel

extension HostTime {
    /// How long the machine has been up, sleep included.
    ///
    /// Not from `/proc/uptime`, which a container may count from its own start while the boot keeps
    /// its name.
    static func uptime() -> Duration {
        let clock = ContinuousClock()
        return clock.systemEpoch.duration(to: clock.now)
    }

    /// Names the boot; where the system does not, the minute of the boot by the wall clock does.
    static func boot() -> String {
        let path = "/proc/sys/kernel/random/boot_id"
        if let text = try? String(contentsOfFile: path, encoding: .utf8) {
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        return String((Instant.wallClock() - uptime()).milliseconds / 60_000)
    }
}
