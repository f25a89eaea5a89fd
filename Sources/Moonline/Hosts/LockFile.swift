import Foundation
import Synchronization

/// A file that one process at a time holds, or several that share it.
///
/// The lock is the kernel's: it goes with the process, however that ends.
final class LockFile: Sendable {
    let path: String
    private let descriptor: Mutex<Int32>

    /// Takes the lock; `nil` when another process holds it.
    ///
    /// A process that only looks whether somebody holds it does so for a moment, and one that
    /// removes a dead file may do so between its opening and its locking: then it is tried again.
    ///
    /// - Parameter isShared: whether others may hold it as well that share it.
    /// - Throws: `POSIXError` when the file cannot be made.
    init?(taking path: String, isShared: Bool = false) throws {
        for attempt in 0..<Self.attempts {
            let opened = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
            guard opened >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
            if flock(opened, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0,
                Self.isFile(opened, at: path)
            {
                self.path = path
                descriptor = Mutex(opened)
                return
            }
            close(opened)
            if attempt + 1 < Self.attempts { usleep(Self.pauseMicroseconds) }
        }
        return nil
    }

    /// A look takes some microseconds; this is a hundred times as long in all.
    private static let attempts = 5
    private static let pauseMicroseconds: UInt32 = 1000

    private static func isFile(_ descriptor: Int32, at path: String) -> Bool {
        var held = stat()
        var named = stat()
        guard fstat(descriptor, &held) == 0, stat(path, &named) == 0 else { return false }
        return held.st_ino == named.st_ino && held.st_dev == named.st_dev
    }

    /// Removes a file that nobody holds, so that nobody can take it meanwhile.
    static func remove(dead path: String) {
        let opened = open(path, O_RDWR | O_CLOEXEC)
        guard opened >= 0 else { return }
        defer { close(opened) }
        if flock(opened, LOCK_EX | LOCK_NB) == 0, isFile(opened, at: path) { unlink(path) }
    }

    deinit { release() }

    /// Whether some process holds the lock of a file.
    static func isHeld(_ path: String) -> Bool {
        let opened = open(path, O_RDWR | O_CLOEXEC)
        // One that cannot be opened, for want of descriptors, may well be held.
        guard opened >= 0 else { return errno != ENOENT }
        defer { close(opened) }
        return flock(opened, LOCK_EX | LOCK_NB) != 0
    }

    /// What the file holds.
    var content: [UInt8] {
        descriptor.withLock { descriptor in
            guard descriptor >= 0 else { return [] }
            var bytes = [UInt8](repeating: 0, count: Self.contentBytesMaximum)
            let count = pread(descriptor, &bytes, bytes.count, 0)
            return Array(bytes.prefix(max(0, count)))
        }
    }

    /// Replaces what the file holds; it need not survive a loss of power.
    func write(_ content: [UInt8]) {
        descriptor.withLock { descriptor in
            guard descriptor >= 0 else { return }
            let written = pwrite(descriptor, content, content.count, 0)
            if written == content.count { ftruncate(descriptor, off_t(content.count)) }
        }
    }

    /// Lets go of the lock, and removes the file when nobody shares it.
    func remove() {
        descriptor.withLock { descriptor in
            guard descriptor >= 0 else { return }
            // For a moment it holds nothing: others may have removed the file, and made a new one.
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0, Self.isFile(descriptor, at: path) {
                unlink(path)
            }
        }
        release()
    }

    /// Lets go of the lock.
    func release() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }

    /// A pace with the looks of a thousand orders fits.
    private static let contentBytesMaximum = 1 << 18
}
