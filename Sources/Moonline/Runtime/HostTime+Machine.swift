import Foundation
import OrderKernel

extension HostTime {
    /// How long the machine has been up, sleep included where the system tells it.
    static func uptime() -> Duration {
        let text = try? String(contentsOfFile: "/proc/uptime", encoding: .utf8)
        let seconds = text?.split(separator: " ").first.flatMap { ExactDecimal(String($0)) }
        if let millionths = seconds?.millionths { return .microseconds(millionths) }
        return .seconds(ProcessInfo.processInfo.systemUptime)
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
