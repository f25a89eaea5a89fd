import CSimulatedDisk

/// A disk in memory on which SQLite's files live: it loses what was not synced, tears pages and
/// fills up.
package final class SimulatedDisk: Sendable {
    // The address of the C object: a pointer is not Sendable, a number is. One thread uses a disk.
    private let address: UInt

    private var disk: OpaquePointer? { OpaquePointer(bitPattern: address) }

    /// How a process or the power ends at an operation of the disk.
    package enum Crash: Sendable, Hashable, CaseIterable {
        case killBefore, killAfter, losePowerBefore, losePowerDuring, losePowerAfter

        fileprivate var native: sd_crash {
            switch self {
            case .killBefore: SD_KILL_BEFORE
            case .killAfter: SD_KILL_AFTER
            case .losePowerBefore: SD_LOSE_POWER_BEFORE
            case .losePowerDuring: SD_LOSE_POWER_DURING
            case .losePowerAfter: SD_LOSE_POWER_AFTER
            }
        }

        /// Whether all processes end with it.
        package var losesPower: Bool { self != .killBefore && self != .killAfter }
    }

    /// A disk for all files below a folder; `nil` when that folder has one already.
    package init?(folder: String, seed: UInt64) {
        sd_register()
        guard let made = sd_disk_create(folder + "/", seed) else { return nil }
        address = UInt(bitPattern: made)
    }

    deinit { if let disk { sd_disk_destroy(disk) } }

    /// The work of this thread belongs to a process from now on; 0 is outside of the simulation.
    package static func enter(process: UInt64) { sd_set_process(process) }

    /// Operations so far that changed the disk.
    package var operations: Int64 { disk.map { sd_disk_operations($0) } ?? 0 }

    /// How often the power went.
    package var powerLosses: Int64 { disk.map { sd_disk_power_losses($0) } ?? 0 }

    /// Whether a loss of power would change nothing.
    package var isSynced: Bool { disk.map { sd_disk_is_synced($0) != 0 } ?? true }

    /// Ends a process as SIGKILL does.
    package func kill(_ process: UInt64) { if let disk { sd_disk_kill(disk, process) } }

    /// Whether a process was ended by a crash.
    package func isKilled(_ process: UInt64) -> Bool {
        disk.map { sd_disk_is_killed($0, process) != 0 } ?? false
    }

    /// Ends all processes, and loses or tears what was not synced.
    package func losePower() { if let disk { sd_disk_lose_power(disk) } }

    /// Crashes at the operation that is so many away.
    package func crash(_ crash: Crash, after operations: Int64) {
        guard let disk else { return }
        sd_disk_crash_at(disk, sd_disk_operations(disk) + operations, crash.native)
    }

    /// No crash is to come.
    package func disarm() { if let disk { sd_disk_crash_at(disk, 0, SD_NO_CRASH) } }

    /// Limits what fits; `nil` is no limit.
    package func setCapacity(bytes: Int64?) {
        if let disk { sd_disk_set_capacity(disk, bytes ?? -1) }
    }

    /// All bytes of a file as processes see them.
    package func content(of path: String) -> [UInt8] {
        guard let disk else { return [] }
        let size = sd_disk_size(disk, path)
        guard size > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: Int(size))
        let count = sd_disk_read(disk, path, &bytes, 0, size)
        return Array(bytes.prefix(Int(max(0, count))))
    }
}
