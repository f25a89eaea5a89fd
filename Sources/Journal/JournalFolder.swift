import Foundation
import OrderKernel

/// The state folder: made private, and refused when others could read or change it.
struct JournalFolder {
    let path: String

    /// Makes the folder, and checks it and the journal in it.
    ///
    /// - Returns: what it had to repair, a line each.
    /// - Throws: `MoonlineError` with `internal`, in one line with the way out.
    func prepare(journal: String) throws(MoonlineError) -> [String] {
        var repairs: [String] = []
        let files = FileManager.default
        var isFolder: ObjCBool = false
        if files.fileExists(atPath: path, isDirectory: &isFolder) {
            guard isFolder.boolValue else {
                throw MoonlineError(
                    .internal,
                    "the state folder \(path) is a file; set "
                        + "MOONLINE_HOME to a folder")
            }
        } else {
            do {
                try files.createDirectory(
                    atPath: path, withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700]
                )
            } catch {
                throw MoonlineError(
                    .internal,
                    "the state folder \(path) cannot be made; set "
                        + "MOONLINE_HOME to a folder that you may write")
            }
        }
        guard access(path, W_OK | X_OK) == 0 else {
            throw MoonlineError(
                .internal,
                "the state folder \(path) cannot be written; give "
                    + "yourself permission, or set MOONLINE_HOME to another folder")
        }
        let attributes = try? files.attributesOfItem(atPath: path)
        guard (attributes?[.posixPermissions] as? Int ?? 0) & 0o1000 == 0 else {
            throw MoonlineError(
                .internal,
                "the state folder \(path) is one that all users share; set MOONLINE_HOME to a "
                    + "folder in it")
        }
        if try makePrivate(path, mode: 0o700) { repairs.append(Self.repair(path, "0700")) }
        for suffix in ["", "-wal", "-shm"] where files.fileExists(atPath: journal + suffix) {
            let file = journal + suffix
            if try makePrivate(file, mode: 0o600) { repairs.append(Self.repair(file, "0600")) }
        }
        if !files.fileExists(atPath: journal) {
            // Made before SQLite does, so that it is private from its first byte.
            let descriptor = open(journal, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else {
                throw MoonlineError(
                    .internal,
                    "the journal \(journal) cannot be made; check "
                        + "permissions and disk space")
            }
            close(descriptor)
        }
        return repairs
    }

    private static func repair(_ file: String, _ mode: String) -> String {
        "\(file) could be read or changed by others; its mode is \(mode) now"
    }

    /// Runs work that only one process at a time may do, such as making the tables.
    ///
    /// The lock is the kernel's, so it goes away with the process.
    func exclusively<Value>(_ work: () throws -> Value) throws -> Value {
        // Not the folder itself: a job may hold a lock on that while it runs Moonline.
        let descriptor = open(path + "/journal.lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return try work() }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
        return try work()
    }

    // Phone numbers and codes are in these files: they are of no concern to others.
    private func makePrivate(_ file: String, mode: Int) throws(MoonlineError) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        if let owner = (attributes?[.ownerAccountID] as? NSNumber)?.uint32Value, owner != geteuid()
        {
            throw MoonlineError(
                .internal,
                "\(file) belongs to another user; set MOONLINE_HOME to "
                    + "a folder of your own")
        }
        guard let current = (attributes?[.posixPermissions] as? NSNumber)?.intValue,
            current & 0o077 != 0
        else { return false }
        do {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        } catch {
            throw MoonlineError(.internal, "\(file) can be read by others; run chmod go= on it")
        }
        return true
    }
}
